//! A table as batches of columns in Arrow's types, which the schema of the question says, never the data.
//!
//! Kronor have two decimals and what is computed twelve; other exact numbers have twenty: as many as an indicator's value
//! may be sent with. What does not fit its type is refused, never rounded.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Decimal128Builder, Int64Builder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::table::Table;
use super::written::NotWritten;
use crate::graphql::exported::{Cell, Column, Kind, Row};

/// Rows of a batch.
const ROWS: usize = 8_192;

/// Digits and decimals of kronor.
const KRONOR: (u8, u32) = (18, 2);

/// Digits and decimals of the value of a rate: so few digits that readers multiply two of them exactly, whose product may
/// have 38.
const RATE: (u8, u32) = (18, 12);

/// Digits and decimals of another number that is computed: as a rate's, in whatever unit.
const COMPUTED: (u8, u32) = (38, 12);

/// Digits and decimals of another exact number.
const EXACT: (u8, u32) = (38, 20);

/// The columns of a table in Arrow's types, each with what it is, as the schema of the question says.
#[must_use]
pub(super) fn schema(table: &Table) -> Schema {
    let field = |column: &Column| {
        let said = [
            ("type".to_owned(), column.type_name.clone()),
            ("description".to_owned(), column.description.clone()),
        ];
        let said = said.into_iter().filter(|(_, text)| !text.is_empty());
        let said: std::collections::HashMap<_, _> = said.collect();
        Field::new(&column.name, data_type(column.kind), true).with_metadata(said)
    };
    Schema::new(table.columns.iter().map(field).collect::<Vec<_>>())
}

fn data_type(kind: Kind) -> DataType {
    let decimal = |(precision, scale): (u8, u32)| {
        DataType::Decimal128(precision, i8::try_from(scale).unwrap_or(i8::MAX))
    };
    match kind {
        Kind::Money => decimal(KRONOR),
        Kind::Rate => decimal(RATE),
        Kind::Computed => decimal(COMPUTED),
        Kind::Decimal => decimal(EXACT),
        Kind::Integer => DataType::Int64,
        Kind::Flag => DataType::Boolean,
        Kind::Date => DataType::Date32,
        Kind::Text | Kind::Json => DataType::Utf8,
    }
}

/// Gives the rows of a table batch by batch.
///
/// # Errors
/// A cell does not fit its column, or whatever the batches are given to fails.
pub(super) fn each(
    table: &Table,
    schema: &SchemaRef,
    mut give: impl FnMut(&RecordBatch) -> Result<(), NotWritten>,
) -> Result<(), NotWritten> {
    let mut batch: Vec<Row> = Vec::with_capacity(ROWS);
    for row in table.rows()? {
        batch.push(row?);
        if batch.len() == ROWS {
            give(&of(&table.columns, schema, &batch)?)?;
            batch.clear();
        }
    }
    if !batch.is_empty() {
        give(&of(&table.columns, schema, &batch)?)?;
    }
    Ok(())
}

fn of(columns: &[Column], schema: &SchemaRef, rows: &[Row]) -> Result<RecordBatch, NotWritten> {
    let array = |(at, column): (usize, &Column)| {
        let found = array(column.kind, rows.iter().map(|row| &row[at]));
        found?.ok_or_else(|| NotWritten::not_held(column))
    };
    let arrays = columns.iter().enumerate().map(array);
    let arrays: Vec<ArrayRef> = arrays.collect::<Result<_, _>>()?;
    Ok(RecordBatch::try_new(Arc::clone(schema), arrays)?)
}

/// The cells of a column; none where one does not fit.
fn array<'a>(
    kind: Kind,
    cells: impl Iterator<Item = &'a Cell>,
) -> Result<Option<ArrayRef>, ArrowError> {
    macro_rules! filled {
        ($builder:expr, $read:expr) => {{
            let (mut builder, read) = ($builder, $read);
            for cell in cells {
                match cell {
                    Cell::Empty => builder.append_null(),
                    cell => match read(cell) {
                        Some(value) => builder.append_value(value),
                        None => return Ok(None),
                    },
                }
            }
            Arc::new(builder.finish()) as ArrayRef
        }};
    }
    let decimal = || Decimal128Builder::new().with_data_type(data_type(kind));
    Ok(Some(match kind {
        Kind::Money => filled!(decimal(), |cell| units(cell, KRONOR)),
        Kind::Rate => filled!(decimal(), |cell| units(cell, RATE)),
        Kind::Computed => filled!(decimal(), |cell| units(cell, COMPUTED)),
        Kind::Decimal => filled!(decimal(), |cell| units(cell, EXACT)),
        Kind::Integer => filled!(Int64Builder::new(), whole),
        Kind::Flag => filled!(BooleanBuilder::new(), flag),
        Kind::Date => filled!(Date32Builder::new(), days),
        Kind::Text | Kind::Json => filled!(StringBuilder::new(), text),
    }))
}

/// An exact number in its smallest parts.
fn units(cell: &Cell, (precision, scale): (u8, u32)) -> Option<i128> {
    let Cell::Number(digits) = cell else {
        return None;
    };
    let number = Decimal::from_str_exact(digits).ok()?.normalize();
    let more = scale.checked_sub(number.scale())?;
    let units = number.mantissa().checked_mul(10_i128.checked_pow(more)?)?;
    (units.unsigned_abs() < 10_u128.checked_pow(u32::from(precision))?).then_some(units)
}

fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

const fn flag(cell: &Cell) -> Option<bool> {
    match cell {
        Cell::Flag(flag) => Some(*flag),
        _ => None,
    }
}

/// Days since 1970-01-01.
fn days(cell: &Cell) -> Option<i32> {
    let Cell::Text(text) = cell else {
        return None;
    };
    let day: NaiveDate = text.parse().ok()?;
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).ok()
}

fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Empty => None,
        Cell::Flag(flag) => Some(flag.to_string()),
        Cell::Number(text) | Cell::Text(text) => Some(text.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(digits: &str) -> Cell {
        Cell::Number(digits.to_owned())
    }

    #[test]
    fn numbers_are_exact_or_refused() {
        assert_eq!(units(&number("-12.50"), KRONOR), Some(-1_250));
        assert_eq!(units(&number("0.9"), EXACT), Some(9 * 10_i128.pow(19)));
        assert_eq!(units(&number("1.00000"), KRONOR), Some(100));
        assert_eq!(units(&number("1.005"), KRONOR), None, "nothing is rounded");
        let most = "9999999999999999.99";
        assert_eq!(units(&number(most), KRONOR), Some(10_i128.pow(18) - 1));
        assert_eq!(units(&number("10000000000000000"), KRONOR), None);
        assert_eq!(units(&number("1000000000000000000"), EXACT), None);
        assert_eq!(units(&Cell::Text("1".to_owned()), EXACT), None);
        assert_eq!(
            units(&number("0.123456789012"), RATE),
            Some(123_456_789_012)
        );
        assert_eq!(units(&number("0.1234567890123"), RATE), None);
        assert_eq!(units(&number("1000000"), RATE), None);
        assert!(units(&number("1000000"), COMPUTED).is_some());
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = |text: &str| days(&Cell::Text(text.to_owned()));
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("2018-12-31"), Some(17_896));
        assert_eq!(day("1969-12-31"), Some(-1));
        assert_eq!(day("2018"), None);
    }
}

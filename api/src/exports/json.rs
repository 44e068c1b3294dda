//! A table as JSON: what proves the rows, and the rows by the names of their columns, one a line.

use std::io::Write;

use serde_json::{Map, Number, Value};

use super::proof::Proof;
use super::table::Table;
use super::written::NotWritten;
use crate::graphql::exported::{Cell, Column, Kind};

/// Writes a table. Amounts and decimals are strings, as in GraphQL.
///
/// # Errors
/// It cannot be read or written.
pub(super) fn write(table: &Table, proof: &Proof, mut out: impl Write) -> Result<(), NotWritten> {
    let whole = format!("{:#}", proof.json(table));
    let head = whole.trim_end_matches('}').trim_end();
    write!(out, "{head},\n  \"rows\": [")?;
    let mut between = "";
    for row in table.rows()? {
        let row = row?;
        let named = table.columns.iter().zip(&row);
        let named = named.map(|(column, cell)| {
            let value = value(column, cell).ok_or_else(|| NotWritten::not_held(column))?;
            Ok((column.name.clone(), value))
        });
        let row = Value::Object(named.collect::<Result<Map<_, _>, NotWritten>>()?);
        write!(out, "{between}\n    {row}")?;
        between = ",";
    }
    out.write_all(b"\n  ]\n}\n")?;
    Ok(())
}

/// A cell as JSON; none where its column does not hold it.
fn value(column: &Column, cell: &Cell) -> Option<Value> {
    Some(match (column.kind, cell) {
        (_, Cell::Empty) => Value::Null,
        (_, Cell::Flag(flag)) => Value::from(*flag),
        (Kind::Json, Cell::Text(text)) => serde_json::from_str(text).ok()?,
        (Kind::Integer, Cell::Number(digits)) => {
            Value::Number(Number::from(digits.parse::<i64>().ok()?))
        }
        (_, Cell::Number(text) | Cell::Text(text)) => Value::from(text.clone()),
    })
}

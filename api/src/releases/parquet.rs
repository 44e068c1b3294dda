//! A sealed table as a Parquet file: the same rows give the same bytes. Amounts are kronor with two decimals, instants are
//! UTC, codes are texts.

use std::sync::Arc;

use arrow_array::types::Date32Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Int64Array,
    RecordBatch, StringArray, TimestampMicrosecondArray,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use axum::body::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use sea_orm::Value;

use super::Error;
use crate::store::frozen::{Form, Frozen, FrozenColumn};

/// Digits of an amount: every amount of 64 bits of öre fits.
const DIGITS: u8 = 20;

/// Decimals of an amount: öre.
const DECIMALS: i8 = 2;

/// Rows of a group: what a reader holds in memory at a time.
const GROUP: usize = 200_000;

/// A table that is being written.
pub(super) struct Writing<'a> {
    table: &'a Frozen,
    schema: SchemaRef,
    writer: ArrowWriter<Vec<u8>>,
    sums: Sums<'a>,
}

/// Rows counted, and their amounts added up.
struct Sums<'a> {
    table: &'a Frozen,
    rows: u64,
    ore: Vec<i128>,
}

impl<'a> Sums<'a> {
    fn of(table: &'a Frozen) -> Self {
        Self {
            table,
            rows: 0,
            ore: vec![0; table.columns.len()],
        }
    }

    fn add(&mut self, rows: &[Vec<Value>]) {
        self.rows += rows.len() as u64;
        for row in rows {
            for (sum, value) in self.ore.iter_mut().zip(row) {
                *sum += whole(value).map_or(0, i128::from);
            }
        }
    }

    /// The sums of the columns that hold amounts.
    fn totals(&self) -> Totals {
        let columns = self.table.columns.iter().zip(&self.ore);
        let columns = columns.filter(|(column, _)| column.form == Form::Money);
        columns.map(|(column, sum)| (column.name, *sum)).collect()
    }
}

/// The sum of each column of amounts, in öre.
pub(super) type Totals = Vec<(&'static str, i128)>;

/// A table that was written.
pub(super) struct Written {
    pub(super) bytes: Vec<u8>,
    pub(super) rows: u64,
    pub(super) totals: Totals,
}

impl<'a> Writing<'a> {
    pub(super) fn begin(table: &'a Frozen) -> Result<Self, Error> {
        let schema: SchemaRef = Arc::new(schema(table));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("samsyn".to_owned())
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let writer = ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), Some(properties));
        Ok(Self {
            writer: writer.map_err(|error| failed(table, error))?,
            sums: Sums::of(table),
            schema,
            table,
        })
    }

    /// Adds rows.
    pub(super) fn put(&mut self, rows: &[Vec<Value>]) -> Result<(), Error> {
        let columns = self.table.columns.iter().enumerate();
        let arrays = columns.map(|(at, column)| array(rows, at, column.form));
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays.collect());
        let batch = batch.map_err(|error| failed(self.table, error))?;
        self.writer
            .write(&batch)
            .map_err(|error| failed(self.table, error))?;
        self.sums.add(rows);
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Written, Error> {
        let bytes = self.writer.into_inner();
        Ok(Written {
            bytes: bytes.map_err(|error| failed(self.table, error))?,
            rows: self.sums.rows,
            totals: self.sums.totals(),
        })
    }
}

/// The rows of a table's file, portion by portion. A column that a later program has and the file has not is empty: an
/// older release is read as long as its own columns are known.
pub(super) fn rows(
    table: &Frozen,
    bytes: Bytes,
) -> Result<impl Iterator<Item = Result<Vec<Vec<Value>>, Error>>, Error> {
    let reader =
        ParquetRecordBatchReaderBuilder::try_new(bytes).map_err(|error| failed(table, error))?;
    let places = places(table, reader.schema())?;
    let reader = reader.with_batch_size(20_000).build();
    let reader = reader.map_err(|error| failed(table, error))?;
    Ok(reader.map(move |batch| {
        let batch = batch.map_err(|error| failed(table, error))?;
        let columns: Option<Vec<Vec<Value>>> = table
            .columns
            .iter()
            .zip(&places)
            .map(|(column, place)| match place {
                Some(place) => values(batch.column(*place), column.form),
                None => Some(vec![nothing(column.form); batch.num_rows()]),
            })
            .collect();
        let columns = columns.ok_or_else(|| failed(table, "a column is of another type"))?;
        let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
        let row = |_| columns.iter_mut().filter_map(Iterator::next).collect();
        Ok((0..batch.num_rows()).map(row).collect())
    }))
}

/// Where each column of a table stands in a file; none where the file has none and it may be empty.
fn places(table: &Frozen, held: &Schema) -> Result<Vec<Option<usize>>, Error> {
    let is_known = |field: &&Arc<Field>| table.columns.iter().any(|one| one.name == field.name());
    if let Some(later) = held.fields().iter().find(|field| !is_known(field)) {
        let why = format!("this program does not know its column {}", later.name());
        return Err(failed(table, why));
    }
    let place = |column: &FrozenColumn| {
        let found = held.fields().find(column.name);
        match found {
            Some((place, field)) if *field.data_type() == kind(column.form) => Ok(Some(place)),
            None if column.nullable => Ok(None),
            Some(_) => Err(failed(table, format!("{} is of another type", column.name))),
            None => Err(failed(
                table,
                format!("the column {} is missing", column.name),
            )),
        }
    };
    table.columns.iter().map(place).collect()
}

/// Number of rows of a table's file, and the sums of its amounts: of the columns that the file has.
pub(super) fn counted(table: &Frozen, bytes: Bytes) -> Result<(u64, Totals), Error> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes.clone());
    let reader = reader.map_err(|error| failed(table, error))?;
    let held = Arc::clone(reader.schema());
    let mut sums = Sums::of(table);
    for portion in rows(table, bytes)? {
        sums.add(&portion?);
    }
    let totals = sums.totals().into_iter();
    let totals = totals.filter(|(name, _)| held.fields().find(name).is_some());
    Ok((sums.rows, totals.collect()))
}

fn failed(table: &Frozen, why: impl ToString) -> Error {
    Error::Table {
        table: table.table.clone(),
        why: why.to_string(),
    }
}

fn schema(table: &Frozen) -> Schema {
    let field = |column: &FrozenColumn| Field::new(column.name, kind(column.form), column.nullable);
    Schema::new(table.columns.iter().map(field).collect::<Vec<Field>>())
}

fn kind(form: Form) -> DataType {
    match form {
        Form::Whole => DataType::Int64,
        Form::Money => DataType::Decimal128(DIGITS, DECIMALS),
        Form::Instant => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        Form::Text => DataType::Utf8,
        Form::Flag => DataType::Boolean,
        Form::Day => DataType::Date32,
        Form::Bytes => DataType::Binary,
    }
}

/// An empty value of a form.
const fn nothing(form: Form) -> Value {
    match form {
        Form::Whole | Form::Money | Form::Instant => Value::BigInt(None),
        Form::Text => Value::String(None),
        Form::Flag => Value::Bool(None),
        Form::Day => Value::ChronoDate(None),
        Form::Bytes => Value::Bytes(None),
    }
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::BigInt(held) => *held,
        _ => None,
    }
}

fn array(rows: &[Vec<Value>], at: usize, form: Form) -> ArrayRef {
    let whole_at = |row: &Vec<Value>| whole(&row[at]);
    match form {
        Form::Whole => Arc::new(rows.iter().map(whole_at).collect::<Int64Array>()),
        Form::Money => {
            let amounts = rows.iter().map(|row| whole_at(row).map(i128::from));
            let amounts = amounts.collect::<Decimal128Array>();
            let amounts = amounts.with_precision_and_scale(DIGITS, DECIMALS);
            Arc::new(amounts.expect("the digits are those of the type"))
        }
        Form::Instant => {
            let instants = rows.iter().map(whole_at);
            Arc::new(
                instants
                    .collect::<TimestampMicrosecondArray>()
                    .with_timezone("UTC"),
            )
        }
        Form::Text => Arc::new(
            rows.iter()
                .map(|row| match &row[at] {
                    Value::String(text) => text.as_deref(),
                    _ => None,
                })
                .collect::<StringArray>(),
        ),
        Form::Bytes => Arc::new(
            rows.iter()
                .map(|row| match &row[at] {
                    Value::Bytes(bytes) => bytes.as_deref(),
                    _ => None,
                })
                .collect::<BinaryArray>(),
        ),
        Form::Flag => Arc::new(
            rows.iter()
                .map(|row| match &row[at] {
                    Value::Bool(flag) => *flag,
                    _ => None,
                })
                .collect::<BooleanArray>(),
        ),
        Form::Day => Arc::new(
            rows.iter()
                .map(|row| match &row[at] {
                    Value::ChronoDate(day) => day.map(Date32Type::from_naive_date),
                    _ => None,
                })
                .collect::<Date32Array>(),
        ),
    }
}

/// The values of a column; none where it is of another type.
fn values(array: &ArrayRef, form: Form) -> Option<Vec<Value>> {
    let any = array.as_any();
    Some(match form {
        Form::Whole => {
            let held = any.downcast_ref::<Int64Array>()?.iter();
            held.map(Value::BigInt).collect()
        }
        Form::Money => {
            let held = any.downcast_ref::<Decimal128Array>()?.iter();
            let ore = |amount: Option<i128>| match amount {
                None => Some(Value::BigInt(None)),
                Some(amount) => i64::try_from(amount).ok().map(Value::from),
            };
            held.map(ore).collect::<Option<Vec<Value>>>()?
        }
        Form::Instant => {
            let held = any.downcast_ref::<TimestampMicrosecondArray>()?.iter();
            held.map(Value::BigInt).collect()
        }
        Form::Text => {
            let held = any.downcast_ref::<StringArray>()?.iter();
            held.map(|text| Value::String(text.map(str::to_owned)))
                .collect()
        }
        Form::Bytes => {
            let held = any.downcast_ref::<BinaryArray>()?.iter();
            held.map(|bytes| Value::Bytes(bytes.map(<[u8]>::to_vec)))
                .collect()
        }
        Form::Flag => {
            let held = any.downcast_ref::<BooleanArray>()?.iter();
            held.map(Value::Bool).collect()
        }
        Form::Day => {
            let held = any.downcast_ref::<Date32Array>()?.iter();
            held.map(|days| Value::ChronoDate(days.and_then(Date32Type::to_naive_date_opt)))
                .collect()
        }
    })
}

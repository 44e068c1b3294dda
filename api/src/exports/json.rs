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
        let named = named.map(|(column, cell)| (column.name.clone(), value(column, cell)));
        let row = Value::Object(named.collect::<Map<_, _>>());
        write!(out, "{between}\n    {row}")?;
        between = ",";
    }
    out.write_all(b"\n  ]\n}\n")?;
    Ok(())
}

fn value(column: &Column, cell: &Cell) -> Value {
    match (column.kind, cell) {
        (_, Cell::Empty) => Value::Null,
        (_, Cell::Flag(flag)) => Value::from(*flag),
        (Kind::Json, Cell::Text(text)) => serde_json::from_str(text).unwrap_or_default(),
        (Kind::Integer, Cell::Number(digits)) => digits
            .parse::<i64>()
            .map_or(Value::Null, |number| Value::Number(Number::from(number))),
        (_, Cell::Number(text) | Cell::Text(text)) => Value::from(text.clone()),
    }
}

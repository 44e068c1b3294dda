//! A table as JSON, and as a package of CSV with what proves it beside it.

use std::io::{Cursor, Write};

use serde_json::{Map, Number, Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::csv::{self, Dialect};
use super::proof::Proof;
use crate::graphql::exported::{Cell, Kind, Table};

/// What a file cannot be written for: a mistake in the program.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// CSV.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    /// XLSX.
    #[error(transparent)]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A package.
    #[error(transparent)]
    Package(#[from] zip::result::ZipError),
    /// Its bytes.
    #[error(transparent)]
    Bytes(#[from] std::io::Error),
}

/// What proves the rows, and the rows by the names of their columns. Amounts and decimals are strings, as in GraphQL.
#[must_use]
pub fn json(table: &Table, proof: &Proof) -> Vec<u8> {
    let row = |cells: &Vec<Cell>| -> Value {
        let named = table.columns.iter().zip(cells);
        let value = |(column, cell): (&crate::graphql::exported::Column, &Cell)| {
            let value = match (column.kind, cell) {
                (_, Cell::Empty) => Value::Null,
                (_, Cell::Flag(flag)) => Value::from(*flag),
                (Kind::Json, Cell::Text(text)) => serde_json::from_str(text).unwrap_or_default(),
                (Kind::Number, Cell::Number(digits)) if column.type_name == "Int" => digits
                    .parse::<i64>()
                    .map_or(Value::Null, |number| Value::Number(Number::from(number))),
                (_, Cell::Number(text) | Cell::Text(text)) => Value::from(text.clone()),
            };
            (column.name.clone(), value)
        };
        Value::Object(named.map(value).collect::<Map<_, _>>())
    };
    let mut whole = proof.json(table);
    whole["rows"] = table.rows.iter().map(row).collect();
    format!("{whole:#}\n").into_bytes()
}

/// A package of `rows.csv`, `metadata.json` and the question's text.
///
/// # Errors
/// A mistake in the program.
pub fn package(
    table: &Table,
    proof: &Proof,
    document: &str,
    dialect: Dialect,
) -> Result<Vec<u8>, NotWritten> {
    let mut metadata = proof.json(table);
    metadata["file"] = json!("rows.csv");
    let files = [
        ("rows.csv", csv::write(table, dialect)?),
        ("metadata.json", format!("{metadata:#}\n").into_bytes()),
        ("query.graphql", format!("{document}\n").into_bytes()),
    ];
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    // The same rows give the same bytes: no clock.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        package.start_file(name, options)?;
        package.write_all(&bytes)?;
    }
    Ok(package.finish()?.into_inner())
}

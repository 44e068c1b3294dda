//! A table as a package: `rows.csv`, with what proves it and the question beside it.

use std::io::{Seek, Write};

use serde_json::json;

use super::csv::{self, Dialect};
use super::proof::Proof;
use super::table::Table;
use super::written::NotWritten;
use crate::zipped::Zipped;

/// Writes a package.
///
/// # Errors
/// It cannot be read or written.
pub(super) fn write(
    table: &Table,
    proof: &Proof,
    dialect: Dialect,
    out: impl Write + Seek,
) -> Result<(), NotWritten> {
    let mut metadata = proof.json(table);
    metadata["file"] = json!("rows.csv");
    // Its length is told before it: first it is written beside.
    let mut rows = csv::write(table, dialect, tempfile::tempfile()?)?;
    let length = rows.stream_position()?;
    rows.rewind()?;
    let mut package = Zipped::begin(out);
    package.copied("rows.csv", length, &mut rows)?;
    package.part("metadata.json", format!("{metadata:#}\n").as_bytes())?;
    let document = format!("{}\n", proof.document);
    package.part("query.graphql", document.as_bytes())?;
    package.end()?;
    Ok(())
}

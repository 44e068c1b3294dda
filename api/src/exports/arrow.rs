//! A table as an Arrow IPC file (Feather, version 2): the same columns, and what proves them among the schema's metadata.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use arrow_ipc::writer::FileWriter;

use super::batches;
use super::proof::Proof;
use super::table::Table;
use super::written::NotWritten;

/// Writes a table; the same table gives the same bytes.
///
/// # Errors
/// It cannot be read or written.
pub(super) fn write(table: &Table, proof: &Proof, out: impl Write) -> Result<(), NotWritten> {
    let said = proof.pairs(table).into_iter();
    let said: HashMap<String, String> =
        said.map(|(name, value)| (name.to_owned(), value)).collect();
    let schema = Arc::new(batches::schema(table).with_metadata(said));
    let mut writer = FileWriter::try_new(out, &schema)?;
    batches::each(table, &schema, |batch| Ok(writer.write(batch)?))?;
    writer.finish()?;
    Ok(())
}

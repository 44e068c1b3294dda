//! A table as Parquet: columns of declared types, and what proves them among the file's key-value metadata.

use std::io::Write;
use std::sync::Arc;

use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::batches;
use super::proof::Proof;
use super::table::Table;
use super::written::NotWritten;

/// Rows of a group: what is held in memory while it is written.
const ROWS_A_GROUP: usize = 65_536;

/// Writes a table; the same table gives the same bytes.
///
/// # Errors
/// It cannot be read or written.
pub(super) fn write(
    table: &Table,
    proof: &Proof,
    out: impl Write + Send,
) -> Result<(), NotWritten> {
    let schema = Arc::new(batches::schema(table));
    let said = proof.pairs(table).into_iter();
    let said = said.map(|(name, value)| KeyValue::new(name.to_owned(), value));
    let properties = WriterProperties::builder()
        .set_created_by("samsyn".to_owned())
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(ROWS_A_GROUP))
        .set_key_value_metadata(Some(said.collect()))
        .build();
    let mut writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))?;
    batches::each(table, &schema, |batch| Ok(writer.write(batch)?))?;
    writer.close()?;
    Ok(())
}

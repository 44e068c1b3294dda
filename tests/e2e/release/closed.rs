//! Whether what is sealed refers to nothing that is not sealed, looked at in the files themselves.

use std::collections::BTreeSet;

use arrow_array::{Array, Int64Array};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use samsyn::releases::Package;

/// The numbers of a column of a sealed table, each once; none where the table has no such column.
fn numbers(package: &Package, table: &str, column: &str) -> Option<BTreeSet<i64>> {
    let path = format!("facts/{table}.parquet");
    let mut files = package.files();
    let (_, bytes) = files.find(|(name, _)| *name == path).expect("a table");
    let bytes = axum::body::Bytes::copy_from_slice(bytes);
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).expect("a table");
    reader.schema().field_with_name(column).ok()?;
    let mut found = BTreeSet::new();
    for batch in reader.build().expect("rows") {
        let batch = batch.expect("rows");
        let held = batch.column_by_name(column).expect("the column");
        let held = held.as_any().downcast_ref::<Int64Array>();
        found.extend(held.expect("whole numbers").iter().flatten());
    }
    Some(found)
}

/// References between the tables that are no facts, as the ledger's migration has them.
const REFERENCES: [(&str, &str, &str, &str); 9] = [
    ("submission_event", "submission_id", "submission", "id"),
    ("finding", "submission_id", "submission", "id"),
    ("received_row", "submission_id", "submission", "id"),
    (
        "dataset_version",
        "submission_event_id",
        "submission_event",
        "id",
    ),
    ("counted", "row_id", "received_row", "id"),
    ("counted", "opened_version", "dataset_version", "version"),
    ("counted", "closed_version", "dataset_version", "version"),
    (
        "person_table_release",
        "version",
        "dataset_version",
        "version",
    ),
    (
        "person_table_hidden",
        "release_id",
        "person_table_release",
        "id",
    ),
];

/// Fails where a release refers to something that is not in it, or leaves a version out.
pub(super) fn assert_closed(package: &Package) {
    let column = |table, column| numbers(package, table, column).expect("the column");
    for (from, reference, to, key) in REFERENCES {
        let missing = &column(from, reference) - &column(to, key);
        assert!(missing.is_empty(), "{from}.{reference}: {missing:?}");
    }
    let (rows, texts) = (column("received_row", "id"), column("free_text", "id"));
    let paths = package.files().map(|(path, _)| path.to_owned());
    for path in paths.collect::<Vec<_>>() {
        let table = path.strip_prefix("facts/");
        let Some(table) = table.and_then(|name| name.strip_suffix(".parquet")) else {
            continue;
        };
        let facts = numbers(package, table, "row_id").unwrap_or_default();
        assert!(facts.is_subset(&rows), "{table}.row_id");
        for text in ["text_id", "change_note_id"] {
            let told = numbers(package, table, text).unwrap_or_default();
            assert!(told.is_subset(&texts), "{table}.{text}");
        }
    }
    let versions = column("dataset_version", "version");
    let last = versions.last().copied().unwrap_or_default();
    assert!(
        versions.iter().copied().eq(1..=last),
        "every version is there"
    );
}

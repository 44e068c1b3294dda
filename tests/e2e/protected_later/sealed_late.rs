//! A state of the past that is sealed after something in it came to be protected: it is withheld in the files themselves.

use arrow_array::{Array, BooleanArray, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use samsyn::commands::Outcome;
use samsyn::releases::Package;

use super::world::{ASSOCIATION, INDICATOR, World, protect};
use crate::harness::on_both_engines;
use crate::release::{run, seal_into};

/// A column of a sealed table, as texts, of the rows whose code is this one.
fn cells(package: &Package, table: &str, (key, code): (&str, &str), column: &str) -> Vec<String> {
    let path = format!("facts/{table}.parquet");
    let mut files = package.files();
    let (_, bytes) = files.find(|(name, _)| *name == path).expect("the table");
    let bytes = axum::body::Bytes::copy_from_slice(bytes);
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).expect("a table");
    let mut found = Vec::new();
    for batch in reader.build().expect("rows") {
        let batch = batch.expect("rows");
        let keys = batch.column_by_name(key).expect("the key");
        let keys = keys.as_any().downcast_ref::<StringArray>().expect("texts");
        let held = batch.column_by_name(column).expect("the column");
        for place in (0..keys.len()).filter(|place| keys.value(*place) == code) {
            let texts = held.as_any().downcast_ref::<StringArray>();
            let flags = held.as_any().downcast_ref::<BooleanArray>();
            found.push(match (texts, flags) {
                _ if held.is_null(place) => String::new(),
                (Some(texts), _) => texts.value(place).to_owned(),
                (_, Some(flags)) => flags.value(place).to_string(),
                _ => panic!("{column} is of another type"),
            });
        }
    }
    assert!(!found.is_empty(), "{code} in {table}");
    found
}

on_both_engines! {
    async fn a_state_of_before_sealed_after_holds_no_place_that_is_protected_now(app: Example) {
        let (app, world) = World::made(app, 0).await;
        let world = protect(&app, world).await;
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("late");
        seal_into(&app, &out, &["--as-of", &world.then]).await;
        let package = Package::read(&out).expect("the release");
        let association = ("code", ASSOCIATION);
        for column in ["county_code", "municipality_code", "organisation_number"] {
            let told = cells(&package, "recipient", association, column);
            assert!(told.iter().all(String::is_empty), "{column}: {told:?}");
        }
        let flags = cells(&package, "recipient", association, "protected_location");
        assert!(flags.iter().all(|flag| flag == "true"), "{flags:?}");
        let flags = cells(&package, "indicator_definition", ("indicator", INDICATOR), "concerns_persons");
        assert!(flags.iter().all(|flag| flag == "true"), "{flags:?}");
        let out = out.to_string_lossy();
        for command in ["verify", "reproduce"] {
            assert_eq!(run(&[command, &out]).await.expect("it computes"), Outcome::Done, "{command}");
        }
    }
}

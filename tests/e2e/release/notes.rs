//! What a plan says of its changes: sealed once it is decided, since it is open then, and left out of a draft.

use arrow_array::{Array, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use samsyn::releases::Package;
use serde_json::json;

use super::{seal_into, sealed};
use crate::answer::data;
use crate::harness::{TestApp, on_both_engines};
use crate::plan::drafts::revise;

const PLAN: &str = "activityPlan(assignment: \"S2020/01591/SOF\") { version changeNote versions { version changeNote } }";

/// The texts that a release holds.
async fn texts(app: &TestApp) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("release");
    seal_into(app, &out, &[]).await;
    let package = Package::read(&out).expect("the release");
    let mut files = package.files();
    let (_, bytes) = files
        .find(|(path, _)| *path == "facts/free_text.parquet")
        .expect("the texts");
    let bytes = axum::body::Bytes::copy_from_slice(bytes);
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).expect("a table");
    let mut texts = Vec::new();
    for batch in reader.build().expect("rows") {
        let batch = batch.expect("rows");
        let bodies = batch.column_by_name("body").expect("the column");
        let bodies = bodies
            .as_any()
            .downcast_ref::<StringArray>()
            .expect("texts");
        texts.extend(bodies.iter().flatten().map(str::to_owned));
    }
    texts
}

on_both_engines! {
    async fn notes_of_a_plan_are_sealed_once_it_is_decided(app: Reference) {
        revise(&app, 2, None).await;
        assert_eq!(texts(&app).await, Vec::<String>::new(), "a draft is nobody's to read");
        // Decided tomorrow is not decided.
        revise(&app, 2, Some("2999-01-01")).await;
        assert_eq!(texts(&app).await, Vec::<String>::new());
        revise(&app, 2, Some("2021-12-15")).await;
        assert_eq!(texts(&app).await, ["Hemligt utkast"]);
        let release = sealed(&app).await;
        let now = data(&app, &format!("{{ {PLAN} }}"), json!({})).await;
        assert_eq!(now["activityPlan"]["changeNote"], "Rad 1: Hemligt utkast");
        let then = data(&app, &format!("{{ dataset(release: \"{release}\") {{ {PLAN} }} }}"), json!({})).await;
        assert_eq!(then["dataset"], now);
    }
}

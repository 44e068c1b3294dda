//! Five years later: every figure from the sealed facts alone, and nothing in them that should have stayed.

use std::collections::BTreeSet;

use arrow_array::{Array, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use samsyn::commands::Outcome;
use samsyn::releases::Package;
use serde_json::json;

use super::{FUNDS, run, seal_into, sealed};
use crate::harness::{Persona, TestApp, on_both_engines, question};
use crate::stored::Stored;
use crate::time::asked::{at, change_everything};

/// Questions that a release is asked.
const QUESTIONS: [&str; 9] = [
    "01-assignment",
    "02-allocation-key",
    "03-fund-usage",
    "05-who-is-missing",
    "06-coverage",
    "07-plan",
    "09-equality",
    "12-calendar",
    "14-person-table",
];

async fn answers(app: &TestApp, dataset: &str) -> Vec<String> {
    let mut answers = Vec::new();
    let report = format!(
        "{{ report(assignment: \"{FUNDS}\", kind: FINAL_REPORT) {{ qualityDeclaration {{ text }} parts {{ sections {{ tables {{ rows {{ cells {{ text }} }} }} }} }} }} }}"
    );
    for document in QUESTIONS.map(question).into_iter().chain([report]) {
        let document = at(&document, dataset);
        let answer = app.ask_as(&Persona::public(), &document, json!({})).await;
        assert_eq!(answer.get("errors"), None, "{document}: {answer}");
        answers.push(answer.to_string());
    }
    answers
}

on_both_engines! {
    async fn a_release_answers_the_same_after_five_hundred_corrections(app: Example) {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("release");
        seal_into(&app, &out, &[]).await;
        let name = sealed(&app).await;
        let release = format!("release: \"{name}\"");
        let before = answers(&app, &release).await;
        let then = app.ask(&format!("{{ dataset({release}) {{ info {{ asOf version today release {{ id sha256 }} }} }} }}")).await;
        let info = &then["dataset"]["info"];
        assert_eq!(info["release"]["id"], name.as_str());
        let as_of = format!("asOf: {}", info["asOf"]);
        assert_eq!(before, answers(&app, &as_of).await, "what is sealed is what the store had");
        let corrections = change_everything(&app, 11).await;
        assert!(corrections >= 500, "{corrections} corrections");
        assert_ne!(before, answers(&app, "").await, "the present is another");
        assert_eq!(before, answers(&app, &release).await, "what is sealed is the same");
        // A process that has opened nothing yet, and the command that needs no store.
        let fresh = app.beside(samsyn::clock::Clock::system()).await;
        assert_eq!(before, answers(&fresh, &release).await);
        fresh.close().await;
        let out = out.to_string_lossy().into_owned();
        assert_eq!(run(&["reproduce", &out]).await.expect("it computes"), Outcome::Done);
    }

    async fn figures_that_were_sealed_otherwise_are_named(app: Example) {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("release");
        seal_into(&app, &out, &[]).await;
        let package = Package::read(&out).expect("the release");
        let (manifest, _) = samsyn::releases::verify(&package, None).expect("nothing is changed");
        let opened = samsyn::releases::Opened::of(&package, manifest).await.expect("it opens");
        let mut figures = opened.computed().await.expect("it computes");
        assert_eq!(samsyn::releases::differing(&opened.figures, &figures), []);
        assert!(figures.figures.len() > 500, "the whole report");
        let paid = figures.figures.iter_mut().find(|one| one.code.starts_with("fund.paid|"));
        let paid = paid.expect("what was paid");
        let code = paid.code.clone();
        paid.value = Some("0.01".to_owned());
        let differing = samsyn::releases::differing(&opened.figures, &figures);
        assert!(differing.iter().all(|one| one.code == code), "{differing:?}");
        assert!(!differing.is_empty());
    }

    async fn nothing_that_somebody_wrote_freely_and_nobodys_name_is_sealed(app: Example) {
        let stored = Stored::of(&app).await;
        let texts = stored.texts("SELECT body AS name FROM free_text WHERE body IS NOT NULL AND id NOT IN (SELECT change_note_id FROM activity_plan WHERE change_note_id IS NOT NULL)").await;
        let texts: BTreeSet<String> = texts.into_iter().filter(|text| text.len() > 3).collect();
        assert!(texts.len() > 5, "there are free texts: {texts:?}");
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("release");
        seal_into(&app, &out, &[]).await;
        let package = Package::read(&out).expect("the release");
        let mut seen = 0;
        for (path, bytes) in package.files().filter(|(path, _)| path.ends_with(".parquet")) {
            let bytes = axum::body::Bytes::copy_from_slice(bytes);
            let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).expect("a table");
            for batch in reader.build().expect("rows") {
                let batch = batch.expect("rows");
                for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
                    if matches!(field.name().as_str(), "actor" | "file_name") {
                        let actors = column.as_any().downcast_ref::<StringArray>().expect("texts");
                        assert!(actors.iter().flatten().all(str::is_empty), "{path}");
                    }
                    if ["reason_id", "comment_id", "deviation_id", "purpose_id", "note_id"].contains(&field.name().as_str()) {
                        assert_eq!(column.null_count(), column.len(), "{path}.{}", field.name());
                    }
                    let Some(held) = column.as_any().downcast_ref::<StringArray>() else {
                        continue;
                    };
                    for text in held.iter().flatten() {
                        assert!(!texts.contains(text), "{path}.{} holds a free text", field.name());
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 50_000, "{seen} texts were looked at");
    }
}

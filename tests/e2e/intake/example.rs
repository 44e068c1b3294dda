//! Every file of the example, in the order of the folder: verdict, counts and warnings exactly; dry run and real alike.

use std::collections::BTreeMap;

use entity::Verdict;
use serde_json::{Value, json};

use super::files::{self, example_files};
use crate::example::expected;
use crate::harness::on_both_engines;
use crate::stored::Stored;

/// Files whose rows the reference data hold already: they are unchanged, not new.
const HELD: [&str; 3] = [
    "01-recipients.csv",
    "02-recipients.csv",
    "04-populations.csv",
];

on_both_engines! {
    async fn every_file_is_judged_as_expected(app: Reference) {
        let entries = expected()["intake"]["files"].as_array().expect("files").clone();
        let files = example_files();
        assert_eq!(files.len(), entries.len());
        let mut rows: BTreeMap<String, i64> = BTreeMap::new();
        for (file, entry) in files.iter().zip(&entries) {
            assert_eq!(json!(file.name), entry["file"]);
            let report = app.send(&file.sent()).await;
            let count = |name: &str| entry[name].as_i64().expect("a count");
            let new_and_unchanged = match HELD.contains(&file.name.as_str()) {
                true => (0, count("new") + count("unchanged")),
                false => (count("new"), count("unchanged")),
            };
            assert_eq!(json!(report.verdict.code()), entry["verdict"], "{}", file.name);
            assert_eq!((report.new, report.unchanged), new_and_unchanged, "{}", file.name);
            assert_eq!(report.corrected, count("corrected"), "{}", file.name);
            let warnings: Vec<Value> = report
                .findings
                .iter()
                // The expected answers leave outliers out: what is far is a matter of judgement.
                .filter(|one| one.rule.code() != "outlier")
                .map(|one| json!([one.row, one.column, one.rule.code()]))
                .collect();
            assert_eq!(json!(warnings), entry["warningRows"], "{}", file.name);
            assert!(report.findings.iter().all(|one| one.severity.code() == "WARNING"), "{}", file.name);
            *rows.entry(file.kind.code().to_owned()).or_default() += report.new + report.corrected + report.unchanged;
        }
        for (kind, rows) in rows {
            assert_eq!(json!(rows), expected()["controlTotals"]["rowsInFiles"][&kind], "{kind}");
        }
    }

    async fn a_dry_run_says_what_comes_and_leaves_nothing(app: Reference) {
        let stored = Stored::of(&app).await;
        for file in example_files() {
            let before = stored.counts().await;
            let dry = app.dry_run(&file.sent()).await;
            assert_eq!(stored.counts().await, before, "{}", file.name);
            let real = app.send(&file.sent()).await;
            assert_eq!(files::json(&dry), files::json(&real), "{}", file.name);
        }
    }

    async fn the_last_file_of_a_kind_sent_again_is_unchanged_and_leaves_nothing(app: Example) {
        let stored = Stored::of(&app).await;
        let before = stored.counts().await;
        let last: BTreeMap<String, _> =
            example_files().into_iter().map(|file| (format!("{:?}", (file.kind, file.organisation())), file)).collect();
        assert!(last.len() >= 15, "every kind");
        for file in last.values() {
            let report = app.send(&file.sent()).await;
            assert_eq!(report.verdict, Verdict::Unchanged, "{}", file.name);
            assert_eq!(files::said(&report), "UNCHANGED 0 0 0", "{}", file.name);
        }
        assert_eq!(stored.counts().await, before);
    }
}

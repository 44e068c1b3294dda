//! A thousand damaged copies of the example files, half of them on each engine: never a panic, always all of a file or
//! nothing, and a dry run that says what then comes.

use std::collections::BTreeMap;

use entity::{Kind, Verdict};

use super::damage::{Chance, damaged};
use super::files::{ExampleFile, example_files, json, said};
use crate::example::balance;
use crate::harness::{TestApp, on_both_engines};
use crate::stored::Stored;

const COPIES: usize = 500;

/// What a refused file may add to.
const OF_A_REFUSAL: [&str; 4] = ["submission", "submission_event", "finding", "audit_event"];

/// Sends a damaged copy; gives its verdict, after all or nothing of it was kept.
async fn send(app: &TestApp, stored: &Stored, file: &ExampleFile, seed: u64) -> Verdict {
    let (what, bytes) = damaged(&file.bytes, &mut Chance(seed));
    let name = format!("{} ({what}, seed {seed})", file.name);
    let before = stored.counts().await;
    let dry = app.dry_run(&file.with(&bytes)).await;
    let report = app.send(&file.with(&bytes)).await;
    assert_eq!(
        json(&dry),
        json(&report),
        "{name}: a dry run is the same path"
    );
    assert!(
        report
            .findings
            .iter()
            .all(|one| one.rule.is_used_in(file.kind)),
        "{name}: a rule that docs/RULES.md does not name for the kind in {}",
        said(&report)
    );
    let after = stored.counts().await;
    let more: BTreeMap<&str, i64> = after
        .iter()
        .map(|(table, rows)| (table.as_str(), rows - before[table]))
        .filter(|(_, rows)| *rows != 0)
        .collect();
    match report.verdict {
        Verdict::Accepted => {
            let rows = report.new + report.corrected + report.unchanged;
            assert!(rows > 0, "{name}: {}", said(&report));
            // What a whole version leaves out is corrected too, and no row of the file.
            let rows = match file.kind {
                Kind::ActivityPlan => more.get("received_row").copied().unwrap_or(0).min(rows),
                _ => rows,
            };
            assert_eq!(
                more.get("received_row"),
                Some(&rows),
                "{name}: all rows are kept"
            );
            let table = Kind::code(file.kind).trim_end_matches('s');
            assert_eq!(more.get(table), Some(&rows), "{name}: each is a fact");
            assert!(
                report
                    .findings
                    .iter()
                    .all(|one| one.severity.code() == "WARNING"),
                "{name}"
            );
        }
        Verdict::Rejected => {
            assert!(
                more.keys().all(|table| OF_A_REFUSAL.contains(table)),
                "{name}: {more:?}"
            );
            assert!(
                report
                    .findings
                    .iter()
                    .any(|one| one.severity.code() == "ERROR"),
                "{name}"
            );
            assert_eq!(
                (report.new, report.corrected, report.unchanged),
                (0, 0, 0),
                "{name}"
            );
        }
        _ => assert!(more.is_empty(), "{name}: {more:?}"),
    }
    report.verdict
}

on_both_engines! {
    async fn damaged_files_are_taken_whole_or_not_at_all(app: Example) {
        let files: Vec<ExampleFile> = example_files();
        let stored = Stored::of(&app).await;
        let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
        for seed in 0..COPIES {
            let file = &files[seed % files.len()];
            let verdict = send(&app, &stored, file, u64::try_from(seed).expect("a small number")).await;
            *verdicts.entry(verdict.code()).or_default() += 1;
        }
        assert!(verdicts["REJECTED"] > 150 && verdicts["ACCEPTED"] > 60, "the damage is of every degree: {verdicts:?}");
        assert!(balance::check(&app).await > 10_000, "whatever was taken, the money is balanced");
    }
}

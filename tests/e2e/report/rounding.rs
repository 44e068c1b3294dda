//! A table whose shown numbers do not add up says so, and no other does: counted from the texts of its cells alone.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::documents::{run, unzipped, written};
use super::{FUNDS, SUPPORT, list, report, section, sections};
use crate::harness::on_both_engines;

const NOTE: &str = "Avrundade tal: delarna kan avvika från summan.";
const NOTE_EN: &str = "Rounded numbers: the parts may differ from the sum.";

/// The number that a Swedish reader reads in a cell.
fn shown(cell: &Value) -> Option<Decimal> {
    let text = cell["text"].as_str()?;
    let text = text.replace(['\u{a0}', ' '], "").replace(',', ".");
    text.replace('\u{2212}', "-").parse().ok()
}

fn of<'a>(row: &'a Value, key: &str) -> Option<&'a Value> {
    let mut cells = list(row, "/cells").into_iter();
    cells.find(|cell| cell["column"] == key)
}

/// Whether the parts that a reader sees make another sum than the whole that the reader sees.
fn is_off(whole: Option<Decimal>, parts: &[Option<Decimal>]) -> bool {
    let parts: Option<Vec<Decimal>> = parts.iter().copied().collect();
    whole
        .zip(parts)
        .is_some_and(|(whole, parts)| parts.iter().sum::<Decimal>() != whole)
}

/// Whether a reader with a pocket calculator finds a sum of a table that is not what it says.
fn found_off(table: &Value) -> bool {
    let rows = list(table, "/rows");
    let keys: Vec<&str> = list(table, "/columns")
        .iter()
        .map(|one| one["key"].as_str().expect("a key"))
        .collect();
    let number = |row: &Value, key: &str| of(row, key).and_then(shown);
    let sums: [(&str, &[&str]); 3] = [
        (
            "fund.paid",
            &[
                "fund.used",
                "fund.repaid",
                "fund.outstanding",
                "fund.unreported",
                "fund.unexplained",
            ],
        ),
        ("fund.reported_unused", &["fund.repaid", "fund.outstanding"]),
        (
            "indicator.follow_up_mean",
            &["indicator.baseline_mean", "indicator.mean_change"],
        ),
    ];
    let by_row = rows.iter().any(|row| {
        let is_sum = |(whole, parts): &(&str, &[&str])| {
            let parts: Vec<_> = parts.iter().map(|part| number(row, part)).collect();
            is_off(number(row, whole), &parts)
        };
        let shares = keys
            .iter()
            .filter(|key| key.starts_with("fund.share_of_use:"));
        let shares: Vec<_> = shares.map(|key| number(row, key)).collect();
        sums.iter().any(is_sum)
            || (!shares.is_empty() && is_off(Some(Decimal::ONE_HUNDRED), &shares))
    });
    let states: Vec<_> = rows
        .iter()
        .map(|row| number(row, "plan.state_share"))
        .collect();
    let is_state = keys.contains(&"plan.state_share");
    // The rows of all years, and those of the same kind of recipient by year.
    let label = |row: &Value, at: usize| {
        list(row, "/cells")[at]["text"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let by_column = rows
        .iter()
        .filter(|row| label(row, 0) == "Alla år")
        .any(|whole| {
            let own = rows
                .iter()
                .filter(|row| label(row, 0) != "Alla år" && label(row, 1) == label(whole, 1));
            let own: Vec<_> = own.collect();
            let columns = list(table, "/columns")
                .into_iter()
                .filter(|one| one["unit"] == "KRONOR");
            let keys: BTreeSet<&str> = columns
                .map(|one| one["key"].as_str().expect("a key"))
                .collect();
            keys.into_iter().any(|key| {
                let parts: Vec<_> = own.iter().map(|row| number(row, key)).collect();
                is_off(number(whole, key), &parts)
            })
        });
    by_row || by_column || (is_state && is_off(Some(Decimal::ONE_HUNDRED), &states))
}

on_both_engines! {
    async fn a_table_says_that_it_is_rounded_where_a_reader_finds_it_off(app: Example) {
        let (mut off, mut even) = (0, 0);
        for (assignment, kind) in [(FUNDS, "FINAL_REPORT"), (SUPPORT, "FINAL_REPORT")] {
            let found = report(&app, assignment, kind, &Value::Null).await;
            for section in sections(&found) {
                for table in list(section, "/tables") {
                    let notes = list(table, "/notes");
                    let says = notes.iter().any(|note| **note == json!(NOTE));
                    assert_eq!(says, found_off(table), "{}", table["code"]);
                    if says { off += 1 } else { even += 1 }
                    let exact = notes.iter().filter_map(|note| note.as_str()).filter(|note| note.contains("öret"));
                    assert_eq!(exact.count(), 0, "kronor are shown, not öre: {}", table["code"]);
                }
            }
        }
        assert!(off > 0 && even > 20, "{off} tables are off, {even} are not");
    }

    async fn every_document_says_it(app: Example) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut files = BTreeMap::new();
        for language in ["sv", "en"] {
            let out = folder.path().join(language);
            assert!(run(&app, &out, &["--format", "md,xlsx,docx", "--lang", language]), "{language}");
            files.extend(written(&out));
        }
        let found = report(&app, FUNDS, "FINAL_REPORT", &Value::Null).await;
        let uses = list(section(&found, "funds.by_year"), "/tables").into_iter().find(|one| one["code"] == "funds.by_year.use").expect("the table");
        assert!(list(uses, "/notes").iter().any(|note| **note == json!(NOTE)), "the example has öre");
        let mut documents = 0;
        for (name, bytes) in &files {
            let note = if name.contains(".sv.") { NOTE } else { NOTE_EN };
            let text = if name.ends_with(".md") {
                String::from_utf8(bytes.clone()).expect("a text")
            } else if name.ends_with(".xlsx") || name.ends_with(".docx") {
                unzipped(bytes).values().map(|part| String::from_utf8_lossy(part).into_owned()).collect()
            } else {
                continue;
            };
            assert!(text.contains(note), "{name}");
            documents += 1;
        }
        assert_eq!(documents, 6, "{:?}", files.keys());
    }
}

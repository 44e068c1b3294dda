//! Files as agencies really write them: each is taken rightly, or told truly, as `expected.json` beside them says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use entity::{Kind, Verdict};
use samsyn::intake::{FileReport, Finding, Limits, table_of};
use serde_json::Value;

use crate::harness::{Sent, TestApp, on_both_engines};
use crate::intake::files::said;

/// Words of the canonical names that a Swedish sender never reads in a message in Swedish.
const ENGLISH: [&str; 12] = [
    "amount",
    "recipient_code",
    "requisitioned_on",
    "reported_on",
    "reference",
    "comment",
    "unused",
    "year",
    "value",
    "numerator",
    "denominator",
    "participants",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e/field")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn text<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} of {entry}"))
}

fn texts<'a>(entry: &'a Value, name: &str) -> Vec<&'a str> {
    let all = entry[name].as_array().into_iter().flatten();
    all.map(|one| one.as_str().expect("a text")).collect()
}

fn sent(name: &str, entry: &Value) -> Sent {
    let kind = Kind::of(text(entry, "kind")).expect("a known kind");
    Sent::file(kind, name, &bytes(name)).assignment(text(entry, "assignment"))
}

fn is_it(found: &Finding, expected: &Value) -> bool {
    found.severity.code() == text(expected, "severity")
        && found.rule.code() == text(expected, "rule")
        && found.row == expected["row"].as_i64()
        && (expected["column"].as_str())
            .is_none_or(|column| found.column.as_deref() == Some(column))
        && texts(expected, "says")
            .iter()
            .all(|words| found.message_sv.contains(words))
}

/// What is not as expected; nothing where all is.
fn faults(name: &str, report: &FileReport, entry: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut left: Vec<&Finding> = report.findings.iter().collect();
    for expected in entry["findings"].as_array().expect("findings") {
        match left.iter().position(|found| is_it(found, expected)) {
            Some(at) => {
                left.remove(at);
            }
            None => faults.push(format!("{expected} is missing")),
        }
    }
    let may_also = texts(entry, "mayAlso");
    left.retain(|found| !may_also.contains(&found.rule.code()));
    faults.extend(left.iter().map(|found| format!("too much: {found:?}")));
    if report.verdict.code() != text(entry, "verdict") {
        faults.push(format!("the verdict is {}", report.verdict.code()));
    }
    let kind = Kind::of(text(entry, "kind")).expect("a known kind");
    let (bytes, limits) = (bytes(name), Limits::default());
    let headers = match table_of(name, &bytes, kind, limits).0 {
        Some(table) => table.header.join(" ").to_lowercase(),
        // What cannot be read has findings about no column.
        None => String::new(),
    };
    for found in &report.findings {
        if !found.rule.is_used_in(kind) {
            faults.push(format!(
                "docs/RULES.md says that {} is not used there",
                found.rule.code()
            ));
        }
        let swedish: BTreeSet<&str> = found
            .message_sv
            .split(|one: char| !one.is_alphanumeric() && one != '_')
            .collect();
        // A sender of English headers is told what stands in the file.
        let english = |word: &&str| !headers.contains(*word) && swedish.contains(*word);
        faults.extend(ENGLISH.into_iter().find(|word| english(word)).map(|word| {
            format!(
                "{word} is told to a sender of Swedish headers: {}",
                found.message_sv
            )
        }));
        if let Some(row) = found.row {
            let here = format!("rad {row}");
            let told = found.message_sv.to_lowercase();
            if !told.contains(&here) && !told.contains(&format!("{row})")) {
                faults.push(format!("the row is not told: {}", found.message_sv));
            }
        }
    }
    if !faults.is_empty() {
        faults.push(format!("{}: {:?}", said(report), report.findings));
    }
    faults
        .into_iter()
        .map(|fault| format!("{name}: {fault}"))
        .collect()
}

async fn try_all(app: &TestApp, entries: &[(&String, &Value)]) -> Vec<String> {
    let mut faulty = Vec::new();
    for (name, entry) in entries {
        let report = app.dry_run(&sent(name, entry)).await;
        faulty.extend(faults(name, &report, entry));
    }
    faulty
}

on_both_engines! {
    async fn every_file_from_the_field_is_taken_rightly_or_told_truly(app: Example) {
        let expected = String::from_utf8(bytes("expected.json")).expect("UTF-8");
        let expected: Value = serde_json::from_str(&expected).expect("JSON");
        let entries = expected["files"].as_object().expect("files");
        let (later, now): (Vec<_>, Vec<_>) = entries.iter().partition(|(_, entry)| !texts(entry, "after").is_empty());
        let mut faulty = try_all(&app, &now).await;
        let before: BTreeSet<&str> = later.iter().flat_map(|(_, entry)| texts(entry, "after")).collect();
        for name in &before {
            let report = app.send(&Sent::file(Kind::Requisitions, name, &bytes(name)).assignment("S2016/00633/FST")).await;
            assert_eq!(report.verdict, Verdict::Accepted, "{name}: {}", said(&report));
        }
        faulty.extend(try_all(&app, &later).await);
        let named: BTreeSet<&str> = entries.keys().map(String::as_str).chain(before).collect();
        let on_disk = std::fs::read_dir(folder()).expect("the folder").filter_map(|entry| {
            let name = entry.expect("a file").file_name().to_string_lossy().into_owned();
            (!matches!(name.as_str(), "mod.rs" | "expected.json")).then_some(name)
        });
        faulty.extend(on_disk.filter(|name| !named.contains(name.as_str())).map(|name| format!("{name}: nothing is expected of it")));
        assert!(faulty.is_empty(), "{}", faulty.join("\n"));
    }
}

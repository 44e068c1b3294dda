//! Every broken file, alone, as a dry run after the good ones: exactly the verdict and findings it was made for.

use std::path::{Path, PathBuf};

use entity::Kind;
use samsyn::intake::{FileReport, Finding};
use serde_json::Value;

use super::files;
use crate::harness::{Sent, on_both_engines};
use crate::stored::Stored;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e/bad")
}

fn text<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} of {entry}"))
}

/// Whether a finding is the one expected: any column will do where none is named, and a second rule where one is.
fn is_it(found: &Finding, expected: &Value) -> bool {
    let rule = found.rule.code();
    let other = expected.get("ruleOr").and_then(Value::as_array);
    found.severity.code() == text(expected, "severity")
        && (rule == text(expected, "rule")
            || other.is_some_and(|rules| rules.iter().any(|other| other == rule)))
        && found.row == expected["row"].as_i64()
        && expected["column"]
            .as_str()
            .is_none_or(|column| found.column.as_deref() == Some(column))
}

/// Asserts that the findings are those expected, and no others but those that may come too.
fn check(name: &str, report: &FileReport, entry: &Value) {
    let mut left: Vec<&Finding> = report.findings.iter().collect();
    for expected in entry["findings"].as_array().expect("findings") {
        let at = left.iter().position(|found| is_it(found, expected));
        let at = at
            .unwrap_or_else(|| panic!("{name}: {expected} is missing in {}", files::said(report)));
        left.remove(at);
    }
    let may_also = entry["mayAlso"].as_array().expect("rules");
    left.retain(|found| !may_also.iter().any(|rule| rule == found.rule.code()));
    assert!(
        left.is_empty(),
        "{name}: too much in {}",
        files::said(report)
    );
    assert_eq!(report.verdict.code(), text(entry, "verdict"), "{name}");
    let kind = Kind::of(text(entry, "kind")).expect("a known kind");
    for found in &report.findings {
        assert!(
            found.rule.is_used_in(kind),
            "{name}: docs/RULES.md says that {} is not used there",
            found.rule.code()
        );
        assert!(
            !found.message_sv.is_empty() && !found.message_en.is_empty(),
            "{name}: a finding says what to do"
        );
        assert!(
            !format!("{found:?}").contains("{}"),
            "{name}: a text is left unfilled"
        );
    }
}

on_both_engines! {
    async fn every_broken_file_gets_exactly_its_findings(app: Example) {
        let expected = std::fs::read_to_string(folder().join("expected.json")).expect("expected.json");
        let expected: Value = serde_json::from_str(&expected).expect("JSON");
        let entries = expected["files"].as_object().expect("files");
        let on_disk = std::fs::read_dir(folder()).expect("the folder").count();
        assert_eq!(entries.len() + 1, on_disk, "every file is expected to say something");
        let stored = Stored::of(&app).await;
        let before = stored.counts().await;
        let mut handled = 0;
        for (name, entry) in entries {
            let kind = Kind::of(text(entry, "kind")).expect("a known kind");
            let bytes = std::fs::read(folder().join(name)).expect("the file");
            let sent = Sent::file(kind, name, &bytes).by(text(entry, "sender")).assignment(text(entry, "assignment"));
            let report = app.dry_run(&sent).await;
            check(name, &report, entry);
            assert_eq!(stored.counts().await, before, "{name} leaves nothing");
            handled += 1;
        }
        assert_eq!(handled, 59);
    }
}

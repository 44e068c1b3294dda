//! The example files as their manifest says they are sent, and what a report says, short enough to compare.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use entity::{Kind, Nature};

use samsyn::intake::{FileReport, Manifest, Report};
use serde_json::Value;

use crate::harness::Sent;

/// The assignment that hands out money.
pub(crate) const FUNDS: &str = "S2016/00633/FST";
/// The assignment that gives support.
pub(crate) const SUPPORT: &str = "S2020/01591/SOF";

/// An example file.
#[derive(Clone)]
pub(crate) struct ExampleFile {
    /// Its name.
    pub(crate) name: String,
    /// Its kind.
    pub(crate) kind: Kind,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
    assignment: Option<String>,
    organisation: String,
    nature: Nature,
    plan: (Option<i64>, Option<NaiveDate>),
}

impl ExampleFile {
    /// The file as it is sent.
    pub(crate) fn sent(&self) -> Sent {
        self.with(&self.bytes)
    }

    /// The file as it is sent, with another content.
    pub(crate) fn with(&self, bytes: &[u8]) -> Sent {
        let sent = Sent::file(self.kind, &self.name, bytes)
            .by(&self.organisation)
            .nature(self.nature)
            .plan(self.plan.0, self.plan.1);
        match &self.assignment {
            Some(number) => sent.assignment(number),
            None => sent,
        }
    }

    /// Its sender.
    pub(crate) fn organisation(&self) -> &str {
        &self.organisation
    }

    /// Whether it is a text file.
    pub(crate) fn is_text(&self) -> bool {
        self.name.ends_with(".csv")
    }
}

/// The folder of the example files.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/example")
}

/// Every example file in the order of the folder.
pub(crate) fn example_files() -> Vec<ExampleFile> {
    let text = std::fs::read_to_string(folder().join("manifest.json")).expect("a manifest");
    let manifest: Manifest = serde_json::from_str(&text).expect("a manifest");
    let files = manifest.files.iter().map(|entry| ExampleFile {
        name: entry.file.clone(),
        kind: Kind::of(entry.kind.as_deref().expect("a kind")).expect("a known kind"),
        bytes: std::fs::read(folder().join(&entry.file)).expect("the file"),
        assignment: entry.assignment.clone(),
        organisation: entry.organisation.clone().expect("a sender"),
        nature: entry
            .nature
            .as_deref()
            .and_then(Nature::of)
            .expect("a nature"),
        plan: (entry.plan_version, entry.decided_on),
    });
    files.collect()
}

/// A report as its readers get it.
pub(crate) fn json(report: &FileReport) -> Value {
    Report {
        submissions: vec![report.clone()],
    }
    .json()["submissions"][0]
        .take()
}

/// A verdict, the counts of new, corrected and unchanged rows, and the findings: severity, rule, row, column.
pub(crate) fn said(report: &FileReport) -> String {
    let mut text = format!(
        "{} {} {} {}",
        report.verdict.code(),
        report.new,
        report.corrected,
        report.unchanged
    );
    for one in &report.findings {
        let row = one.row.map(|row| row.to_string()).unwrap_or_default();
        let column = one.column.as_deref().unwrap_or_default();
        text.push_str(&format!(
            "; {} {} {row} {column}",
            one.severity.code(),
            one.rule.code()
        ));
    }
    text
}

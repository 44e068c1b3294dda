//! The report on files received: as JSON for programs and as text for people.

use entity::{Severity, Verdict};
use serde_json::{Value, json};

use super::finding::Finding;

/// What came of one file.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// Id of the submission that was kept; none where nothing was.
    pub submission: Option<i64>,
    /// Name of the file.
    pub file: String,
    /// Code of its kind; none where it could not be told.
    pub kind: Option<String>,
    /// What came of it.
    pub verdict: Verdict,
    /// Rows without an earlier row of their key.
    pub new: i64,
    /// Rows that replaced or removed one.
    pub corrected: i64,
    /// Rows equal to what counted already.
    pub unchanged: i64,
    /// What the rules say.
    pub findings: Vec<Finding>,
    /// Why it was not read at all: Swedish, English.
    pub why: Option<[String; 2]>,
}

/// What came of several files, in their order.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// One report a submission.
    pub submissions: Vec<FileReport>,
}

impl Report {
    /// Whether something was refused.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.submissions
            .iter()
            .any(|one| one.verdict == Verdict::Rejected)
    }

    /// The JSON of docs/INTAKE.md.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({ "submissions": self.submissions.iter().map(FileReport::json).collect::<Vec<_>>() })
    }

    /// Lines for a reader.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text: String = self.submissions.iter().map(FileReport::text).collect();
        let count = |verdict| {
            self.submissions
                .iter()
                .filter(|one| one.verdict == verdict)
                .count()
        };
        text.push_str(&format!(
            "{} file(s): {} accepted, {} unchanged, {} rejected, {} not handled\n",
            self.submissions.len(),
            count(Verdict::Accepted) + count(Verdict::Received),
            count(Verdict::Unchanged),
            count(Verdict::Rejected),
            count(Verdict::NotHandled),
        ));
        text
    }
}

impl FileReport {
    fn json(&self) -> Value {
        let mut json = json!({
            "file": self.file,
            "kind": self.kind,
            "verdict": self.verdict.code(),
            "new": self.new,
            "corrected": self.corrected,
            "unchanged": self.unchanged,
            "findings": self.findings.iter().map(Finding::json).collect::<Vec<_>>(),
        });
        if let Some([sv, en]) = &self.why {
            json["whySv"] = sv.clone().into();
            json["whyEn"] = en.clone().into();
        }
        json
    }

    fn text(&self) -> String {
        let kind = self.kind.as_deref().unwrap_or("?");
        let mut text = format!("{:<12} {:<22} {}", self.verdict.code(), kind, self.file);
        if matches!(self.verdict, Verdict::Accepted | Verdict::Received) {
            text.push_str(&format!(
                "  new {}, corrected {}, unchanged {}",
                self.new, self.corrected, self.unchanged
            ));
        }
        text.push('\n');
        if let Some([sv, en]) = &self.why {
            text.push_str(&format!("    {sv} / {en}\n"));
        }
        self.findings
            .iter()
            .for_each(|finding| text.push_str(&finding.text()));
        text
    }
}

impl Finding {
    fn json(&self) -> Value {
        json!({
            "severity": self.severity.code(),
            "rule": self.rule.code(),
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "key": self.key,
            "messageSv": self.message_sv,
            "messageEn": self.message_en,
        })
    }

    /// The messages say row and column by themselves.
    fn text(&self) -> String {
        let mark = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        format!(
            "    {mark} {}: {} / {}\n",
            self.rule.code(),
            self.message_sv,
            self.message_en
        )
    }
}

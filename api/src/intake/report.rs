//! The report on files received: as JSON for programs and as text for people.

use entity::{Severity, Verdict};
use serde_json::{Value, json};

use super::finding::Finding;
use super::rule::Rule;

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
        text.push_str(&few_of_each(&self.findings));
        text
    }
}

/// Findings of one rule in one column that are told one by one; of the others a reader is told how many there are.
const TOLD_EACH: usize = 5;

/// The findings of a file for a reader: where one cause comes back in row after row, the first of them and the number.
fn few_of_each(findings: &[Finding]) -> String {
    let mut text = String::new();
    let mut counts: Vec<((Rule, Option<&str>), usize)> = Vec::new();
    for finding in findings {
        let of = (finding.rule, finding.column.as_deref());
        let at = counts.iter().position(|(known, _)| *known == of);
        let at = at.unwrap_or_else(|| {
            counts.push((of, 0));
            counts.len() - 1
        });
        counts[at].1 += 1;
        if counts[at].1 <= TOLD_EACH {
            text.push_str(&finding.text());
        }
    }
    for ((rule, column), count) in counts {
        if let Some(more) = count.checked_sub(TOLD_EACH).filter(|more| *more > 0) {
            let (rule, column) = (rule.code(), column.unwrap_or("-"));
            text.push_str(&format!(
                "    … {rule}, {column}: {more} till / {more} more (--format json, --marked)\n"
            ));
        }
    }
    text
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_in_every_row_is_told_a_few_times_and_counted() {
        let finding = |row, rule| Finding {
            severity: Severity::Error,
            rule,
            sheet: None,
            row: Some(row),
            column: Some("recipient_code".to_owned()),
            key: None,
            message_sv: format!("kod, rad {row}: fel"),
            message_en: format!("kod, row {row}: wrong"),
        };
        let mut findings: Vec<Finding> =
            (2..83).map(|row| finding(row, Rule::UnknownCode)).collect();
        findings.push(finding(90, Rule::MissingValue));
        let text = few_of_each(&findings);
        assert_eq!(text.lines().count(), TOLD_EACH + 2, "{text}");
        assert!(
            text.contains("rad 6: fel") && !text.contains("rad 7: fel"),
            "{text}"
        );
        assert!(text.contains("rad 90: fel"), "{text}");
        assert!(
            text.contains("unknown_code, recipient_code: 76 till / 76 more"),
            "{text}"
        );
    }
}

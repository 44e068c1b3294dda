//! Findings: what the rules say of a file, as data.

use std::collections::BTreeSet;

use entity::{Severity, looks_like_personal_number};

use super::check::kronor;
use super::named::Names;
use super::rule::Rule;

/// What a rule says of a file, a row or a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether it blocks the submission.
    pub severity: Severity,
    /// The rule.
    pub rule: Rule,
    /// Sheet of the workbook.
    pub sheet: Option<String>,
    /// Number of the record, the header is 1; none for the whole file.
    pub row: Option<i64>,
    /// Canonical name of the column; none where the rule concerns several.
    pub column: Option<String>,
    /// Natural key of the row.
    pub key: Option<String>,
    /// What to do, Swedish.
    pub message_sv: String,
    /// What to do, English.
    pub message_en: String,
}

/// A fault in the form of a whole file, before there are rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) rule: Rule,
    pub(super) row: Option<i64>,
    pub(super) column: Option<String>,
    pub(super) detail: (String, String),
    /// What to tell in the place of the rule's own texts, where the cause is known more closely.
    pub(super) told: Option<Box<(String, String)>>,
}

impl Fault {
    pub(super) fn file(rule: Rule) -> Self {
        Self {
            rule,
            row: None,
            column: None,
            detail: Default::default(),
            told: None,
        }
    }

    pub(super) fn row(rule: Rule, row: i64) -> Self {
        Self {
            row: Some(row),
            ..Self::file(rule)
        }
    }

    /// With the same detail in both languages.
    pub(super) fn saying(self, detail: &str) -> Self {
        let detail = (detail.to_owned(), detail.to_owned());
        Self { detail, ..self }
    }

    /// Telling something else than the rule's own texts.
    pub(super) fn telling(self, sv: String, en: String) -> Self {
        Self {
            told: Some(Box::new((sv, en))),
            ..self
        }
    }

    /// About a column, by its canonical name.
    pub(super) fn about(self, column: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            ..self
        }
    }
}

/// The findings of one file, in the order of their rows.
#[derive(Debug, Default)]
pub struct Findings {
    sheet: Option<String>,
    names: Names,
    left_out_error: bool,
    all: Vec<Finding>,
}

/// The texts of a rule, filled with what was found.
fn filled(rule: Rule, detail: (&str, &str)) -> (String, String) {
    let (sv, en) = rule.texts();
    (
        sv.replacen("{}", &quiet(detail.0), 1),
        en.replacen("{}", &quiet(detail.1), 1),
    )
}

/// Characters of a text that are told.
const MOST_TOLD: usize = 2_000;

/// A text as it may be told: a key or a header may hold what somebody wrote, and a personal identity number is not
/// repeated. A long one is told in part: there may be as many findings as rows.
pub(super) fn quiet(text: &str) -> String {
    if looks_like_personal_number(text) {
        return "…".to_owned();
    }
    match text.char_indices().nth(MOST_TOLD) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Findings that one report holds; a file with more is wrong as a whole.
const MOST_FINDINGS: usize = 10_000;

/// Where in the file a row stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Number of the record.
    pub row: i64,
    /// Its natural key, once known.
    pub key: Option<&'a str>,
}

impl Findings {
    /// No findings yet, for a sheet.
    pub(super) fn of_sheet(sheet: Option<String>) -> Self {
        Self {
            sheet,
            ..Self::default()
        }
    }

    /// Says what the sender calls the columns, for whatever is noted from here on.
    pub(super) fn name(&mut self, names: Names) {
        self.names = names;
    }

    /// Notes a fault of the whole file.
    pub(super) fn fault(&mut self, fault: Fault) {
        if self.all.len() >= MOST_FINDINGS {
            self.left_out_error |= fault.rule.severity() == Severity::Error;
            return;
        }
        let (sv, en) = match fault.told {
            Some(told) => *told,
            None => filled(fault.rule, (&fault.detail.0, &fault.detail.1)),
        };
        let [in_sv, in_en] = self.names.place(fault.row, None);
        self.all.push(Finding {
            severity: fault.rule.severity(),
            rule: fault.rule,
            sheet: self.sheet.clone(),
            row: fault.row,
            column: fault.column,
            key: None,
            message_sv: in_sv + &sv,
            message_en: in_en + &en,
        });
    }

    /// Notes a rule that a row breaks, with the same detail in both languages.
    pub(super) fn row(&mut self, place: Place<'_>, rule: Rule, column: Option<&str>, detail: &str) {
        self.detailed(place, rule, rule.severity(), column, (detail, detail));
    }

    /// Notes a rule with a severity, and öre that the message tells.
    pub(super) fn amount(
        &mut self,
        place: Place<'_>,
        rule: Rule,
        severity: Severity,
        column: Option<&str>,
        ore: i128,
    ) {
        let [sv, en] = kronor(ore);
        self.detailed(place, rule, severity, column, (&sv, &en));
    }

    /// Notes a rule that a stored row now breaks because of this one: a warning, whatever the rule's own severity.
    pub(super) fn knock_on(
        &mut self,
        place: Place<'_>,
        rule: Rule,
        column: Option<&str>,
        detail: (&str, &str),
    ) {
        self.detailed(place, rule, Severity::Warning, column, detail);
    }

    /// Notes a rule that a stored row now breaks because the file leaves out what it rests on: a warning on the file.
    pub(super) fn left_out(&mut self, key: &str, rule: Rule, detail: &str) {
        let (message_sv, message_en) = filled(rule, (detail, detail));
        self.all.push(Finding {
            severity: Severity::Warning,
            rule,
            sheet: self.sheet.clone(),
            row: None,
            column: None,
            key: Some(quiet(key)),
            message_sv,
            message_en,
        });
    }

    /// Notes a rule with a severity and details in both languages.
    pub(super) fn detailed(
        &mut self,
        place: Place<'_>,
        rule: Rule,
        severity: Severity,
        column: Option<&str>,
        detail: (&str, &str),
    ) {
        self.telling(place, rule, severity, column, filled(rule, detail));
    }

    /// Notes a rule with a severity and what to tell in the place of its own texts.
    pub(super) fn telling(
        &mut self,
        place: Place<'_>,
        rule: Rule,
        severity: Severity,
        column: Option<&str>,
        (sv, en): (String, String),
    ) {
        if self.all.len() >= MOST_FINDINGS {
            self.left_out_error |= severity == Severity::Error;
            return;
        }
        let [in_sv, in_en] = self.names.place(Some(place.row), column);
        self.all.push(Finding {
            severity,
            rule,
            sheet: self.sheet.clone(),
            row: Some(place.row),
            column: column.map(quiet),
            key: place.key.map(quiet),
            message_sv: in_sv + &sv,
            message_en: in_en + &en,
        });
    }

    /// Notes that a row removes what is not there; of what is another's that is not told.
    pub(crate) fn missing_to_remove(&mut self, row: i64, key: &str, rule: Rule) {
        let is_others = |one: &Finding| one.row == Some(row) && one.rule == Rule::NotYourData;
        if self.all.len() < MOST_FINDINGS && self.all.iter().any(is_others) {
            return;
        }
        self.row(
            Place {
                row,
                key: Some(key),
            },
            rule,
            None,
            key,
        );
    }

    /// Notes that the sender hands in no files of the kind, unless it was said of each of the rows that it is another's.
    pub(crate) fn not_your_kind(&mut self, kind: &str, rows: usize) {
        let others = self.all.iter();
        let others = others.filter(|one| one.rule == Rule::NotYourData);
        let others: BTreeSet<Option<i64>> = others.map(|one| one.row).collect();
        if rows == 0 || others.len() < rows {
            self.fault(Fault::file(Rule::NotYourKind).saying(kind));
        }
    }

    /// Notes that a decision has taken away what stands there: the whole file, or a text of a row.
    pub(crate) fn erased(&mut self, row: Option<i64>, decision: &str) {
        match row {
            Some(row) => self.row(Place { row, key: None }, Rule::Redacted, None, decision),
            None => self.fault(Fault {
                detail: (decision.to_owned(), decision.to_owned()),
                ..Fault::file(Rule::Redacted)
            }),
        }
    }

    /// Whether one of them blocks.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.left_out_error
            || self
                .all
                .iter()
                .any(|finding| finding.severity == Severity::Error)
    }

    /// All of them, by row, in the order found.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Finding> {
        self.all.sort_by_key(|finding| finding.row);
        self.all
    }
}

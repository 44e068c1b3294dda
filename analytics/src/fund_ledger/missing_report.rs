//! Who has not reported: the recipients paid in a round without a usage report, and how late each is on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{FactKind, LedgerFact, LedgerRows};
use crate::Error;
use crate::figure::Absent;
use crate::fund_usage::{Measure, pairs};

/// Whose reports of a round are asked about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MissingQuestion {
    /// The round's code.
    pub round: String,
    /// The day that decides what is due, and how late it is.
    pub on: NaiveDate,
}

/// A recipient that was paid in a round and has not reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingReport {
    /// The recipient's code.
    pub recipient: String,
    /// What it was paid, in öre; above 0.
    pub paid_ore: i64,
    /// The last day for its report, included.
    pub report_by: NaiveDate,
    /// Days after the last day; None up to and including it. A report late is late by 1 day or more.
    pub days_late: Option<i64>,
    /// The rows of its payments.
    pub rows: Vec<i64>,
}

impl MissingReport {
    /// Why there is no report.
    #[must_use]
    pub const fn reason(&self) -> Absent {
        match self.days_late {
            Some(_) => Absent::NotReported,
            None => Absent::NotDue,
        }
    }
}

/// Those of a round whose reports are missing, by code: expected − received of fund usage, one by one.
///
/// # Errors
///
/// [`Error::UnknownRound`] where the round, or that of a fact, is not among the rounds, [`Error::AmountsTooLarge`] where
/// amounts could not be summed in i64.
pub fn missing_reports(
    rows: &LedgerRows,
    question: &MissingQuestion,
) -> Result<Vec<MissingReport>, Error> {
    let Some(round) = rows
        .funds
        .rounds
        .iter()
        .find(|one| one.code == question.round)
    else {
        return Err(Error::UnknownRound(question.round.clone()));
    };
    let late = question
        .on
        .signed_duration_since(round.report_by)
        .num_days();
    let mut payments = payments(rows, &round.code);
    let pairs = pairs(&rows.funds)?;
    let awaited = pairs
        .iter()
        .filter(|pair| pair.round.code == round.code && Measure::Awaited.of(pair) > 0);
    let missing = awaited.map(|pair| MissingReport {
        recipient: pair.recipient.to_owned(),
        paid_ore: Measure::Paid.of(pair),
        report_by: round.report_by,
        days_late: (late > 0).then_some(late),
        rows: payments.remove(pair.recipient).unwrap_or_default(),
    });
    Ok(missing.collect())
}

/// The rows of the round's payments by recipient.
fn payments<'a>(rows: &'a LedgerRows, round: &str) -> BTreeMap<&'a str, Vec<i64>> {
    let mut payments: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    let of_round = |fact: &&LedgerFact| fact.kind == FactKind::Payment && fact.round == round;
    for fact in rows.facts.iter().filter(of_round) {
        let of = payments.entry(fact.recipient.as_str());
        of.or_default().push(fact.row_id);
    }
    payments
}

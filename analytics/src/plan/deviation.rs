//! Deviations: what was reported of them by a day, and what was decided.

use chrono::NaiveDate;

/// A report that tells of a deviation, with the decision on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviationRow {
    /// The stored row of the report.
    pub row_id: i64,
    /// The version of the plan.
    pub version: i64,
    /// The number of the activity's row.
    pub row: i64,
    /// The code of the organisation, as the plan names it.
    pub organisation: String,
    /// The day that the report speaks of.
    pub per_date: NaiveDate,
    /// The stored row of the decision, and its day.
    pub decision: Option<(i64, NaiveDate)>,
}

/// Where a deviation stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviationState {
    /// Nothing is decided by the day.
    Open,
    /// It was decided on or before the day.
    Decided,
}

/// A deviation on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The report, and the decision whenever it was taken.
    pub told: DeviationRow,
    /// Where it stands.
    pub state: DeviationState,
    /// Days from the day that the report speaks of to the decision, else to the day; 0 where it was decided before.
    pub days_open: i64,
}

/// The deviations reported by a day, by the day that the report speaks of, then version, row and organisation.
#[must_use]
pub fn deviations(rows: &[DeviationRow], on: NaiveDate) -> Vec<Deviation> {
    let told = rows.iter().filter(|row| row.per_date <= on);
    let mut found: Vec<Deviation> = told.map(|row| deviation(row, on)).collect();
    found.sort_by(|one, other| place(&one.told).cmp(&place(&other.told)));
    found
}

fn place(row: &DeviationRow) -> (NaiveDate, i64, i64, &str) {
    (row.per_date, row.version, row.row, &row.organisation)
}

fn deviation(row: &DeviationRow, on: NaiveDate) -> Deviation {
    let decided = row.decision.map(|(_, day)| day).filter(|day| *day <= on);
    let until = decided.unwrap_or(on).signed_duration_since(row.per_date);
    Deviation {
        told: row.clone(),
        state: if decided.is_some() {
            DeviationState::Decided
        } else {
            DeviationState::Open
        },
        days_open: until.num_days().max(0),
    }
}

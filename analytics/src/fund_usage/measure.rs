//! The integer columns of the frame: what each measures of one pair (round, recipient).

use polars::frame::DataFrame;

use super::Outcome;
use super::pair::Pair;
use crate::{Error, frame};

/// A column that is summed over pairs: öre, inhabitants, or a count of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    Eligible,
    Requisitioning,
    Allocated,
    Requisitioned,
    Granted,
    Redistributed,
    Paid,
    /// Paid to those that are eligible.
    PaidEligible,
    /// Paid to those with a usage report.
    PaidReported,
    /// Paid where something is left of the payments, so that a usage report is expected.
    PaidExpected,
    /// The same, where the report has come.
    PaidReceived,
    Used,
    Unused,
    Repaid,
    Unreported,
    Unexplained,
    Expected,
    Received,
    OnTime,
    /// Expected, and no report.
    Awaited,
    /// Inhabitants where a report is expected, and where it has come.
    PopulationExpected,
    PopulationReceived,
    /// Expected pairs whose recipient has no known population.
    ExpectedWithoutPopulation,
    /// Applied for.
    Applied,
    /// Applications by what was decided.
    ApplicationsGranted,
    ApplicationsPartlyGranted,
    ApplicationsDeclined,
    ApplicationsWithdrawn,
    ApplicationsUndecided,
    /// Awaited, and not due yet; the frame does not hold it, since it depends on the day asked.
    NotDue,
}

impl Measure {
    /// All measures, in the order of their declaration.
    pub(super) const ALL: [Self; 30] = [
        Self::Eligible,
        Self::Requisitioning,
        Self::Allocated,
        Self::Requisitioned,
        Self::Granted,
        Self::Redistributed,
        Self::Paid,
        Self::PaidEligible,
        Self::PaidReported,
        Self::PaidExpected,
        Self::PaidReceived,
        Self::Used,
        Self::Unused,
        Self::Repaid,
        Self::Unreported,
        Self::Unexplained,
        Self::Expected,
        Self::Received,
        Self::OnTime,
        Self::Awaited,
        Self::PopulationExpected,
        Self::PopulationReceived,
        Self::ExpectedWithoutPopulation,
        Self::Applied,
        Self::ApplicationsGranted,
        Self::ApplicationsPartlyGranted,
        Self::ApplicationsDeclined,
        Self::ApplicationsWithdrawn,
        Self::ApplicationsUndecided,
        Self::NotDue,
    ];

    /// The name of the column.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Requisitioning => "requisitioning",
            Self::Allocated => "allocated",
            Self::Requisitioned => "requisitioned",
            Self::Granted => "granted",
            Self::Redistributed => "redistributed",
            Self::Paid => "paid",
            Self::PaidEligible => "paid_eligible",
            Self::PaidReported => "paid_reported",
            Self::PaidExpected => "paid_expected",
            Self::PaidReceived => "paid_received",
            Self::Used => "used",
            Self::Unused => "unused",
            Self::Repaid => "repaid",
            Self::Unreported => "unreported",
            Self::Unexplained => "unexplained",
            Self::Expected => "expected",
            Self::Received => "received",
            Self::OnTime => "on_time",
            Self::Awaited => "awaited",
            Self::PopulationExpected => "population_expected",
            Self::PopulationReceived => "population_received",
            Self::ExpectedWithoutPopulation => "expected_without_population",
            Self::Applied => "applied",
            Self::ApplicationsGranted => "applications_granted",
            Self::ApplicationsPartlyGranted => "applications_partly_granted",
            Self::ApplicationsDeclined => "applications_declined",
            Self::ApplicationsWithdrawn => "applications_withdrawn",
            Self::ApplicationsUndecided => "applications_undecided",
            Self::NotDue => "not_due",
        }
    }

    /// The measure of one pair, by the definitions of STATISTICS.md.
    pub(crate) fn of(self, pair: &Pair<'_>) -> i64 {
        let reported = pair.report.is_some();
        let expected = pair.paid > 0;
        let received = expected && reported;
        let used = pair.report.as_ref().map_or(0, |report| report.used);
        let unused = pair.report.as_ref().map_or(0, |report| report.unused);
        let population = pair.population.unwrap_or(0);
        match self {
            Self::Eligible => pair.eligible.into(),
            Self::Requisitioning => (pair.eligible && asked_for(pair) > 0).into(),
            Self::Allocated => pair.allocated,
            Self::Requisitioned => pair.requisitioned,
            Self::Granted => pair.granted,
            Self::Redistributed => redistributed(pair),
            Self::Paid => pair.paid,
            Self::PaidEligible => only_if(pair.eligible, pair.paid),
            Self::PaidReported => only_if(reported, pair.paid),
            Self::PaidExpected => only_if(expected, pair.paid),
            Self::PaidReceived => only_if(received, pair.paid),
            Self::Used => used,
            Self::Unused => unused,
            Self::Repaid => pair.repaid,
            Self::Unreported => only_if(!reported, pair.paid),
            Self::Unexplained => only_if(reported, pair.paid - used - unused),
            Self::Expected => expected.into(),
            Self::Received => received.into(),
            Self::OnTime => (received && on_time(pair)).into(),
            Self::Awaited => (expected && !reported).into(),
            Self::PopulationExpected => only_if(expected, population),
            Self::PopulationReceived => only_if(received, population),
            Self::ExpectedWithoutPopulation => (expected && pair.population.is_none()).into(),
            Self::Applied => pair.applied,
            Self::ApplicationsGranted => pair.applications[Outcome::Granted as usize],
            Self::ApplicationsPartlyGranted => pair.applications[Outcome::PartlyGranted as usize],
            Self::ApplicationsDeclined => pair.applications[Outcome::Declined as usize],
            Self::ApplicationsWithdrawn => pair.applications[Outcome::Withdrawn as usize],
            Self::ApplicationsUndecided => pair.applications[Outcome::Undecided as usize],
            Self::NotDue => 0,
        }
    }
}

/// The measures of a group, each summed.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums([i64; Measure::ALL.len()]);

impl Sums {
    pub(super) fn get(&self, measure: Measure) -> i64 {
        self.0[measure as usize]
    }

    /// The sum of a measure that counts pairs.
    pub(super) fn count(&self, measure: Measure) -> u64 {
        frame::count(self.get(measure))
    }

    /// One group per row of an aggregated frame.
    pub(super) fn read(frame: &DataFrame) -> Result<Vec<Self>, Error> {
        let mut groups = vec![Self::default(); frame.height()];
        for measure in Measure::ALL {
            for (sums, sum) in groups
                .iter_mut()
                .zip(frame::read_sums(frame, measure.name())?)
            {
                sums.0[measure as usize] = sum;
            }
        }
        Ok(groups)
    }
}

fn only_if(condition: bool, amount: i64) -> i64 {
    if condition { amount } else { 0 }
}

/// What the recipient asked for and may have: by application what was granted.
fn asked_for(pair: &Pair<'_>) -> i64 {
    if pair.round.by_application {
        pair.granted
    } else {
        pair.requisitioned
    }
}

/// Paid above the requisition: money that others did not requisition. Without requisitions there
/// is nothing to pass on.
fn redistributed(pair: &Pair<'_>) -> i64 {
    if pair.round.by_application || !pair.round.kind.requests_money() {
        return 0;
    }
    (pair.paid - pair.requisitioned).max(0)
}

/// A deadline includes its day.
fn on_time(pair: &Pair<'_>) -> bool {
    let report = pair.report.as_ref();
    report.is_some_and(|report| report.reported_on <= pair.round.report_by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_where_its_number_says() {
        for (index, measure) in Measure::ALL.into_iter().enumerate() {
            assert_eq!(measure as usize, index, "{}", measure.name());
        }
    }
}

//! The answer to a fund question: one line per group, and the total.

use rust_decimal::Decimal;

use super::group::{Group, Member};
use super::measure::Measure;
use super::{FundDimension, FundFrame, FundKey, FundQuestion};
use crate::Error;
use crate::figure::{Distribution, Fraction, Rate, kronor};
use crate::key::distinct;

/// Fund figures by group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundUsage {
    /// The dimensions, without repetitions.
    pub grouped_by: Vec<FundDimension>,
    /// One line per group, sorted by the keys in the order of the dimensions.
    pub lines: Vec<FundLine>,
    /// Everything that passes the filter, with an empty key.
    pub total: FundLine,
    /// Recipients with rows that were divided since, and stand under their former codes; sorted.
    pub divided: Vec<String>,
}

/// The figures of one group. Amounts are kronor with two decimals; each is 0.00, never missing,
/// where no rows are behind it. Always
/// paid = used + repaid + outstanding + unreported + unexplained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundLine {
    /// Which group.
    pub key: FundKey,
    /// Pairs of round and recipient that could have requisitioned; None over several years, where
    /// it has no agreed meaning.
    pub eligible_count: Option<u64>,
    /// Those of them that did.
    pub requisitioning_count: u64,
    /// requisitioning / eligible.
    pub participation_rate: Rate,
    /// Σ allocations.
    pub allocated: Decimal,
    /// Σ requisitions.
    pub requisitioned: Decimal,
    /// Σ granted, wholly or in part.
    pub granted: Decimal,
    /// Applications by what was decided.
    pub applications: Applications,
    /// Σ max(paid − requisitioned, 0).
    pub redistributed: Decimal,
    /// Σ payments.
    pub paid: Decimal,
    /// Σ used over all use areas.
    pub used: Decimal,
    /// Σ unused in usage reports.
    pub reported_unused: Decimal,
    /// Σ repayments.
    pub repaid: Decimal,
    /// `reported_unused` − repaid: still to be paid back.
    pub outstanding: Decimal,
    /// Σ paid where there is no usage report.
    pub unreported: Decimal,
    /// Σ paid − used − unused where there is one.
    pub unexplained: Decimal,
    /// used / Σ paid of those that have reported.
    pub usage_rate: Rate,
    /// The usage rate if the missing ones had used nothing.
    pub usage_rate_lowest: Rate,
    /// The usage rate if the missing ones had used everything.
    pub usage_rate_highest: Rate,
    /// Unweighted over recipients that have reported, one rate each over the chosen rounds.
    pub usage_rate_distribution: Distribution,
    /// Every use area in display order, zero included.
    pub use_areas: Vec<UseArea>,
    /// paid / Σ population of the recipients paid, in kronor; within one year and one kind.
    pub paid_per_inhabitant: Rate,
    /// Who has reported.
    pub reporting: Reporting,
}

/// What was used for one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseArea {
    /// The code of the use area.
    pub area: String,
    /// Used, in kronor.
    pub amount: Decimal,
    /// amount / used.
    pub share: Rate,
}

/// Applications by what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applications {
    /// Received, whatever was decided.
    pub received: u64,
    /// Granted.
    pub granted: u64,
    /// Partly granted.
    pub partly_granted: u64,
    /// Declined.
    pub declined: u64,
    /// Withdrawn.
    pub withdrawn: u64,
    /// Not decided yet.
    pub undecided: u64,
    /// Σ applied for, in kronor.
    pub applied: Decimal,
}

/// Who has reported, of those that should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporting {
    /// Pairs of round and recipient that were paid something.
    pub expected: u64,
    /// Those of them with a usage report.
    pub received: u64,
    /// Those of them whose report came by the last day.
    pub on_time: u64,
    /// received / expected.
    pub rate: Rate,
    /// The same by paid amount.
    pub rate_by_amount: Rate,
    /// The same by population, a recipient's people once a round; within one kind.
    pub rate_by_population: Rate,
}

impl FundFrame {
    /// Answers a question about fund usage.
    ///
    /// # Errors
    ///
    /// [`Error::Frame`] where the engine fails.
    pub fn usage(&self, question: &FundQuestion) -> Result<FundUsage, Error> {
        let grouped_by = distinct(&question.group_by);
        let groups = self.groups(&grouped_by, &question.filter, question.today)?;
        let lines = groups
            .iter()
            .map(|(key, group)| self.line(FundKey::new(&grouped_by, key), group))
            .collect::<Result<_, _>>()?;
        let everything = self.everything(&question.filter, question.today)?;
        Ok(FundUsage {
            grouped_by,
            lines,
            total: self.line(FundKey::default(), &everything)?,
            divided: self.divided().to_vec(),
        })
    }

    fn line(&self, key: FundKey, group: &Group) -> Result<FundLine, Error> {
        let sums = &group.sums;
        let amount = |measure| kronor(sums.get(measure));
        Ok(FundLine {
            key,
            eligible_count: (!group.several_years).then(|| sums.count(Measure::Eligible)),
            requisitioning_count: sums.count(Measure::Requisitioning),
            participation_rate: group.participation_rate(),
            allocated: amount(Measure::Allocated),
            requisitioned: amount(Measure::Requisitioned),
            granted: amount(Measure::Granted),
            applications: group.applications(),
            redistributed: amount(Measure::Redistributed),
            paid: amount(Measure::Paid),
            used: amount(Measure::Used),
            reported_unused: amount(Measure::Unused),
            repaid: amount(Measure::Repaid),
            outstanding: kronor(sums.get(Measure::Unused) - sums.get(Measure::Repaid)),
            unreported: amount(Measure::Unreported),
            unexplained: amount(Measure::Unexplained),
            usage_rate: group.usage_rate(),
            usage_rate_lowest: group.usage_rate_lowest(),
            usage_rate_highest: group.usage_rate_highest(),
            usage_rate_distribution: group.usage_rate_distribution()?,
            use_areas: self.use_areas_of(group),
            paid_per_inhabitant: group.paid_per_inhabitant(),
            reporting: group.reporting(),
        })
    }

    fn use_areas_of(&self, group: &Group) -> Vec<UseArea> {
        let areas = self.use_areas().iter().map(|area| {
            let used = group.used_by_area.get(area).copied().unwrap_or(0);
            UseArea {
                area: area.clone(),
                amount: kronor(used),
                share: group.share_of_use(used),
            }
        });
        areas.collect()
    }
}

impl Group {
    /// One usage rate per recipient over the group's rounds, unweighted.
    pub(super) fn usage_rate_distribution(&self) -> Result<Distribution, Error> {
        let rates: Vec<Fraction> = self.members.iter().filter_map(Member::usage_rate).collect();
        let expected = self.members.iter().filter(|member| member.is_expected());
        Distribution::of(&rates, expected.count() as u64)
    }

    fn applications(&self) -> Applications {
        let count = |measure| self.sums.count(measure);
        let [granted, partly_granted, declined, withdrawn, undecided] = [
            count(Measure::ApplicationsGranted),
            count(Measure::ApplicationsPartlyGranted),
            count(Measure::ApplicationsDeclined),
            count(Measure::ApplicationsWithdrawn),
            count(Measure::ApplicationsUndecided),
        ];
        Applications {
            received: granted + partly_granted + declined + withdrawn + undecided,
            granted,
            partly_granted,
            declined,
            withdrawn,
            undecided,
            applied: kronor(self.sums.get(Measure::Applied)),
        }
    }

    fn reporting(&self) -> Reporting {
        Reporting {
            expected: self.sums.count(Measure::Expected),
            received: self.sums.count(Measure::Received),
            on_time: self.sums.count(Measure::OnTime),
            rate: self.reporting_rate(),
            rate_by_amount: self.reporting_rate_by_amount(),
            rate_by_population: self.reporting_rate_by_population(),
        }
    }
}

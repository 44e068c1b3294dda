//! How even a figure is over recipients, and how far apart groups are.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::group::Group;
use super::measure::Measure;
use super::{FundDimension, FundFilter, FundFrame, FundKey};
use crate::Error;
use crate::figure::{Absent, Distribution, Fraction, Inequality, Rate, rounded};
use crate::key::distinct;

/// The figure of single recipients whose evenness is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EqualityMeasure {
    /// used / paid, of recipients that have reported.
    UsageRate,
    /// Kronor per inhabitant, of recipients paid.
    PaidPerInhabitant,
    /// Kronor per inhabitant, of all eligible recipients, 0 for the unpaid.
    PaidPerInhabitantAllEligible,
}

/// A question about equality over the country.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EqualityQuestion {
    /// The figure.
    pub measure: EqualityMeasure,
    /// What is counted: the caller sets year and kind. Kronor per inhabitant over several years or
    /// kinds are not applicable.
    pub filter: FundFilter,
    /// The dimensions of the groups that the gap is between.
    pub group_by: Vec<FundDimension>,
    /// The day that decides whether a report missing behind a group's usage rate is due.
    pub today: NaiveDate,
}

/// How even a figure is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equality {
    /// The single recipients' values.
    pub distribution: Distribution,
    /// Their inequality.
    pub inequality: Inequality,
    /// The groups furthest apart.
    pub gap: Option<Gap>,
    /// Why there is no gap; set if and only if it is None.
    pub gap_absent: Option<Absent>,
    /// Every group, sorted by key, those without a value too. Without dimensions there are none.
    pub groups: Vec<EqualityGroup>,
    /// How many groups have no value, and so no part in the gap.
    pub groups_without_value: u64,
    /// Recipients with rows that were divided since, and stand under their former codes; sorted.
    pub divided: Vec<String>,
}

/// The distance between the highest group and the lowest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// highest − lowest, 12 decimals.
    pub difference: Decimal,
    /// The last by key of those with the highest value.
    pub highest: EqualityGroup,
    /// The first by key of those with the lowest value.
    pub lowest: EqualityGroup,
}

/// A group and its own weighted figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EqualityGroup {
    /// Which group.
    pub key: FundKey,
    /// Σ numerator / Σ denominator over the group.
    pub rate: Rate,
}

impl FundFrame {
    /// Answers a question about equality.
    ///
    /// # Errors
    ///
    /// [`Error::AmountsTooLarge`] where values are too large to be summed with 26 digits,
    /// [`Error::Frame`] where the engine fails.
    pub fn equality(&self, question: &EqualityQuestion) -> Result<Equality, Error> {
        let everything = self.everything(&question.filter, question.today)?;
        let grouped_by = distinct(&question.group_by);
        let groups = if grouped_by.is_empty() {
            Vec::new()
        } else {
            self.groups(&grouped_by, &question.filter, question.today)?
                .into_iter()
                .collect()
        };
        let applicable = question.measure.is_applicable(&everything);
        let groups: Vec<EqualityGroup> = groups
            .iter()
            .map(|(key, group)| EqualityGroup {
                key: FundKey::new(&grouped_by, key),
                rate: question.measure.rate(group, applicable),
            })
            .collect();
        let gap = gap(&groups);
        let gap_absent = if gap.is_some() {
            None
        } else if applicable && !grouped_by.is_empty() {
            Some(Absent::NothingToDivide)
        } else {
            Some(Absent::NotApplicable)
        };
        let (distribution, inequality) = question.measure.spread(&everything, applicable)?;
        let without_value = groups.iter().filter(|group| group.rate.value.is_none());
        Ok(Equality {
            distribution,
            inequality,
            gap,
            gap_absent,
            groups_without_value: without_value.count() as u64,
            groups,
            divided: self.divided().to_vec(),
        })
    }
}

impl EqualityMeasure {
    fn is_applicable(self, everything: &Group) -> bool {
        match self {
            Self::UsageRate => true,
            Self::PaidPerInhabitant | Self::PaidPerInhabitantAllEligible => {
                !everything.has_no_inhabitants()
            }
        }
    }

    fn rate(self, group: &Group, applicable: bool) -> Rate {
        let rate = match self {
            Self::UsageRate => group.usage_rate(),
            Self::PaidPerInhabitant => group.paid_per_inhabitant(),
            Self::PaidPerInhabitantAllEligible => group.paid_per_inhabitant_of_eligible(),
        };
        if applicable {
            rate
        } else {
            Rate::absent(Absent::NotApplicable, rate.of)
        }
    }

    fn spread(self, group: &Group, applicable: bool) -> Result<(Distribution, Inequality), Error> {
        let mut values: Vec<Fraction> = Vec::new();
        let mut of = 0;
        for member in &group.members {
            let (asked, value) = match self {
                Self::UsageRate => (member.is_expected(), member.usage_rate()),
                Self::PaidPerInhabitant => (
                    member.is_paid(),
                    member.kronor_per_inhabitant(Measure::Paid)?,
                ),
                Self::PaidPerInhabitantAllEligible => {
                    let value = member.kronor_per_inhabitant(Measure::PaidEligible)?;
                    (member.is_eligible(), value)
                }
            };
            if asked {
                of += 1;
                values.extend(value);
            }
        }
        if !applicable {
            let reason = Absent::NotApplicable;
            return Ok((Distribution::absent(reason, of), Inequality::absent(reason)));
        }
        Ok((Distribution::of(&values, of)?, Inequality::of(&values)?))
    }
}

/// The groups furthest apart.
pub(crate) fn gap(groups: &[EqualityGroup]) -> Option<Gap> {
    let mut valued = groups
        .iter()
        .filter_map(|group| Some((group.rate.exact()?, group)));
    let first = valued.next()?;
    let (mut highest, mut lowest) = (first, first);
    for group in valued {
        // Of equals the last by key is highest and the first by key lowest, as if value and key were compared together.
        if group.0 >= highest.0 {
            highest = group;
        }
        if group.0 < lowest.0 {
            lowest = group;
        }
    }
    Some(Gap {
        difference: rounded(highest.0.to_decimal() - lowest.0.to_decimal()),
        highest: highest.1.clone(),
        lowest: lowest.1.clone(),
    })
}

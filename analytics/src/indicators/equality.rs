//! How even an indicator is over recipients in a year, and how far apart groups are.

use chrono::NaiveDate;

use crate::Error;
use crate::figure::{Absent, Distribution, Inequality, RecipientKind};
use crate::fund_usage::{Equality, EqualityGroup, FundDimension, FundKey, gap};
use crate::key::distinct;
use crate::register::Register;

use super::answer::Asking;
use super::series::{Member, groups};
use super::{IndicatorDimension, IndicatorSeries};

/// A question about how even an indicator is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IndicatorEqualityQuestion {
    /// The year; None: no single year, which is not applicable.
    pub year: Option<i32>,
    /// The kind of recipients: those valid on 31 December of the year.
    pub kind: RecipientKind,
    /// The dimensions of the groups that the gap is between; repetitions are ignored.
    pub group_by: Vec<IndicatorDimension>,
    /// The day that decides whether a missing value is due.
    pub today: NaiveDate,
}

/// How even an indicator is, with the stored rows behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorEquality {
    /// The figures: the distribution in the indicator's unit, groups by Σ numerator / Σ denominator.
    pub equality: Equality,
    /// The stored rows behind each group.
    pub group_rows: Vec<Vec<i64>>,
    /// The stored rows behind the whole.
    pub rows: Vec<i64>,
}

impl IndicatorSeries {
    /// Answers a question about how even the indicator is.
    ///
    /// # Errors
    ///
    /// [`Error::AmountsTooLarge`] where values are too large to be summed exactly.
    pub fn equality(
        &self,
        question: &IndicatorEqualityQuestion,
    ) -> Result<IndicatorEquality, Error> {
        let Some(year) = question.year else {
            return Ok(not_applicable());
        };
        let register = self.register();
        let asking = Asking::new(self, &register, question.kind, question.today);
        let all: Vec<Member<'_>> = everybody(&register, year, question.kind);
        let all = self.answers(&asking, &all, year);
        let dimensions = distinct(&question.group_by);
        let fund_dimensions: Vec<FundDimension> =
            dimensions.iter().map(|one| one.of_funds()).collect();
        let mut found = Vec::new();
        let mut group_rows = Vec::new();
        if !dimensions.is_empty() {
            for (key, members) in groups(&register, year, question.kind, &dimensions) {
                let answers = self.answers(&asking, &members, year);
                found.push(EqualityGroup {
                    key: FundKey::new(&fund_dimensions, &key),
                    rate: answers.weighted()?,
                });
                group_rows.push(answers.rows);
            }
        }
        let gap = gap(&found);
        let gap_absent = match (&gap, dimensions.is_empty()) {
            (Some(_), _) => None,
            (None, true) => Some(Absent::NotApplicable),
            (None, false) => Some(Absent::NothingToDivide),
        };
        let values = all.values()?;
        let without_value = found.iter().filter(|group| group.rate.value.is_none());
        let equality = Equality {
            distribution: Distribution::of(&values, all.of())?,
            inequality: Inequality::of(&values)?,
            gap,
            gap_absent,
            groups_without_value: without_value.count() as u64,
            groups: found,
            divided: Vec::new(),
        };
        Ok(IndicatorEquality {
            equality,
            group_rows,
            rows: all.rows,
        })
    }
}

fn everybody<'a>(register: &Register<'a>, year: i32, kind: RecipientKind) -> Vec<Member<'a>> {
    groups(register, year, kind, &[])
        .into_values()
        .flatten()
        .collect()
}

/// Nothing: over several years a recipient has no one value.
fn not_applicable() -> IndicatorEquality {
    let reason = Absent::NotApplicable;
    IndicatorEquality {
        equality: Equality {
            distribution: Distribution::absent(reason, 0),
            inequality: Inequality::absent(reason),
            gap: None,
            gap_absent: Some(reason),
            groups: Vec::new(),
            groups_without_value: 0,
            divided: Vec::new(),
        },
        group_rows: Vec::new(),
        rows: Vec::new(),
    }
}

impl IndicatorDimension {
    const fn of_funds(self) -> FundDimension {
        match self {
            Self::County => FundDimension::County,
            Self::PopulationGroup => FundDimension::PopulationGroup,
        }
    }
}

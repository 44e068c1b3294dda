//! The value of a group in a year: weighted and unweighted, with who is missing and why.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::Error;
use crate::figure::{Absent, Distribution, Fraction, Rate, RecipientKind};
use crate::key::distinct;

use super::answer::Asking;
use super::exact::Exact;
use super::line::{Reasons, terms, weighted};
use super::series::{Member, groups};
use super::{IndicatorDimension, IndicatorKey, IndicatorSeries, Measured, Unit};

/// A question about the values of groups.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GroupValueQuestion {
    /// The years; None: those of which anything was sent of recipients of the kind.
    pub years: Option<Vec<i32>>,
    /// The kind of recipients: those valid on 31 December of each year.
    pub kind: RecipientKind,
    /// The dimensions of a line within a year, in the order of sorting; repetitions are ignored.
    pub group_by: Vec<IndicatorDimension>,
    /// The day that decides whether a missing value is due.
    pub today: NaiveDate,
}

/// The value of a group in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupValue {
    /// Which group.
    pub key: IndicatorKey,
    /// The year.
    pub year: i32,
    /// The version of the definition that holds in the year; None where none does.
    pub definition_version: Option<i64>,
    /// Σ numerator / Σ denominator over the members that answered.
    pub weighted: Rate,
    /// The same in the indicator's unit: times 100 for percent, and so on.
    pub weighted_value: Option<Decimal>,
    /// The members' values as they were sent, in the indicator's unit, unweighted.
    pub distribution: Distribution,
    /// Σ of the values, where the unit is a count.
    pub sum: Option<Decimal>,
    /// Who answered of whom, and why the others did not; the value is answered / members.
    pub answered: Rate,
    /// The stored rows of its members.
    pub rows: Vec<i64>,
}

/// What the members of a group answered in a year.
pub(super) struct Answers<'a> {
    pub(super) unit: Unit,
    known: Vec<(&'a Measured, Decimal)>,
    reasons: Reasons,
    pub(super) rows: Vec<i64>,
}

impl IndicatorSeries {
    /// Answers a question about the values of groups: by year, and within it by key.
    ///
    /// # Errors
    ///
    /// [`Error::AmountsTooLarge`] where values are too large to be summed exactly.
    pub fn group_values(&self, question: &GroupValueQuestion) -> Result<Vec<GroupValue>, Error> {
        let register = self.register();
        let asking = Asking::new(self, &register, question.kind, question.today);
        let dimensions = distinct(&question.group_by);
        let years = question.years.clone();
        let years = years.unwrap_or_else(|| self.years(question.kind).into_iter().collect());
        let mut lines = Vec::new();
        for year in years {
            for (key, members) in groups(&register, year, question.kind, &dimensions) {
                let key = IndicatorKey::new(&dimensions, &key);
                let answers = self.answers(&asking, &members, year);
                lines.push(self.group_value(key, year, answers)?);
            }
        }
        Ok(lines)
    }

    /// What some members answered in a year.
    pub(super) fn answers<'a>(
        &self,
        asking: &Asking<'a>,
        members: &[Member<'a>],
        year: i32,
    ) -> Answers<'a> {
        let definition = self.definition(year).map(|one| one.unit);
        let mut answers = Answers {
            unit: definition.or(self.unit()).unwrap_or(Unit::Index),
            known: Vec::new(),
            reasons: Reasons::default(),
            rows: Vec::new(),
        };
        for member in members {
            let answer = asking.of(member.code, year);
            answers.rows.extend(answer.row.map(|row| row.row_id));
            match answer.known() {
                Ok(known) => answers.known.push(known),
                Err(reason) => answers.reasons.add(reason),
            }
        }
        answers
    }

    fn group_value(
        &self,
        key: IndicatorKey,
        year: i32,
        answers: Answers<'_>,
    ) -> Result<GroupValue, Error> {
        let weighted = answers.weighted()?;
        let n = answers.known.len() as u64;
        let reach = answers.reasons.reach(n);
        let values = Exact::of(answers.known.iter().map(|known| known.1))?;
        let sum = match answers.unit {
            Unit::Count if n > 0 => Some(values.sum()?),
            _ => None,
        };
        let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        Ok(GroupValue {
            key,
            year,
            definition_version: self.definition(year).map(|one| one.version),
            weighted_value: weighted.times(answers.unit.factor())?,
            weighted,
            distribution: Distribution::of(&answers.values()?, reach.of)?,
            sum,
            answered: Rate::of_counts(signed(n), signed(reach.of), reach),
            rows: answers.rows,
        })
    }
}

impl Answers<'_> {
    /// Σ numerator / Σ denominator.
    pub(super) fn weighted(&self) -> Result<Rate, Error> {
        let known = self.known.iter();
        let terms: Vec<_> = known.map(|(row, _)| terms(self.unit, row)).collect();
        weighted(&terms, &self.reasons)
    }

    /// The values as they were sent, exactly.
    pub(super) fn values(&self) -> Result<Vec<Fraction>, Error> {
        let known = self.known.iter();
        known
            .map(|(_, value)| Fraction::of_decimal(*value).ok_or(Error::AmountsTooLarge))
            .collect()
    }

    /// How many were asked.
    pub(super) fn of(&self) -> u64 {
        self.reasons.reach(self.known.len() as u64).of
    }
}

impl GroupValue {
    /// Why there is no unweighted value; None where there is one.
    #[must_use]
    pub const fn absent(&self) -> Option<Absent> {
        self.distribution.absent
    }
}

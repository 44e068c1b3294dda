//! The change between two years of recipients by what they received: the same figures and tests for each group, and the
//! differences between groups.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::Error;
use crate::figure::Rate;

use super::answer::Asking;
use super::exact::Exact;
use super::permutation::{Chance, PermutationTest};
use super::series::{Break, Member, groups};
use super::shift::{Paired, ShiftLine};
use super::sign_test::SignTest;
use super::{IndicatorKey, IndicatorSeries, ShiftQuestion};

/// A question about the change of recipients by what they received.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ComparisonQuestion {
    /// The years, the kind and the day; its dimensions are not asked about.
    pub shift: ShiftQuestion,
    /// The groups by code, each with its recipients; a recipient in several counts in the first.
    pub groups: Vec<(String, BTreeSet<String>)>,
    /// The code of the group of members that are in none of them.
    pub rest: String,
    /// Recipients that are in no group, in no rest and not among everybody.
    pub left_out: BTreeSet<String>,
    /// How chance is drawn.
    pub chance: Chance,
}

/// The change of recipients by what they received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Of everybody.
    pub all: GroupChange,
    /// Of each group, in the order asked, then of the rest; groups without members too.
    pub groups: Vec<GroupChange>,
    /// Between each two groups, an earlier less a later one.
    pub differences: Vec<GroupDifference>,
    /// Definitions in between that do not compare: with any there are no figures.
    pub breaks: Vec<Break>,
}

/// The change of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupChange {
    /// The group's code; empty for everybody.
    pub code: String,
    /// The figures of the change.
    pub line: ShiftLine,
    /// The sign test; None where there are no pairs.
    pub sign_test: Option<SignTest>,
    /// The permutation test on the median change; None where there are no pairs.
    pub permutation_test: Option<PermutationTest>,
}

/// The difference between two groups' changes: of the one less of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupDifference {
    /// The one.
    pub group: String,
    /// The other.
    pub other: String,
    /// Pairs of the one.
    pub n: u64,
    /// Pairs of the other.
    pub other_n: u64,
    /// Between the mean changes; None where one of them has no pairs.
    pub mean: Option<Decimal>,
    /// Between the median changes.
    pub median: Option<Decimal>,
    /// The permutation test on the difference between the medians.
    pub permutation_test: Option<PermutationTest>,
}

impl IndicatorSeries {
    /// Answers a question about the change of recipients by what they received.
    ///
    /// # Errors
    ///
    /// [`Error::AmountsTooLarge`] where values are too large to be summed exactly.
    pub fn comparison(&self, question: &ComparisonQuestion) -> Result<Comparison, Error> {
        let shift = &question.shift;
        let register = self.register();
        let asking = Asking::new(self, &register, shift.kind, shift.today);
        let breaks = self.breaks(shift.from, shift.to);
        let everybody = groups(&register, shift.to, shift.kind, &[]);
        let everybody: Vec<Member<'_>> = everybody
            .into_values()
            .flatten()
            .filter(|member| !question.left_out.contains(member.code))
            .collect();
        let change = |code: &str, members: &[Member<'_>]| {
            let paired = Paired::of(&asking, members, shift);
            if !breaks.is_empty() {
                let of = members.len() as u64;
                let line = ShiftLine::not_comparable(IndicatorKey::default(), of, paired.rows);
                return Ok((GroupChange::untested(code, line), Exact::default()));
            }
            let changes = paired.changes()?;
            let line = self.line(IndicatorKey::default(), &paired, shift.to)?;
            let tested = GroupChange {
                sign_test: (line.pair_count > 0).then(|| SignTest::of(&changes)),
                permutation_test: PermutationTest::of_changes(&changes, question.chance)?,
                ..GroupChange::untested(code, line)
            };
            Ok::<_, Error>((tested, changes))
        };
        let (all, _) = change("", &everybody)?;
        let mut found: Vec<(GroupChange, Exact)> = Vec::new();
        for (code, members) in question.members(&everybody) {
            found.push(change(code, &members)?);
        }
        let mut differences = Vec::new();
        if breaks.is_empty() {
            for (place, one) in found.iter().enumerate() {
                for other in &found[place + 1..] {
                    differences.push(GroupDifference::of(one, other, question.chance)?);
                }
            }
        }
        Ok(Comparison {
            all,
            groups: found.into_iter().map(|(group, _)| group).collect(),
            differences,
            breaks,
        })
    }
}

impl ComparisonQuestion {
    /// The members of each group, in order; the rest last.
    fn members<'a>(&self, everybody: &[Member<'a>]) -> Vec<(&str, Vec<Member<'a>>)> {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, (_, recipients)) in self.groups.iter().enumerate() {
            for recipient in recipients {
                places.entry(recipient).or_insert(place);
            }
        }
        let codes = self.groups.iter().map(|(code, _)| code.as_str());
        let mut found: Vec<(&str, Vec<Member<'a>>)> = codes
            .chain([self.rest.as_str()])
            .map(|code| (code, Vec::new()))
            .collect();
        for member in everybody {
            let place = places.get(member.code).copied();
            found[place.unwrap_or(self.groups.len())]
                .1
                .push(member.clone());
        }
        found
    }
}

impl GroupChange {
    fn untested(code: &str, line: ShiftLine) -> Self {
        Self {
            code: code.to_owned(),
            line,
            sign_test: None,
            permutation_test: None,
        }
    }
}

impl GroupDifference {
    fn of(
        (one, own): &(GroupChange, Exact),
        (other, others): &(GroupChange, Exact),
        chance: Chance,
    ) -> Result<Self, Error> {
        let (own, others) = Exact::same_scale(own, others)?;
        let found = own.less(&others)?;
        Ok(Self {
            group: one.code.clone(),
            other: other.code.clone(),
            n: one.line.pair_count,
            other_n: other.line.pair_count,
            mean: found.map(|(mean, _)| mean),
            median: found.map(|(_, median)| median),
            permutation_test: PermutationTest::of_groups(&own.units, &others.units, chance)?,
        })
    }
}

/// Recipients in four parts by a rate, from the lowest: those with equal rates are in the same part. What has no value is
/// in none.
#[must_use]
pub fn quartiles(rates: &[(String, Rate)]) -> [BTreeSet<String>; 4] {
    let with_value = rates
        .iter()
        .filter_map(|(code, rate)| Some((rate.exact()?, code)));
    let mut sorted: Vec<_> = with_value.collect();
    sorted.sort();
    let mut parts: [BTreeSet<String>; 4] = Default::default();
    let mut lower = 0;
    for (place, (value, code)) in sorted.iter().enumerate() {
        if place > 0 && sorted[place - 1].0 < *value {
            lower = place;
        }
        parts[4 * lower / sorted.len()].insert((*code).clone());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Reach;

    #[test]
    fn equal_rates_are_in_the_same_quartile() {
        let of = |values: &[i64]| {
            let rate = |(place, value): (usize, &i64)| {
                let rate = Rate::of_counts(*value, 7, Reach::default());
                (format!("{place}"), rate)
            };
            let rates: Vec<_> = values.iter().enumerate().map(rate).collect();
            quartiles(&rates).map(|part| part.len())
        };
        assert_eq!(of(&[8, 7, 6, 5, 4, 3, 2, 1]), [2, 2, 2, 2]);
        assert_eq!(of(&[1, 1, 1, 1, 1, 2, 3, 4]), [5, 0, 1, 2]);
        assert_eq!(of(&[1, 2, 3]), [1, 1, 1, 0]);
        assert_eq!(of(&[]), [0, 0, 0, 0]);
    }
}

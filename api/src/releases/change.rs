//! What differs between the figures of two datasets of one report, and by how much each cause: late reports, corrections,
//! new population, changed rules, another day; in that order, each step computed anew, so that the parts sum to the whole.

use std::collections::BTreeMap;

use entity::{DeliverableKind, RegistryNumber};
use rust_decimal::Decimal;

use super::{Error, SealedFigure, SealedFigures};
use crate::reports::Reports;
use crate::store::{Dataset, Step};

/// Two states of a report, of one store.
pub struct Compared<'a> {
    /// The reports of the store that holds both.
    pub reports: &'a Reports,
    /// The earlier state.
    pub from: Dataset,
    /// The figures of the earlier state as they were sealed, where they were.
    pub sealed_from: Option<&'a SealedFigures>,
    /// The later state.
    pub to: Dataset,
    /// The figures of the later state as they were sealed, where they were.
    pub sealed_to: Option<&'a SealedFigures>,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// What the report is, and its last day.
    pub asked: (DeliverableKind, Option<chrono::NaiveDate>),
}

/// A figure of both states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its code.
    pub code: String,
    /// Swedish title.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// Its earlier value, or why there is none.
    pub from: Result<Decimal, String>,
    /// Its later value, or why there is none.
    pub to: Result<Decimal, String>,
    /// The later value less the earlier one, where there are both.
    pub difference: Option<Decimal>,
    /// The difference by cause; none where there is no difference to divide.
    pub parts: Option<Parts>,
    /// Whether the two say the same thing.
    pub comparability: Comparability,
}

/// A difference by cause. The parts sum to it exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// By facts of keys that nothing was known of.
    pub late_reports: Decimal,
    /// By facts that were corrected, removed or withdrawn.
    pub corrections: Decimal,
    /// By recipients, counties and populations.
    pub new_population: Decimal,
    /// By decisions, definitions, code lists, and by how the program computes.
    pub changed_rules: Decimal,
    /// By nothing but that another day is today: what has fallen due.
    pub passage_of_time: Decimal,
}

/// Whether two values of a figure say the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparability {
    /// The same definition and unit in both.
    Comparable,
    /// The unit is another.
    AnotherUnit,
    /// One of them has no value.
    NoValue,
    /// There is no such figure in the earlier one.
    OnlyLater,
    /// There is no such figure in the later one.
    OnlyEarlier,
}

impl Parts {
    /// The whole.
    #[must_use]
    pub fn sum(&self) -> Decimal {
        self.late_reports
            + self.corrections
            + self.new_population
            + self.changed_rules
            + self.passage_of_time
    }
}

/// The figures of one step, by code.
type Values = BTreeMap<String, SealedFigure>;

impl Compared<'_> {
    /// Every figure of either state, in the order of the later report; those of the earlier alone follow.
    ///
    /// # Errors
    /// The decisions ask for no such report, or the computation fails.
    pub async fn changes(&self) -> Result<Vec<Change>, Error> {
        let from = self.from.version;
        let mut steps = Vec::new();
        if let Some(sealed) = self.sealed_from {
            steps.push((Cause::Rules, values(sealed)));
        }
        for (cause, step) in [
            (Cause::Rules, Some(Step::Nothing)),
            (Cause::Late, Some(Step::Late)),
            (Cause::Corrections, Some(Step::Corrected)),
            (Cause::Population, Some(Step::Populated)),
            (Cause::Rules, None),
        ] {
            let mixed = step.map_or_else(|| self.to.clone(), |step| self.to.mixed(from, step));
            let mixed = mixed.on_day(Some(self.from.today));
            steps.push((cause, self.figures(&mixed).await?));
        }
        steps.push((Cause::Time, self.figures(&self.to).await?));
        if let Some(sealed) = self.sealed_to {
            steps.push((Cause::Rules, values(sealed)));
        }
        Ok(changes(&steps))
    }

    async fn figures(&self, dataset: &Dataset) -> Result<Values, Error> {
        let report = self.reports.report(dataset, &self.assignment, self.asked);
        let report = report.await?;
        let report = report.ok_or_else(|| Error::NoReport(self.assignment.clone()))?;
        Ok(values(&SealedFigures::of(&report)))
    }
}

/// What a step adds to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Late,
    Corrections,
    Population,
    Rules,
    Time,
}

/// A figure that stands in a report more than once has one value.
fn values(figures: &SealedFigures) -> Values {
    let each = figures.figures.iter();
    each.map(|one| (one.code.clone(), one.clone())).collect()
}

fn changes(steps: &[(Cause, Values)]) -> Vec<Change> {
    let (Some((_, first)), Some((_, last))) = (steps.first(), steps.last()) else {
        return Vec::new();
    };
    let only_first = first.keys().filter(|code| !last.contains_key(*code));
    let codes = last.keys().chain(only_first);
    codes
        .filter_map(|code| change(code, steps, first.get(code), last.get(code)))
        .collect()
}

fn change(
    code: &str,
    steps: &[(Cause, Values)],
    first: Option<&SealedFigure>,
    last: Option<&SealedFigure>,
) -> Option<Change> {
    let shown = last.or(first)?;
    let value = |figure: Option<&SealedFigure>| match figure {
        None => Err(String::new()),
        Some(one) => number(one).ok_or_else(|| one.absent.clone().unwrap_or_default()),
    };
    let (from, to) = (value(first), value(last));
    let same_unit = first
        .zip(last)
        .is_none_or(|(first, last)| first.unit == last.unit);
    let comparability = match (first, last) {
        (None, _) => Comparability::OnlyLater,
        (_, None) => Comparability::OnlyEarlier,
        _ if !same_unit => Comparability::AnotherUnit,
        _ if from.is_err() || to.is_err() => Comparability::NoValue,
        _ => Comparability::Comparable,
    };
    let both = from
        .as_ref()
        .ok()
        .zip(to.as_ref().ok())
        .filter(|_| same_unit);
    let difference = both.and_then(|(from, to)| to.checked_sub(*from));
    let parts = both.map(|(from, _)| divided(code, *from, steps));
    Some(Change {
        code: code.to_owned(),
        title: shown.title.clone(),
        unit: shown.unit.clone(),
        parts: parts.filter(|_| difference.is_some()),
        from,
        to,
        difference,
        comparability,
    })
}

/// The difference by cause: what each step adds to the one before. A step at which the figure has no value adds nothing,
/// and the next that has one adds both.
fn divided(code: &str, first: Decimal, steps: &[(Cause, Values)]) -> Parts {
    let (mut parts, mut before) = (Parts::default(), first);
    for (cause, values) in steps {
        let Some(now) = values.get(code).and_then(number) else {
            continue;
        };
        let part = match cause {
            Cause::Late => &mut parts.late_reports,
            Cause::Corrections => &mut parts.corrections,
            Cause::Population => &mut parts.new_population,
            Cause::Rules => &mut parts.changed_rules,
            Cause::Time => &mut parts.passage_of_time,
        };
        *part += now - before;
        before = now;
    }
    parts
}

fn number(figure: &SealedFigure) -> Option<Decimal> {
    figure.value.as_ref()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(cause: Cause, value: Option<&str>) -> (Cause, Values) {
        let figure = SealedFigure {
            number: "2.1-01".to_owned(),
            code: "fund.paid|A".to_owned(),
            title: "Utbetalat".to_owned(),
            unit: "KRONOR".to_owned(),
            value: value.map(str::to_owned),
            absent: None,
            numerator: None,
            denominator: None,
            n: None,
            of: None,
            missing: BTreeMap::new(),
        };
        (cause, [(figure.code.clone(), figure)].into())
    }

    #[test]
    fn a_step_without_a_value_hands_its_part_to_the_next_and_the_parts_sum_to_the_difference() {
        let steps = [
            step(Cause::Rules, Some("100.00")),
            step(Cause::Rules, Some("100.00")),
            step(Cause::Late, Some("130.50")),
            step(Cause::Corrections, None),
            step(Cause::Population, Some("120.00")),
            step(Cause::Rules, Some("121.00")),
            step(Cause::Time, Some("121.00")),
        ];
        let found = changes(&steps);
        let [one] = found.as_slice() else {
            panic!("one figure");
        };
        let parts = one.parts.expect("a difference to divide");
        assert_eq!(one.difference, Some(Decimal::new(2_100, 2)));
        assert_eq!(Some(parts.sum()), one.difference);
        assert_eq!(parts.late_reports, Decimal::new(3_050, 2));
        assert_eq!(parts.corrections, Decimal::ZERO);
        assert_eq!(parts.new_population, Decimal::new(-1_050, 2));
        assert_eq!(parts.changed_rules, Decimal::ONE);
        assert_eq!(one.comparability, Comparability::Comparable);
    }
}

//! What differs between the figures of two datasets of one report, and by how much each cause: late reports, corrections,
//! new population, changed rules, another day; in that order, each step computed anew, so that the parts sum to the whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use analytics::figure::Absent;
use entity::{DeliverableKind, RegistryNumber};
use rust_decimal::Decimal;

use super::parts::{Cause, Parts, less};
use super::{Error, SealedFigure, SealedFigures, State};
use crate::reports::Reports;
use crate::reports::figure::absent_of;
use crate::store::{Dataset, Step};

/// Two states of a report, of one store.
pub struct Compared<'a> {
    /// The reports of the store that holds both.
    pub reports: &'a Reports,
    /// The earlier state.
    pub from: State<'a>,
    /// The later state.
    pub to: State<'a>,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// What the report is, and its own last day: the same report is compared whatever else either state asks for.
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
    pub from: Result<Decimal, Absent>,
    /// Its later value, or why there is none.
    pub to: Result<Decimal, Absent>,
    /// The later value less the earlier one, where there are both.
    pub difference: Option<Decimal>,
    /// The difference by cause; none where there is no difference to divide.
    pub parts: Option<Parts>,
    /// Whether the two say the same thing.
    pub comparability: Comparability,
}

/// Whether two values of a figure say the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparability {
    /// The same definition and unit in both.
    Comparable,
    /// Comparable, but the difference or a part of it has more digits than a number holds.
    TooManyDigits,
    /// The unit is another.
    AnotherUnit,
    /// One of them has no value.
    NoValue,
    /// There is no such figure in the earlier one.
    OnlyLater,
    /// There is no such figure in the later one.
    OnlyEarlier,
}

impl Change {
    /// Whether the figure is another in the later state: its value, its unit, why there is none, or whether it is there.
    #[must_use]
    pub fn differs(&self) -> bool {
        let same_figure = match self.comparability {
            Comparability::Comparable | Comparability::TooManyDigits | Comparability::NoValue => {
                true
            }
            Comparability::AnotherUnit | Comparability::OnlyLater | Comparability::OnlyEarlier => {
                false
            }
        };
        !same_figure || self.from != self.to
    }
}

impl Compared<'_> {
    /// Every figure of either state, in the order of the later report; those of the earlier alone follow, in its order.
    ///
    /// # Errors
    /// The decisions of a state ask for no such report, or the computation fails.
    pub async fn changes(&self) -> Result<Vec<Change>, Error> {
        // What either state withholds is withheld of both, and of every step between them.
        let earlier = self.from.withheld(self.reports).await?;
        let later = self.to.withheld(self.reports).await?;
        let withheld = Arc::new(earlier.and(&later));
        let from = self.from.withholding(self.reports, &withheld).await?;
        let to = self.to.withholding(self.reports, &withheld).await?;
        let report = (&self.assignment, self.asked);
        let mut steps = Vec::new();
        let sealed = self.from.sealed_of(self.reports, &from, report).await?;
        if let Some(sealed) = sealed {
            steps.push((Cause::Rules, Figures::of(sealed)));
        }
        for (cause, step) in [
            (Cause::Rules, Some(Step::Nothing)),
            (Cause::Late, Some(Step::Late)),
            (Cause::Corrections, Some(Step::Corrected)),
            (Cause::Population, Some(Step::Populated)),
            (Cause::Rules, None),
        ] {
            let mixed = match step {
                // Its own registers may be the earlier ones.
                Some(step) => {
                    let mixed = to.mixed(from.version, step);
                    mixed.withholding(Arc::clone(&withheld))
                }
                None => to.clone(),
            };
            let mixed = mixed.on_day(Some(from.today));
            steps.push((cause, self.figures(&mixed).await?));
        }
        steps.push((Cause::Time, self.figures(&to).await?));
        let sealed = self.to.sealed_of(self.reports, &to, report).await?;
        if let Some(sealed) = sealed {
            steps.push((Cause::Rules, Figures::of(sealed)));
        }
        Ok(changes(&steps))
    }

    async fn figures(&self, dataset: &Dataset) -> Result<Figures, Error> {
        let report = self.reports.report(dataset, &self.assignment, self.asked);
        // Without a day the latest is given, and that may be another.
        let report = report.await?.filter(|one| one.due_on == self.asked.1);
        let report = report.ok_or_else(|| Error::NoReport(self.assignment.clone()))?;
        Ok(Figures::of(&SealedFigures::of(&report)))
    }
}

/// The figures of one step by code, with their codes in the order of its report. A figure that stands in a report more
/// than once has one value.
struct Figures {
    codes: Vec<String>,
    by_code: BTreeMap<String, SealedFigure>,
}

impl Figures {
    fn of(figures: &SealedFigures) -> Self {
        let (mut codes, mut by_code) = (Vec::new(), BTreeMap::new());
        for one in &figures.figures {
            if by_code.insert(one.code.clone(), one.clone()).is_none() {
                codes.push(one.code.clone());
            }
        }
        Self { codes, by_code }
    }

    fn get(&self, code: &str) -> Option<&SealedFigure> {
        self.by_code.get(code)
    }
}

fn changes(steps: &[(Cause, Figures)]) -> Vec<Change> {
    let (Some((_, first)), Some((_, last))) = (steps.first(), steps.last()) else {
        return Vec::new();
    };
    let only_first = first.codes.iter().filter(|code| last.get(code).is_none());
    let codes = last.codes.iter().chain(only_first);
    codes
        .filter_map(|code| change(code, steps, first.get(code), last.get(code)))
        .collect()
}

fn change(
    code: &str,
    steps: &[(Cause, Figures)],
    first: Option<&SealedFigure>,
    last: Option<&SealedFigure>,
) -> Option<Change> {
    let shown = last.or(first)?;
    let (from, to) = (value(first), value(last));
    let same_unit = first
        .zip(last)
        .is_none_or(|(first, last)| first.unit == last.unit);
    let (mut difference, mut parts) = (None, None);
    let comparability = match (first, last, from, to) {
        (None, ..) => Comparability::OnlyLater,
        (_, None, ..) => Comparability::OnlyEarlier,
        _ if !same_unit => Comparability::AnotherUnit,
        (_, _, Ok(from), Ok(to)) => {
            difference = less(to, from);
            parts = difference.and_then(|_| divided(code, from, steps));
            match parts {
                Some(_) => Comparability::Comparable,
                None => Comparability::TooManyDigits,
            }
        }
        _ => Comparability::NoValue,
    };
    Some(Change {
        code: code.to_owned(),
        title: shown.title.clone(),
        unit: shown.unit.clone(),
        from,
        to,
        difference,
        parts,
        comparability,
    })
}

/// The value of a figure, or why there is none: a report that has no such figure gives it no meaning.
fn value(figure: Option<&SealedFigure>) -> Result<Decimal, Absent> {
    let figure = figure.ok_or(Absent::NotApplicable)?;
    number(figure).ok_or_else(|| {
        let why = figure.absent.as_deref().and_then(absent_of);
        // Sealed with a word that this program does not know.
        why.unwrap_or(Absent::NotAvailable)
    })
}

/// The difference by cause. A step at which the figure has no value adds nothing, and the next that has one adds both.
fn divided(code: &str, first: Decimal, steps: &[(Cause, Figures)]) -> Option<Parts> {
    let values = steps.iter().filter_map(|(cause, figures)| {
        let now = figures.get(code).and_then(number)?;
        Some((*cause, now))
    });
    Parts::divided(first, values)
}

fn number(figure: &SealedFigure) -> Option<Decimal> {
    Decimal::from_str_exact(figure.value.as_ref()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(code: &str, value: Result<&str, &str>) -> SealedFigure {
        SealedFigure {
            number: "2.1-01".to_owned(),
            code: code.to_owned(),
            title: "Utbetalat".to_owned(),
            unit: "KRONOR".to_owned(),
            value: value.ok().map(str::to_owned),
            absent: value.err().map(str::to_owned),
            numerator: None,
            denominator: None,
            n: None,
            of: None,
            missing: BTreeMap::new(),
        }
    }

    fn step(cause: Cause, figures: Vec<SealedFigure>) -> (Cause, Figures) {
        (cause, Figures::of(&SealedFigures { figures }))
    }

    /// One figure over the steps between two states.
    fn one(steps: &[(Cause, Result<&str, &str>)]) -> Change {
        let steps = steps.iter();
        let steps = steps.map(|(cause, value)| step(*cause, vec![figure("fund.paid|A", *value)]));
        let mut found = changes(&steps.collect::<Vec<_>>());
        assert_eq!(found.len(), 1);
        found.remove(0)
    }

    #[test]
    fn a_step_without_a_value_hands_its_part_to_the_next_and_the_parts_sum_to_the_difference() {
        let found = one(&[
            (Cause::Rules, Ok("100.00")),
            (Cause::Rules, Ok("100.00")),
            (Cause::Late, Ok("130.50")),
            (Cause::Corrections, Err("NOT_REPORTED")),
            (Cause::Population, Ok("120.00")),
            (Cause::Rules, Ok("121.00")),
            (Cause::Time, Ok("125.00")),
        ]);
        assert_eq!(found.difference, Some(Decimal::new(2_500, 2)));
        let expected = Parts {
            late_reports: Decimal::new(3_050, 2),
            corrections: Decimal::ZERO,
            new_population: Decimal::new(-1_050, 2),
            changed_rules: Decimal::ONE,
            passage_of_time: Decimal::new(4, 0),
        };
        assert_eq!(found.parts, Some(expected));
        assert_eq!(found.comparability, Comparability::Comparable);
        assert!(found.differs());
    }

    #[test]
    fn where_the_parts_would_not_be_exact_there_are_none_and_it_is_said() {
        let third = Ok("0.3333333333333333333333333333");
        let whole = one(&[(Cause::Rules, third), (Cause::Late, Ok("122.5"))]);
        assert_eq!((whole.difference, whole.parts), (None, None));
        assert_eq!(whole.comparability, Comparability::TooManyDigits);
        assert!(whole.differs());
        let between = [
            (Cause::Rules, third),
            (Cause::Late, Ok("122.5")),
            (Cause::Time, Ok("0.5")),
        ];
        let between = one(&between);
        let difference = Decimal::from_str_exact("0.1666666666666666666666666667");
        assert_eq!(between.difference, difference.ok());
        assert_eq!(between.parts, None);
        assert_eq!(between.comparability, Comparability::TooManyDigits);
        let most = Decimal::MAX.to_string();
        let too_large = one(&[(Cause::Rules, Ok("-1")), (Cause::Late, Ok(&most))]);
        assert_eq!(too_large.comparability, Comparability::TooManyDigits);
    }

    #[test]
    fn a_missing_value_keeps_its_reason() {
        let found = one(&[
            (Cause::Rules, Err("NOT_DUE")),
            (Cause::Time, Err("NOT_REPORTED")),
        ]);
        assert_eq!(found.from, Err(Absent::NotDue));
        assert_eq!(found.to, Err(Absent::NotReported));
        assert_eq!(found.comparability, Comparability::NoValue);
        assert!(found.differs());
        let unknown = one(&[(Cause::Rules, Err("WORD")), (Cause::Time, Err("WORD"))]);
        assert_eq!(unknown.from, Err(Absent::NotAvailable));
        assert!(!unknown.differs());
    }

    #[test]
    fn another_unit_is_another_figure_though_the_number_is_the_same() {
        let mut later = figure("fund.paid|A", Ok("1"));
        later.unit = "COUNT".to_owned();
        let earlier = step(Cause::Rules, vec![figure("fund.paid|A", Ok("1"))]);
        let found = changes(&[earlier, step(Cause::Time, vec![later])]);
        assert_eq!(found[0].comparability, Comparability::AnotherUnit);
        assert_eq!((found[0].difference, found[0].parts), (None, None));
        assert!(found[0].differs());
        let same = one(&[(Cause::Rules, Ok("1")), (Cause::Time, Ok("1.0"))]);
        assert!(!same.differs());
    }

    #[test]
    fn figures_stand_in_the_order_of_the_later_report_and_those_of_the_earlier_alone_after() {
        let figures = |codes: &[&str]| codes.iter().map(|code| figure(code, Ok("1"))).collect();
        let found = changes(&[
            step(Cause::Rules, figures(&["z", "b", "y", "a"])),
            step(Cause::Time, figures(&["c", "b", "a", "b"])),
        ]);
        let codes: Vec<&str> = found.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["c", "b", "a", "z", "y"]);
        let only = |place: usize| (found[place].comparability, found[place].differs());
        assert_eq!(only(0), (Comparability::OnlyLater, true));
        assert_eq!(only(1), (Comparability::Comparable, false));
        assert_eq!(only(3), (Comparability::OnlyEarlier, true));
        assert_eq!(found[0].from, Err(Absent::NotApplicable));
        assert_eq!(found[3].to, Err(Absent::NotApplicable));
    }
}

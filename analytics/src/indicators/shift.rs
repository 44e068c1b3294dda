//! The change of an indicator from a baseline year to a follow-up year, recipient by recipient and by group.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::Error;
use crate::figure::{Absent, Missing, Rate, Reach, RecipientKind};
use crate::key::distinct;

use super::answer::Asking;
use super::exact::Exact;
use super::line::{Reasons, terms, weighted};
use super::series::{Break, Member, groups};
use super::{Direction, IndicatorDimension, IndicatorKey, IndicatorSeries, Measured, Unit};

/// A question about the change between two years.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ShiftQuestion {
    /// The baseline year.
    pub from: i32,
    /// The follow-up year, after it.
    pub to: i32,
    /// The kind of recipients: those valid on 31 December of the follow-up year.
    pub kind: RecipientKind,
    /// The dimensions of a line, in the order of sorting; repetitions are ignored.
    pub group_by: Vec<IndicatorDimension>,
    /// The day that decides whether a missing value is due.
    pub today: NaiveDate,
}

/// The change between two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// One line a group; without dimensions one line.
    pub lines: Vec<ShiftLine>,
    /// Definitions in between that do not compare: with any there is no change.
    pub breaks: Vec<Break>,
}

/// The change of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftLine {
    /// Which group.
    pub key: IndicatorKey,
    /// Recipients with a value in both years.
    pub pair_count: u64,
    /// Members of the group.
    pub of: u64,
    /// Members without a pair: by the reason in the baseline year, or where there is a value then, in the follow-up year.
    pub missing: Vec<Missing>,
    /// Σ numerator / Σ denominator of the baseline year over pairs with both terms in both years.
    pub baseline: Rate,
    /// The same of the follow-up year, over the same pairs.
    pub follow_up: Rate,
    /// Mean of the baseline year's values over the pairs, in the indicator's unit.
    pub baseline_mean: Option<Decimal>,
    /// Mean of the follow-up year's values over the pairs.
    pub follow_up_mean: Option<Decimal>,
    /// Mean of the pairs' changes.
    pub mean_change: Option<Decimal>,
    /// Median of the pairs' changes.
    pub median_change: Option<Decimal>,
    /// Why there are no means and no median; set if and only if they are None.
    pub absent: Option<Absent>,
    /// Pairs whose value rose.
    pub increased: u64,
    /// Pairs whose value stayed.
    pub unchanged: u64,
    /// Pairs whose value fell.
    pub decreased: u64,
    /// Improved / pairs, by the indicator's direction; `NOT_APPLICABLE` where neither way is better.
    pub improved_share: Rate,
    /// Unchanged / pairs.
    pub unchanged_share: Rate,
    /// Worse / pairs, by the indicator's direction.
    pub worse_share: Rate,
    /// The stored rows of its members in both years.
    pub rows: Vec<i64>,
}

/// The change of one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientChange {
    /// The recipient.
    pub recipient: String,
    /// Its value in the baseline year.
    pub baseline: Decimal,
    /// Its value in the follow-up year.
    pub follow_up: Decimal,
    /// The stored rows of the two.
    pub rows: [i64; 2],
}

/// The change of each recipient that has a value in both years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientChanges {
    /// By recipient; none where the definitions do not compare.
    pub changes: Vec<RecipientChange>,
    /// Which way is better, by the last version of the definition.
    pub better: Direction,
    /// Definitions in between that do not compare.
    pub breaks: Vec<Break>,
}

/// Which way a value went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// It rose.
    Increased,
    /// It stayed.
    Unchanged,
    /// It fell.
    Decreased,
    /// It got better by the indicator's direction.
    Improved,
    /// It got worse by the indicator's direction.
    Worse,
}

impl RecipientChange {
    /// Whether the change is of this sort. Where neither way is better nothing is improved or worse.
    #[must_use]
    pub fn is(&self, change: Change, direction: Direction) -> bool {
        let rose = self.follow_up > self.baseline;
        let fell = self.follow_up < self.baseline;
        match change {
            Change::Increased => rose,
            Change::Decreased => fell,
            Change::Unchanged => !rose && !fell,
            Change::Improved | Change::Worse => {
                let (up, down) = match direction {
                    Direction::HigherIsBetter => (Change::Improved, Change::Worse),
                    Direction::LowerIsBetter => (Change::Worse, Change::Improved),
                    Direction::Neutral => return false,
                };
                (rose && change == up) || (fell && change == down)
            }
        }
    }
}

/// A member with a value in both years.
#[derive(Clone, Copy)]
struct Pair<'a> {
    code: &'a str,
    baseline: (&'a Measured, Decimal),
    follow_up: (&'a Measured, Decimal),
}

/// The pairs of some members, why the others have none, and all their rows.
#[derive(Default)]
pub(super) struct Paired<'a> {
    pairs: Vec<Pair<'a>>,
    reasons: Reasons,
    pub(super) rows: Vec<i64>,
}

impl IndicatorSeries {
    /// Answers a question about the change between two years.
    ///
    /// # Errors
    ///
    /// [`Error::AmountsTooLarge`] where values are too large to be summed exactly.
    pub fn shift(&self, question: &ShiftQuestion) -> Result<Shift, Error> {
        let register = self.register();
        let asking = Asking::new(self, &register, question.kind, question.today);
        let breaks = self.breaks(question.from, question.to);
        let dimensions = distinct(&question.group_by);
        let lines = groups(&register, question.to, question.kind, &dimensions)
            .iter()
            .map(|(key, members)| {
                let key = IndicatorKey::new(&dimensions, key);
                let paired = Paired::of(&asking, members, question);
                if breaks.is_empty() {
                    self.line(key, &paired, question.to)
                } else {
                    Ok(ShiftLine::not_comparable(
                        key,
                        members.len() as u64,
                        paired.rows,
                    ))
                }
            })
            .collect::<Result<_, _>>()?;
        Ok(Shift { lines, breaks })
    }

    /// The change of each recipient that has a value in both years.
    #[must_use]
    pub fn changes(&self, question: &ShiftQuestion) -> RecipientChanges {
        let breaks = self.breaks(question.from, question.to);
        let better = self.direction();
        if !breaks.is_empty() {
            return RecipientChanges {
                changes: Vec::new(),
                better,
                breaks,
            };
        }
        let register = self.register();
        let asking = Asking::new(self, &register, question.kind, question.today);
        let everybody = groups(&register, question.to, question.kind, &[]);
        let members: Vec<Member<'_>> = everybody.into_values().flatten().collect();
        let paired = Paired::of(&asking, &members, question);
        let change = |pair: &Pair<'_>| RecipientChange {
            recipient: pair.code.to_owned(),
            baseline: pair.baseline.1,
            follow_up: pair.follow_up.1,
            rows: [pair.baseline.0.row_id, pair.follow_up.0.row_id],
        };
        RecipientChanges {
            changes: paired.pairs.iter().map(change).collect(),
            better,
            breaks,
        }
    }

    /// The figures of some members' change.
    pub(super) fn line(
        &self,
        key: IndicatorKey,
        paired: &Paired<'_>,
        year: i32,
    ) -> Result<ShiftLine, Error> {
        let pairs = &paired.pairs;
        let n = pairs.len() as u64;
        let reach = paired.reasons.reach(n);
        let of_year = self.definition(year).map(|one| one.unit);
        let unit = of_year.or_else(|| self.unit()).unwrap_or(Unit::Index);
        let (before, after): (Vec<_>, Vec<_>) = pairs
            .iter()
            .map(|pair| terms(unit, pair.baseline.0).zip(terms(unit, pair.follow_up.0)))
            .map(Option::unzip)
            .unzip();
        let mean = |of: fn(&Pair<'_>) -> Decimal| Exact::of(pairs.iter().map(of))?.mean();
        let changes = paired.changes()?;
        let [increased, unchanged, decreased] = changes.signs();
        let share = |count: u64| share(count, n, reach.clone());
        let (improved, worse) = match self.direction() {
            Direction::HigherIsBetter => (share(increased), share(decreased)),
            Direction::LowerIsBetter => (share(decreased), share(increased)),
            Direction::Neutral => {
                let none = || Rate::absent(Absent::NotApplicable, reach.of);
                (none(), none())
            }
        };
        Ok(ShiftLine {
            key,
            pair_count: n,
            of: reach.of,
            missing: reach.missing.clone(),
            baseline: weighted(&before, &paired.reasons)?,
            follow_up: weighted(&after, &paired.reasons)?,
            baseline_mean: mean(|pair| pair.baseline.1)?,
            follow_up_mean: mean(|pair| pair.follow_up.1)?,
            mean_change: changes.mean()?,
            median_change: changes.median()?,
            absent: pairs.is_empty().then_some(Absent::NothingToDivide),
            increased,
            unchanged,
            decreased,
            improved_share: improved,
            unchanged_share: share(unchanged),
            worse_share: worse,
            rows: paired.rows.clone(),
        })
    }
}

/// Some of the pairs by all of them.
fn share(count: u64, pairs: u64, reach: Reach) -> Rate {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Rate::of_counts(signed(count), signed(pairs), reach)
}

impl<'a> Paired<'a> {
    /// Follow-up less baseline, pair by pair.
    pub(super) fn changes(&self) -> Result<Exact, Error> {
        let values = self.pairs.iter();
        let values: Vec<_> = values
            .map(|pair| (pair.baseline.1, pair.follow_up.1))
            .collect();
        Exact::differences(&values)
    }

    pub(super) fn of(
        asking: &Asking<'a>,
        members: &[Member<'a>],
        question: &ShiftQuestion,
    ) -> Self {
        let mut paired = Self::default();
        for member in members {
            let [before, after] =
                [question.from, question.to].map(|year| asking.of(member.code, year));
            let rows = [before.row, after.row].into_iter().flatten();
            paired.rows.extend(rows.map(|row| row.row_id));
            match (before.known(), after.known()) {
                (Ok(baseline), Ok(follow_up)) => paired.pairs.push(Pair {
                    code: member.code,
                    baseline,
                    follow_up,
                }),
                (Err(reason), _) | (_, Err(reason)) => paired.reasons.add(reason),
            }
        }
        paired
    }
}

impl ShiftLine {
    pub(super) fn not_comparable(key: IndicatorKey, of: u64, rows: Vec<i64>) -> Self {
        let reason = Absent::NotComparable;
        let rate = || Rate::absent(reason, of);
        Self {
            key,
            pair_count: 0,
            of,
            missing: rate().missing,
            baseline: rate(),
            follow_up: rate(),
            baseline_mean: None,
            follow_up_mean: None,
            mean_change: None,
            median_change: None,
            absent: Some(reason),
            increased: 0,
            unchanged: 0,
            decreased: 0,
            improved_share: rate(),
            unchanged_share: rate(),
            worse_share: rate(),
            rows,
        }
    }
}

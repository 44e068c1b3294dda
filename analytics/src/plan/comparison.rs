//! Two versions of a plan beside each other: what was moved, added, dropped, re-worded and otherwise changed.

use std::collections::BTreeMap;

use super::{Activity, PlanRows};
use crate::figure::{Rate, Reach};

/// What a version changed of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Every change, by row; a row that changed in several ways has one for each.
    pub changes: Vec<PlanChange>,
    /// How far end years slipped.
    pub slip: Slip,
}

/// A change of an activity between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChange {
    /// The row.
    pub row: i64,
    /// What changed.
    pub kind: ChangeKind,
    /// The activity in the version compared with; none where it is added.
    pub before: Option<Activity>,
    /// The activity in the version asked about; none where it is dropped.
    pub after: Option<Activity>,
}

/// What changed of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It has other years.
    Moved,
    /// It is new.
    Added,
    /// It is left out.
    Dropped,
    /// It has another title.
    Reworded,
    /// Others are responsible.
    Reassigned,
    /// It belongs to another main activity.
    Reclassified,
}

/// How far the end years of activities slipped that both versions have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Activities that both versions have.
    pub common: u64,
    /// Those that end in a later year.
    pub later: u64,
    /// Those that end in an earlier year.
    pub earlier: u64,
    /// Those that end in the same year.
    pub unmoved: u64,
    /// Activities that the other version does not have.
    pub added: u64,
    /// Activities that only the other version has.
    pub dropped: u64,
    /// Σ change of end year over the common ones, in years; later is above 0.
    pub sum_of_years: i64,
    /// `sum_of_years` / `common`.
    pub mean_years: Rate,
}

impl Comparison {
    /// What the version `to` changed of the version `from`. A version that does not exist has no activities.
    #[must_use]
    pub fn of(rows: &PlanRows, from: i64, to: i64) -> Self {
        let by_row = |version| -> BTreeMap<i64, &Activity> {
            let own = rows.of_version(version).into_iter();
            own.map(|one| (one.row, one)).collect()
        };
        let (before, after) = (by_row(from), by_row(to));
        let mut changes = Vec::new();
        for (row, one) in &before {
            match after.get(row) {
                None => changes.push(change(*row, ChangeKind::Dropped, Some(one), None)),
                Some(other) => {
                    let kinds = differences(one, other);
                    changes.extend(kinds.map(|kind| change(*row, kind, Some(one), Some(other))));
                }
            }
        }
        let added = after.iter().filter(|(row, _)| !before.contains_key(row));
        changes.extend(added.map(|(row, one)| change(*row, ChangeKind::Added, None, Some(one))));
        changes.sort_by_key(|change| (change.row, change.kind));
        let common = before.iter();
        let common = common.filter_map(|(row, one)| Some((*one, *after.get(row)?)));
        let years: Vec<i64> = common
            .map(|(one, other)| i64::from(other.end_year) - i64::from(one.end_year))
            .collect();
        let slip = Slip::of(&years, &changes);
        Self { changes, slip }
    }
}

impl Slip {
    fn of(years: &[i64], changes: &[PlanChange]) -> Self {
        let count = |is: fn(i64) -> bool| years.iter().filter(|one| is(**one)).count() as u64;
        let changed = |kind| changes.iter().filter(|one| one.kind == kind).count() as u64;
        let common = years.len() as u64;
        let sum_of_years = years.iter().sum();
        let denominator = i64::try_from(years.len()).unwrap_or(i64::MAX);
        Self {
            common,
            later: count(|years| years > 0),
            earlier: count(|years| years < 0),
            unmoved: count(|years| years == 0),
            added: changed(ChangeKind::Added),
            dropped: changed(ChangeKind::Dropped),
            sum_of_years,
            mean_years: Rate::of_counts(sum_of_years, denominator, Reach::all(common)),
        }
    }
}

fn change(
    row: i64,
    kind: ChangeKind,
    before: Option<&Activity>,
    after: Option<&Activity>,
) -> PlanChange {
    PlanChange {
        row,
        kind,
        before: before.cloned(),
        after: after.cloned(),
    }
}

/// In which ways an activity differs. The order of those responsible means nothing.
fn differences(one: &Activity, other: &Activity) -> impl Iterator<Item = ChangeKind> {
    let sorted = |activity: &Activity| {
        let mut codes = activity.responsible.clone();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let years = |activity: &Activity| (activity.start_year, activity.end_year);
    let differs = [
        (ChangeKind::Moved, years(one) != years(other)),
        (ChangeKind::Reworded, one.title != other.title),
        (ChangeKind::Reassigned, sorted(one) != sorted(other)),
        (
            ChangeKind::Reclassified,
            one.main_activity != other.main_activity,
        ),
    ];
    differs
        .into_iter()
        .filter_map(|(kind, differs)| differs.then_some(kind))
}

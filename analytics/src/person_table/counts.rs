//! Counts by county and year: Σ over the county's municipalities, kept with its parts.

use std::collections::{BTreeMap, BTreeSet};

use super::{PersonRows, Sex};
use crate::error::Error;
use crate::figure::{Absent, RecipientKind};
use crate::register::Register;

/// The counts of one county and year by sex, each with the municipalities that it is the sum of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    parts: [BTreeMap<String, i64>; 3],
    absent: [BTreeSet<Absent>; 3],
}

impl Cell {
    /// The count; none where no municipality has one.
    pub(super) fn value(&self, sex: usize) -> Option<i64> {
        let parts = &self.parts[sex];
        (!parts.is_empty()).then(|| parts.values().sum())
    }

    /// The municipalities' counts.
    pub(super) const fn of(&self, sex: Sex) -> &BTreeMap<String, i64> {
        &self.parts[sex as usize]
    }

    /// Why there is no count: the reason that all share.
    pub(super) fn absent(&self, sex: usize) -> Absent {
        let reasons = &self.absent[sex];
        match reasons.first() {
            Some(reason) if reasons.len() == 1 => *reason,
            _ => Absent::NotReported,
        }
    }

    /// How many municipalities' counts differ from another's; one that is missing counts as 0.
    pub(super) fn changed(&self, before: &Self, sex: usize) -> usize {
        let (now, then) = (&self.parts[sex], &before.parts[sex]);
        let names: BTreeSet<&String> = now.keys().chain(then.keys()).collect();
        let of = |parts: &BTreeMap<String, i64>, name: &String| parts.get(name).copied();
        let differ = |name: &String| of(now, name).unwrap_or(0) != of(then, name).unwrap_or(0);
        names.into_iter().filter(|name| differ(name)).count()
    }
}

/// The counts of a table: every county and year that somebody reported on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub(super) cells: BTreeMap<(String, i32), Cell>,
}

impl Counts {
    /// Adds up the rows by the county in which each municipality lies on 31 December of the row's year. What is no
    /// municipality, or lies in no county, is left out.
    ///
    /// # Errors
    /// [`Error::AmountsTooLarge`].
    pub fn of(rows: &PersonRows) -> Result<Self, Error> {
        let register = Register::new(&rows.recipients, &[]);
        let mut cells: BTreeMap<(String, i32), Cell> = BTreeMap::new();
        let mut sum = 0_i64;
        for row in &rows.rows {
            let period = register.period(&row.municipality, row.year);
            let municipality = period.filter(|one| one.kind == RecipientKind::Municipality);
            let Some(county) = municipality.and_then(|one| one.county.clone()) else {
                continue;
            };
            let cell = cells.entry((county, row.year)).or_default();
            match row.value {
                Ok(value) => {
                    sum = value
                        .checked_abs()
                        .and_then(|value| sum.checked_add(value))
                        .ok_or(Error::AmountsTooLarge)?;
                    cell.parts[row.sex as usize].insert(row.municipality.clone(), value);
                }
                Err(reason) => {
                    cell.absent[row.sex as usize].insert(reason);
                }
            }
        }
        Ok(Self { cells })
    }

    /// Whether nothing was reported.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether women and men can stand beside the totals: in every county and year all three are known or none, and
    /// everybody's count is women's and men's.
    #[must_use]
    pub fn is_by_sex(&self) -> bool {
        let fits = |cell: &Cell| match [0, 1, 2].map(|sex| cell.value(sex)) {
            [Some(total), Some(women), Some(men)] => total == women + men,
            [None, None, None] => true,
            _ => false,
        };
        self.cells.values().all(fits)
    }
}

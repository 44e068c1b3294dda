//! One table as it is shown.

use std::collections::BTreeSet;

use super::{Counts, Pattern, Place, Sex};
use crate::figure::Absent;

/// A row of a table: a county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// Code of the county.
    pub county: String,
    /// Its counts, in the order of the years.
    pub cells: Vec<Result<i64, Absent>>,
    /// Its total.
    pub total: Result<i64, Absent>,
}

/// The table of one sex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonTable {
    /// The years.
    pub years: Vec<i32>,
    /// The totals of the years, in their order.
    pub year_totals: Vec<Result<i64, Absent>>,
    /// The counties, by code.
    pub rows: Vec<PersonLine>,
    /// The total of all.
    pub total: Result<i64, Absent>,
}

impl PersonTable {
    /// The table of a sex under a pattern.
    #[must_use]
    pub fn of(counts: &Counts, pattern: &Pattern, sex: Sex) -> Self {
        let shown = Shown {
            counts,
            pattern,
            sex,
        };
        let counties: BTreeSet<&String> = counts.cells.keys().map(|(county, _)| county).collect();
        let years: BTreeSet<i32> = counts.cells.keys().map(|(_, year)| *year).collect();
        let line = |county: &&String| PersonLine {
            county: (*county).clone(),
            cells: years
                .iter()
                .map(|year| shown.place(Some(county), Some(*year)))
                .collect(),
            total: shown.place(Some(county), None),
        };
        Self {
            year_totals: years
                .iter()
                .map(|year| shown.place(None, Some(*year)))
                .collect(),
            rows: counties.iter().map(line).collect(),
            total: shown.place(None, None),
            years: years.into_iter().collect(),
        }
    }
}

struct Shown<'a> {
    counts: &'a Counts,
    pattern: &'a Pattern,
    sex: Sex,
}

impl Shown<'_> {
    fn place(&self, county: Option<&String>, year: Option<i32>) -> Result<i64, Absent> {
        if self.sex != Sex::Total && !self.pattern.by_sex {
            return Err(Absent::NotAvailable);
        }
        let cells = self.counts.cells.iter().filter(|((of, in_year), _)| {
            county.is_none_or(|county| county == of) && year.is_none_or(|year| year == *in_year)
        });
        let (mut sum, mut absent) = (None, BTreeSet::new());
        for (_, cell) in cells {
            match cell.value(self.sex as usize) {
                Some(value) => sum = Some(sum.unwrap_or(0) + value),
                None => {
                    absent.insert(cell.absent(self.sex as usize));
                }
            }
        }
        let place = Place {
            sex: self.sex,
            county: county.cloned(),
            year,
        };
        match sum {
            Some(_) if self.pattern.hides(&place) => Err(Absent::Suppressed),
            Some(sum) => Ok(sum),
            None => Err(absent
                .first()
                .filter(|_| absent.len() == 1)
                .copied()
                .unwrap_or(Absent::NotReported)),
        }
    }
}

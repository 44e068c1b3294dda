//! Figures picked out of a table for a chart.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::shown::{cell, figure};
use super::Of;
use crate::reports::figure::FigureKey;
use crate::reports::report::Row;

/// A figure of a row.
pub(super) struct Picked<'a> {
    /// The names of the row.
    pub(super) names: Vec<String>,
    /// What the figure is of; none where there is no figure.
    pub(super) key: Option<&'a FigureKey>,
    /// Its exact value; none where there is none.
    pub(super) value: Option<Decimal>,
    /// As it is printed.
    pub(super) shown: String,
}

impl Picked<'_> {
    /// A share in thousandths, between 0 and 1000 for show.
    pub(super) fn thousandths(&self) -> Option<i64> {
        let value = self.value?.checked_mul(Decimal::ONE_THOUSAND)?;
        Some(value.round().to_i64().unwrap_or_default().clamp(0, 1000))
    }
}

/// The year that figures are of, as a title ends with it; nothing of all years.
pub(super) fn year_of(rows: &[Picked]) -> String {
    let year = rows.iter().find_map(|one| one.key?.year);
    year.map_or_else(String::new, |year| format!(" {year}"))
}

impl<'a> Of<'a> {
    /// The place of a column by its key.
    pub(super) fn column(&self, key: &str) -> Option<usize> {
        self.table.columns.iter().position(|one| one.key == key)
    }

    /// The names of a row.
    pub(super) fn names(&self, row: &Row) -> Vec<String> {
        let columns = self.table.columns.iter().zip(&row.cells);
        let names = columns.filter(|(column, _)| column.is_label);
        names
            .map(|(_, one)| cell(self.section, one, self.language))
            .collect()
    }

    /// The figure of a row in a column.
    pub(super) fn pick(&self, row: &Row, column: usize) -> Picked<'a> {
        let one = row.cells.get(column);
        let found = one.and_then(|one| figure(self.section, one));
        Picked {
            names: self.names(row),
            key: found.map(|one| &one.figure.key),
            value: found.and_then(|one| one.figure.value.number().ok()),
            shown: one.map_or_else(String::new, |one| cell(self.section, one, self.language)),
        }
    }

    /// The figures of a column; none where no row has one.
    pub(super) fn picked(&self, column: &str) -> Option<Vec<Picked<'a>>> {
        let at = self.column(column)?;
        let rows = self.table.rows.iter();
        let found: Vec<Picked> = rows.map(|row| self.pick(row, at)).collect();
        found.iter().any(|one| one.value.is_some()).then_some(found)
    }
}

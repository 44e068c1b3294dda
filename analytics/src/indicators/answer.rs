//! What a recipient answered in a year: a value, or why there is none.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::figure::{Absent, RecipientKind};
use crate::register::Register;

use super::{IndicatorSeries, Measured};

/// What a recipient answered in a year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    /// The row that says it, where there is one.
    pub(super) row: Option<&'a Measured>,
    /// The value, or why there is none.
    pub(super) value: Result<Decimal, Absent>,
}

impl<'a> Answer<'a> {
    /// The row with its value, or why there is none.
    pub(super) fn known(self) -> Result<(&'a Measured, Decimal), Absent> {
        let value = self.value?;
        self.row.map(|row| (row, value)).ok_or(Absent::NotReported)
    }
}

/// Who is asked on which day.
pub(super) struct Asking<'a> {
    series: &'a IndicatorSeries,
    register: &'a Register<'a>,
    /// Whether the indicator is measured for the kind of recipient at all.
    is_measured: bool,
    today: NaiveDate,
}

impl<'a> Asking<'a> {
    pub(super) fn new(
        series: &'a IndicatorSeries,
        register: &'a Register<'a>,
        kind: RecipientKind,
        today: NaiveDate,
    ) -> Self {
        Self {
            series,
            register,
            is_measured: series.measures(kind),
            today,
        }
    }

    /// What a recipient answered.
    ///
    /// Where no row says anything: no definition of the year, or no such recipient then, is `NOT_APPLICABLE`; an indicator
    /// that is not measured for the kind is `NOT_AVAILABLE`; else a year that has not ended is `NOT_DUE`, and one that has is
    /// `NOT_REPORTED`.
    pub(super) fn of(&self, code: &str, year: i32) -> Answer<'a> {
        let row = self.series.measured(code, year);
        let value = row.map_or_else(
            || Err(self.silence(code, year)),
            |row| row.value.ok_or(row.absent.unwrap_or(Absent::NotAvailable)),
        );
        Answer { row, value }
    }

    fn silence(&self, code: &str, year: i32) -> Absent {
        if self.series.definition(year).is_none() || !self.register.is_valid_in(code, year) {
            return Absent::NotApplicable;
        }
        if !self.is_measured {
            return Absent::NotAvailable;
        }
        let ends = NaiveDate::from_ymd_opt(year, 12, 31);
        if ends.is_some_and(|ends| ends < self.today) {
            Absent::NotReported
        } else {
            Absent::NotDue
        }
    }
}

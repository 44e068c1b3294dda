//! A recipient of a year as figures group it: under the code and in the place of that year, or of a later day.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Place, Register, Succession};
use crate::figure::Absent;
use crate::key::KeyValue;

/// Under which code, and where, a recipient stands.
#[derive(Debug, Clone)]
pub(crate) struct Classified<'a> {
    pub(crate) code: &'a str,
    pub(crate) place: Place,
    /// The first day of the register's period that the place is taken from.
    pub(crate) valid_from: Option<NaiveDate>,
    /// The stored rows of the links that lead to the code.
    pub(crate) links: Vec<i64>,
    /// Whether it was divided since, so that it stands under its former code.
    pub(crate) is_divided: bool,
}

impl Register<'_> {
    /// A recipient of a year as it was then, or as it is by a succession.
    pub(crate) fn classify<'b>(
        &self,
        code: &'b str,
        year: i32,
        succession: Option<&'b Succession>,
    ) -> Classified<'b> {
        let Some(succession) = succession else {
            let period = self.period(code, year);
            return Classified {
                code,
                place: Place::of(period),
                valid_from: period.and_then(|period| period.valid_from),
                links: Vec::new(),
                is_divided: false,
            };
        };
        let day = succession.day();
        let successor = succession.of(code, self.known_since(code, year));
        let period = self.period_on(successor.code, day);
        let place = if successor.parts.is_empty() {
            Place::of(period)
        } else {
            self.place_of_parts(&successor.parts, day)
        };
        Classified {
            code: successor.code,
            place,
            valid_from: period.and_then(|period| period.valid_from),
            links: successor.links.iter().map(|link| link.row_id).collect(),
            is_divided: !successor.parts.is_empty(),
        }
    }

    /// The county that all parts share, if they share one; a former recipient has no group of today.
    fn place_of_parts(&self, parts: &BTreeSet<&str>, day: NaiveDate) -> Place {
        let counties: BTreeSet<KeyValue> = parts
            .iter()
            .map(|part| Place::of(self.period_on(part, day)).county())
            .collect();
        match counties.first() {
            Some(KeyValue::Text(county)) if counties.len() == 1 => Place::only_county(county),
            _ => Place::nowhere(Absent::NotAvailable),
        }
    }
}

//! What the register says of a year: who is valid at its end, where, with how many inhabitants.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Population, RecipientPeriod};
use crate::figure::RecipientKind;

/// The register by code; figures go by what is valid on 31 December of their year.
pub(crate) struct Register<'a> {
    periods: BTreeMap<&'a str, Vec<&'a RecipientPeriod>>,
    populations: BTreeMap<&'a str, BTreeMap<NaiveDate, i64>>,
}

impl<'a> Register<'a> {
    pub(crate) fn new(recipients: &'a [RecipientPeriod], populations: &'a [Population]) -> Self {
        let mut register = Self {
            periods: BTreeMap::new(),
            populations: BTreeMap::new(),
        };
        for period in recipients {
            let periods = register.periods.entry(&period.code).or_default();
            periods.push(period);
        }
        for periods in register.periods.values_mut() {
            periods.sort_by_key(|period| period.valid_from);
        }
        for population in populations {
            let dates = register.populations.entry(&population.recipient);
            dates.or_default().insert(population.date, population.count);
        }
        register
    }

    /// The recipients of the kind that are valid on 31 December of the year, by code.
    pub(crate) fn valid_at_end_of(
        &self,
        year: i32,
        kind: RecipientKind,
    ) -> impl Iterator<Item = &'a RecipientPeriod> {
        self.valid_on(last_day(year), kind)
    }

    /// The period of a recipient that counts for the year: the one valid on 31 December; where
    /// there is none, the last that was valid on some day of the year; else the last of all.
    pub(crate) fn period(&self, code: &str, year: i32) -> Option<&'a RecipientPeriod> {
        let periods = self.periods.get(code)?;
        let (first, last) = (first_day(year), last_day(year));
        let found = |from| periods.iter().rfind(|period| overlaps(period, from, last));
        found(last)
            .or_else(|| found(first))
            .or(periods.last())
            .copied()
    }

    /// The period of a recipient that is valid on the day; where there is none, the last that began
    /// before it; else the last of all.
    pub(crate) fn period_on(&self, code: &str, day: NaiveDate) -> Option<&'a RecipientPeriod> {
        let periods = self.periods.get(code)?;
        let valid = periods.iter().rfind(|period| overlaps(period, day, day));
        let begun = |period: &&&RecipientPeriod| period.valid_from.is_none_or(|from| from <= day);
        valid
            .or_else(|| periods.iter().rfind(begun))
            .or(periods.last())
            .copied()
    }

    /// The recipients of the kind that are valid on the day, by code.
    pub(crate) fn valid_on(
        &self,
        day: NaiveDate,
        kind: RecipientKind,
    ) -> impl Iterator<Item = &'a RecipientPeriod> {
        self.periods
            .values()
            .filter_map(move |periods| periods.iter().rfind(|period| overlaps(period, day, day)))
            .copied()
            .filter(move |period| period.kind == kind)
    }

    /// The day from which a code of a year is meant: the year's first; from the beginning where the
    /// code was not valid on any day of it, since it then means a former recipient.
    pub(crate) fn known_since(&self, code: &str, year: i32) -> NaiveDate {
        if self.is_valid_in(code, year) {
            first_day(year)
        } else {
            NaiveDate::MIN
        }
    }

    /// Whether a code was valid on some day of the year.
    pub(crate) fn is_valid_in(&self, code: &str, year: i32) -> bool {
        let (first, last) = (first_day(year), last_day(year));
        let mut periods = self.periods.get(code).into_iter().flatten();
        periods.any(|period| overlaps(period, first, last))
    }

    /// The population that counts for the year: of the date nearest before or on 31 December;
    /// where there is none before, of the earliest after.
    pub(crate) fn population(&self, code: &str, year: i32) -> Option<i64> {
        self.counted(code, year).map(|(_, count)| count)
    }

    /// That population with its date.
    pub(crate) fn counted(&self, code: &str, year: i32) -> Option<(NaiveDate, i64)> {
        let dates = self.populations.get(code)?;
        let before = dates.range(..=last_day(year)).next_back();
        before
            .or_else(|| dates.first_key_value())
            .map(|(date, count)| (*date, *count))
    }
}

fn overlaps(period: &RecipientPeriod, from: NaiveDate, to: NaiveDate) -> bool {
    period.valid_from.is_none_or(|valid_from| valid_from <= to)
        && period.valid_to.is_none_or(|valid_to| valid_to >= from)
}

fn first_day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX)
}

fn last_day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Absent;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn period(county: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) -> RecipientPeriod {
        RecipientPeriod {
            code: "0331".to_owned(),
            kind: RecipientKind::Municipality,
            county: Some(county.to_owned()),
            county_absent: None::<Absent>,
            population_group: Some(1),
            valid_from: from,
            valid_to: to,
        }
    }

    #[test]
    fn the_period_at_the_end_of_the_year_counts() {
        let rows = [
            period("03", Some(day(2017, 6, 1)), Some(day(2018, 5, 31))),
            period("19", None, Some(day(2017, 5, 31))),
        ];
        let register = Register::new(&rows, &[]);
        let county = |year| register.period("0331", year).unwrap().county.as_deref();
        assert_eq!(county(2016), Some("19"));
        assert_eq!(county(2017), Some("03"));
        assert_eq!(county(2018), Some("03"), "valid on some day of 2018");
        assert_eq!(county(2030), Some("03"), "the last of all");
        let valid = |year| {
            register
                .valid_at_end_of(year, RecipientKind::Municipality)
                .count()
        };
        assert_eq!([2016, 2017, 2018].map(valid), [1, 1, 0]);
        assert_eq!(
            register
                .valid_at_end_of(2016, RecipientKind::Region)
                .count(),
            0
        );
    }

    #[test]
    fn validity_includes_its_last_day() {
        let rows = [period("03", None, Some(day(2018, 12, 31)))];
        let register = Register::new(&rows, &[]);
        let valid = |year| {
            register
                .valid_at_end_of(year, RecipientKind::Municipality)
                .count()
        };
        assert_eq!([2018, 2019].map(valid), [1, 0]);
    }

    #[test]
    fn the_nearest_population_before_the_end_of_the_year_counts() {
        let at = |date, count| Population {
            recipient: "0331".to_owned(),
            date,
            count,
        };
        let rows = [
            at(day(2016, 12, 31), 20),
            at(day(2014, 12, 31), 10),
            at(day(2018, 1, 1), 30),
        ];
        let register = Register::new(&[], &rows);
        let population = |year| register.population("0331", year);
        assert_eq!(
            [2010, 2014, 2015, 2016, 2017].map(population),
            [10, 10, 10, 20, 20].map(Some)
        );
        assert_eq!(population(2018), Some(30));
        assert_eq!(register.population("0330", 2018), None);
    }
}

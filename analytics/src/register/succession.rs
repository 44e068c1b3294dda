//! Under which code, and where, a recipient of former days stands on a later day: links between codes, followed in time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

/// A link in time between two codes: renamed, merged, split, moved to another county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientLink {
    /// The stored row that says so.
    pub row_id: i64,
    /// The code before.
    pub from: String,
    /// The code after.
    pub to: String,
    /// The first day of the latter.
    pub date: NaiveDate,
    /// Whether the former was divided, so that what it had cannot be given to one of the parts.
    pub is_split: bool,
}

/// The links up to a day: who each former recipient is on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    day: NaiveDate,
    links: BTreeMap<String, Vec<RecipientLink>>,
}

/// Who a recipient has become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor<'a> {
    /// Its code: the present one, or of a recipient that was divided the last one before.
    pub code: &'a str,
    /// The parts that it was divided into; empty where it was not.
    pub parts: BTreeSet<&'a str>,
    /// The links that say so, in order of time.
    pub links: Vec<&'a RecipientLink>,
}

impl Succession {
    /// The succession up to and with a day.
    #[must_use]
    pub fn new(day: NaiveDate, links: impl IntoIterator<Item = RecipientLink>) -> Self {
        let mut by_code: BTreeMap<String, Vec<RecipientLink>> = BTreeMap::new();
        for link in links.into_iter().filter(|link| link.date <= day) {
            by_code.entry(link.from.clone()).or_default().push(link);
        }
        for links in by_code.values_mut() {
            links.sort_by(|a, b| (a.date, &a.to).cmp(&(b.date, &b.to)));
        }
        Self {
            day,
            links: by_code,
        }
    }

    /// The day.
    #[must_use]
    pub const fn day(&self) -> NaiveDate {
        self.day
    }

    /// Who a code of a time has become; what happened on or before `since` is behind that code already.
    ///
    /// Links of one code and day belong together. More than one code after it is a division, and so is a link that says
    /// it is one, since something of the former then remains. A division is followed no further.
    #[must_use]
    pub fn of<'a>(&'a self, code: &'a str, since: NaiveDate) -> Successor<'a> {
        let mut found = Successor {
            code,
            parts: BTreeSet::new(),
            links: Vec::new(),
        };
        let mut passed = BTreeSet::from([code]);
        let mut since = since.succ_opt().unwrap_or(since);
        while let Some(next) = self.next(found.code, since) {
            let after: BTreeSet<&str> = next.iter().map(|link| link.to.as_str()).collect();
            let is_split = after.len() > 1 || next.iter().any(|link| link.is_split);
            found.links.extend(next);
            if is_split {
                found.parts = after;
                break;
            }
            let (Some(code), Some(first)) = (after.first().copied(), next.first()) else {
                break;
            };
            (found.code, since) = (code, first.date);
            // Codes that lead back to themselves on one day lead nowhere.
            if !passed.insert(code) {
                break;
            }
        }
        found
    }

    /// The links of the first day, from `since` on, that lead from a code to another.
    fn next(&self, code: &str, since: NaiveDate) -> Option<&[RecipientLink]> {
        let links = self.links.get(code)?;
        let mut days = links.chunk_by(|a, b| a.date == b.date);
        days.find(|day| {
            let leads_on = day.iter().any(|link| link.to != code);
            leads_on && day.first().is_some_and(|link| link.date >= since)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, 1).unwrap()
    }

    fn link(from: &str, to: &str, date: NaiveDate) -> RecipientLink {
        RecipientLink {
            row_id: 0,
            from: from.to_owned(),
            to: to.to_owned(),
            date,
            is_split: false,
        }
    }

    fn code(succession: &Succession, code: &'static str, since: NaiveDate) -> String {
        succession.of(code, since).code.to_owned()
    }

    #[test]
    fn renamed_then_merged_is_followed_to_the_day_and_not_past_it() {
        let links = [
            link("A", "B", day(2018, 1)),
            link("B", "C", day(2020, 1)),
            link("C", "D", day(2024, 1)),
        ];
        let succession = Succession::new(day(2022, 1), links);
        assert_eq!(code(&succession, "A", day(2016, 1)), "C");
        assert_eq!(code(&succession, "B", day(2019, 1)), "C");
        assert_eq!(code(&succession, "C", day(2021, 1)), "C");
        assert_eq!(succession.of("A", day(2016, 1)).links.len(), 2);
        // The day itself is included, and what is behind a code already is not followed.
        assert_eq!(
            code(
                &Succession::new(day(2018, 1), [link("A", "B", day(2018, 1))]),
                "A",
                day(2017, 1)
            ),
            "B"
        );
        assert_eq!(code(&succession, "A", day(2018, 1)), "A");
    }

    #[test]
    fn a_division_is_told_and_not_followed() {
        let two = [
            link("A", "B", day(2018, 1)),
            link("A", "C", day(2018, 1)),
            link("B", "D", day(2019, 1)),
        ];
        let succession = Succession::new(day(2020, 1), two);
        let found = succession.of("A", day(2016, 1));
        assert_eq!((found.code, found.parts), ("A", BTreeSet::from(["B", "C"])));
        // One link that says so is enough: A goes on beside what was broken off.
        let split = RecipientLink {
            is_split: true,
            ..link("A", "B", day(2018, 1))
        };
        let succession = Succession::new(day(2020, 1), [split]);
        assert_eq!(succession.of("A", day(2016, 1)).parts.len(), 1);
        assert!(succession.of("A", day(2018, 1)).parts.is_empty());
    }

    #[test]
    fn circles_end() {
        let links = [link("A", "B", day(2018, 1)), link("B", "A", day(2018, 1))];
        let succession = Succession::new(day(2020, 1), links);
        assert_eq!(code(&succession, "A", day(2016, 1)), "A");
        let same = [link("A", "A", day(2018, 1)), link("A", "B", day(2019, 1))];
        let succession = Succession::new(day(2020, 1), same);
        assert_eq!(code(&succession, "A", day(2016, 1)), "B");
    }
}

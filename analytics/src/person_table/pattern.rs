//! Which places of a table are hidden.

use std::collections::BTreeSet;

use super::Sex;

/// A place of a table: a count, or a total where county or year is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Whose.
    pub sex: Sex,
    /// County; none for the totals of a year.
    pub county: Option<String>,
    /// Year; none for the totals of a county.
    pub year: Option<i32>,
}

/// What a release hides and shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Counts from 1 up to this are hidden.
    pub threshold: i64,
    /// Whether women and men are shown beside the totals.
    pub by_sex: bool,
    /// Whether nothing at all is shown, not even zeros: the table is too small to hide anything in it.
    pub whole: bool,
    /// The hidden places; empty where nothing is shown.
    pub hidden: BTreeSet<Place>,
}

impl Pattern {
    /// Whether a place is hidden.
    #[must_use]
    pub fn hides(&self, place: &Place) -> bool {
        self.whole || self.hidden.contains(place)
    }
}

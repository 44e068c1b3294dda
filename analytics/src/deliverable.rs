//! Where a deliverable stands on a day.

use chrono::NaiveDate;

/// Where a deliverable stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeliverableState {
    /// It was delivered on or before the day.
    Delivered,
    /// The day is its last day.
    Due,
    /// Its last day has passed, and it was not delivered.
    Overdue,
    /// Its last day has not come.
    Upcoming,
    /// It has no last day, and was not delivered.
    Undated,
}

/// A deliverable's last day, and the day it was delivered, whenever that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The last day, included; None where no source says.
    pub due_on: Option<NaiveDate>,
    /// The day it was delivered; None where it was not.
    pub delivered_on: Option<NaiveDate>,
}

impl Deadline {
    /// Where it stands on a day. What is delivered later is not delivered yet.
    #[must_use]
    pub fn state(self, on: NaiveDate) -> DeliverableState {
        match (self.delivered(on), self.due_on) {
            (Some(_), _) => DeliverableState::Delivered,
            (None, None) => DeliverableState::Undated,
            (None, Some(due)) if due < on => DeliverableState::Overdue,
            (None, Some(due)) if due == on => DeliverableState::Due,
            (None, Some(_)) => DeliverableState::Upcoming,
        }
    }

    /// The day it was delivered, where that was on or before the day.
    #[must_use]
    pub fn delivered(self, on: NaiveDate) -> Option<NaiveDate> {
        self.delivered_on.filter(|day| *day <= on)
    }

    /// Days after the last day, of the delivery or, where it was not delivered, so far; None where that is not after it.
    #[must_use]
    pub fn days_late(self, on: NaiveDate) -> Option<i64> {
        let until = self.delivered(on).unwrap_or(on);
        let days = until.signed_duration_since(self.due_on?).num_days();
        (days > 0).then_some(days)
    }
}

//! The words of the calendar: where a deliverable stands, what happens on a day.

use async_graphql::Enum;

/// Where a deliverable stands on a day (läge för en redovisning).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(
    remote = "analytics::deliverable::DeliverableState",
    name = "DeliverableState"
)]
pub enum DeliverableState {
    /// Delivered on or before the day (lämnad).
    Delivered,
    /// The day is its last day (förfaller).
    Due,
    /// Its last day has passed, and it was not delivered (försenad).
    Overdue,
    /// Its last day has not come (kommande).
    Upcoming,
    /// It has no last day, and was not delivered (utan dag).
    Undated,
}

/// What happens on a day (händelse).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CalendarEvent {
    /// The last day of a deliverable (redovisning förfaller).
    Deliverable,
    /// The first day to ask for money of a round (omgång öppnar).
    RoundOpens,
    /// The last day to ask for it (omgång stänger).
    RoundCloses,
    /// The last day to use it (används senast).
    UseBy,
    /// The last day to report on it (redovisas senast).
    ReportBy,
}

//! The calendar: last days of what decisions ask for, and the days of the rounds; as entries, and as iCalendar (RFC 5545).

mod entry;
mod ical;
mod route;
mod selection;

pub use entry::{Entry, Event, entries};
pub use route::calendar;
pub use selection::Selection;

//! Indicators: definitions and values, and who sees single counts of persons.

mod equality;
mod raw;
mod received;
mod shifts;
mod values;

/// An indicator of the example that counts persons.
pub(crate) const COUNTS_PERSONS: &str = "exempel_skyddsplacerade_antal";

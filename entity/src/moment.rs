//! Instants: microseconds since 1970, the same on both databases.

use chrono::{DateTime, Utc};
use sea_orm::DeriveValueType;

/// An instant in microseconds, as it is stored (`BIGINT`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct Moment(i64);

/// The columns of the tables that hold an instant; no column of another meaning has such a name.
pub const INSTANT_COLUMNS: &[&str] = &[
    "as_of",
    "at",
    "committed_at",
    "embargo_until",
    "published_at",
    "received_at",
    "redacted_at",
    "saved_at",
    "sealed_at",
];

impl Moment {
    /// The instant of a number of microseconds since 1970.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The instant one microsecond later.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The same instant as a calendar type.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// Microseconds since 1970.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant.timestamp_micros())
    }
}

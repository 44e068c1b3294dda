//! What municipalities reported of persons.

use crate::figure::Absent;
use crate::register::RecipientPeriod;

/// Whose counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Everybody's.
    Total,
    /// Women's.
    Women,
    /// Men's.
    Men,
}

impl Sex {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Total, Self::Women, Self::Men];
}

/// A count of a municipality, a year and a sex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Code of the municipality.
    pub municipality: String,
    /// Year.
    pub year: i32,
    /// Whose.
    pub sex: Sex,
    /// How many persons, 0 or more; or why it is not known.
    pub value: Result<i64, Absent>,
}

/// The rows of a table: one for each municipality, year and sex at most.
#[derive(Debug, Clone, Default)]
pub struct PersonRows {
    /// The counts.
    pub rows: Vec<PersonRow>,
    /// The register: where municipalities lie on 31 December of each year.
    pub recipients: Vec<RecipientPeriod>,
}

//! Recipients and populations: the rows that several analyses share, and what they say of a year.

mod classified;
mod lookup;
mod place;
mod succession;

use chrono::NaiveDate;

use crate::figure::{Absent, RecipientKind};

pub(crate) use classified::Classified;
pub(crate) use lookup::Register;
pub(crate) use place::{COUNTY, POPULATION_GROUP, Place};
pub use succession::{RecipientLink, Succession, Successor};

/// A recipient over one period of validity. One code may have several periods, which do not
/// overlap, with other counties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientPeriod {
    /// The recipient's code.
    pub code: String,
    /// Its kind.
    pub kind: RecipientKind,
    /// The code of its county; None where it is protected or has none.
    pub county: Option<String>,
    /// Why there is no county: [`Absent::Protected`] or [`Absent::NotApplicable`].
    pub county_absent: Option<Absent>,
    /// Its population group, where it has one.
    pub population_group: Option<u8>,
    /// The first day of the period; None = from the beginning.
    pub valid_from: Option<NaiveDate>,
    /// The last day of the period; None = until further notice.
    pub valid_to: Option<NaiveDate>,
}

/// The population of a recipient on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// The recipient's code.
    pub recipient: String,
    /// The day.
    pub date: NaiveDate,
    /// The inhabitants.
    pub count: i64,
}

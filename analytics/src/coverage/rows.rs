//! The rows that coverage is computed from.

use crate::register::{Population, RecipientPeriod, Succession};

/// Everything that counts, of the assignment asked about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoverageRows {
    /// The support events.
    pub events: Vec<Event>,
    /// The register of recipients.
    pub recipients: Vec<RecipientPeriod>,
    /// Their populations.
    pub populations: Vec<Population>,
    /// Under which codes and where recipients stand: as of their year, or by this succession. By it,
    /// recipients are those valid on its day, whatever the year.
    pub succession: Option<Succession>,
    /// The numbers of the plan's main activities: `4`, `4a`.
    pub main_activities: Vec<String>,
}

/// A support event (insats).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its code; unique.
    pub code: String,
    /// The code of the organisation that held it.
    pub organisation: String,
    /// The year it was held in.
    pub year: i32,
    /// The code of its form.
    pub form: String,
    /// The number of its main activity, with the letter where it has one.
    pub main_activity: String,
    /// How many took part.
    pub participants: i64,
    /// The codes of the recipients reached, of any kind; repetitions count once.
    pub reached: Vec<String>,
}

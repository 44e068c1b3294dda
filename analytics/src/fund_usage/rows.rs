//! The rows that fund figures are computed from. Amounts are öre.

use chrono::NaiveDate;

use crate::figure::RecipientKind;
use crate::register::{Population, RecipientPeriod, Succession};

/// Everything that counts, of the rounds asked about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FundRows {
    /// The rounds; codes are unique.
    pub rounds: Vec<Round>,
    /// The register of recipients.
    pub recipients: Vec<RecipientPeriod>,
    /// Their populations.
    pub populations: Vec<Population>,
    /// Under which codes and where recipients stand: as of their year, or by this succession.
    pub succession: Option<Succession>,
    /// What each may requisition.
    pub allocations: Vec<Amount>,
    /// What each has requisitioned; 0 counts as not requisitioning.
    pub requisitions: Vec<Amount>,
    /// Applications, whatever was decided.
    pub applications: Vec<Application>,
    /// Payments; reversals are negative.
    pub payments: Vec<Amount>,
    /// Usage reports, one per round and recipient.
    pub usage_reports: Vec<UsageReport>,
    /// Repayments; reversals are negative.
    pub repayments: Vec<Amount>,
    /// The codes of the use areas in display order: each line lists all of them.
    pub use_areas: Vec<String>,
}

/// A round of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// The round's code.
    pub code: String,
    /// The grant year.
    pub year: i32,
    /// Whom it is for.
    pub kind: RecipientKind,
    /// Whether recipients apply (NGOs) instead of requisitioning.
    pub by_application: bool,
    /// The last day for usage reports, included.
    pub report_by: NaiveDate,
    /// What there is to pay out.
    pub available_ore: i64,
}

/// An amount of one recipient in one round. Several rows of the same pair add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The round's code.
    pub round: String,
    /// The recipient's code.
    pub recipient: String,
    /// The amount.
    pub ore: i64,
}

/// An application, whatever was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The round's code.
    pub round: String,
    /// The recipient's code.
    pub recipient: String,
    /// What was applied for.
    pub applied_ore: i64,
    /// What was granted; 0 unless the decision is to grant, wholly or in part.
    pub granted_ore: i64,
    /// What was decided.
    pub outcome: Outcome,
}

/// What was decided on an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Granted.
    Granted,
    /// Partly granted.
    PartlyGranted,
    /// Declined.
    Declined,
    /// Withdrawn by the applicant.
    Withdrawn,
    /// Nothing is decided yet.
    Undecided,
}

impl Outcome {
    /// All outcomes, in the order of their declaration.
    pub(crate) const ALL: [Self; 5] = [
        Self::Granted,
        Self::PartlyGranted,
        Self::Declined,
        Self::Withdrawn,
        Self::Undecided,
    ];
}

/// What a recipient says that it has used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageReport {
    /// The round's code.
    pub round: String,
    /// The recipient's code.
    pub recipient: String,
    /// The day of the report.
    pub reported_on: NaiveDate,
    /// Used, by code of the use area.
    pub used: Vec<(String, i64)>,
    /// Not used, to be paid back.
    pub unused_ore: i64,
}

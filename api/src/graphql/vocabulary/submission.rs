//! The life of a submission and what is said of it.

use async_graphql::Enum;

/// Where a submission is in its life (inleveransens läge).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::SubmissionState", name = "SubmissionState")]
pub enum SubmissionState {
    /// Received: it waits for a decision (mottagen).
    Received,
    /// Accepted: it counts (godkänd).
    Accepted,
    /// Refused by the rules; its rows were not kept (avvisad).
    Refused,
    /// Returned for completion (återsänd för komplettering).
    Returned,
    /// Withdrawn (återkallad).
    Withdrawn,
}

/// What happens to a submission (händelse).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::SubmissionEvent", name = "SubmissionEventKind")]
pub enum SubmissionEventKind {
    /// Received and waiting (mottagen).
    Received,
    /// Accepted (godkänd).
    Accepted,
    /// Refused by the rules (avvisad).
    Refused,
    /// Returned for completion (återsänd).
    Returned,
    /// Withdrawn (återkallad).
    Withdrawn,
}

/// What came of a file on receipt (utfall).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::Verdict", name = "Verdict")]
pub enum Verdict {
    /// Its rows count (godkänd).
    Accepted,
    /// Its rows wait for a decision (mottagen).
    Received,
    /// The rules refuse it; none of its rows is kept (avvisad).
    Rejected,
    /// It is already the latest file of its kind and sender (oförändrad).
    Unchanged,
    /// Of a kind that is not received yet (hanteras inte).
    NotHandled,
}

/// How grave a finding is (allvarlighet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::Severity", name = "Severity")]
pub enum Severity {
    /// It blocks the submission (fel).
    Error,
    /// It does not (varning).
    Warning,
}

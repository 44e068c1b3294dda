//! The life of a submission: received, judged, accepted or returned, withdrawn; each step in one transaction.

mod assignment;
mod basis;
mod compare;
mod decide;
mod delivery;
mod judge;
mod keep;
mod once;
mod open_intervals;
mod receive;
mod registers;
mod restore;
mod version;
mod withdraw;

use entity::{OrganisationCode, RegistryNumber};
use sea_orm::DbErr;

use crate::intake::Misread;

pub use decide::{Decision, Outcome, Refusal, accept, send_back};
pub use delivery::{Actor, Delivery, Mode};
pub use once::{Answered, Caller, Once, Received, answered};
pub use receive::{receive, receive_once};
pub use withdraw::withdraw;

/// Calls a function for the kind that a value says.
macro_rules! by_kind {
    ($kind:expr, $call:ident($($argument:expr),* $(,)?)) => {
        match $kind {
            Kind::Assignments => $call::<intake::Assignments>($($argument),*).await,
            Kind::Decisions => $call::<intake::Decisions>($($argument),*).await,
            Kind::Appropriations => $call::<intake::Appropriations>($($argument),*).await,
            Kind::Programmes => $call::<intake::Programmes>($($argument),*).await,
            Kind::Organisations => $call::<intake::Organisations>($($argument),*).await,
            Kind::Roles => $call::<intake::Roles>($($argument),*).await,
            Kind::Goals => $call::<intake::Goals>($($argument),*).await,
            Kind::MainActivities => $call::<intake::MainActivities>($($argument),*).await,
            Kind::Deliverables => $call::<intake::Deliverables>($($argument),*).await,
            Kind::SupportForms => $call::<intake::SupportForms>($($argument),*).await,
            Kind::KnowledgeProducts => $call::<intake::KnowledgeProducts>($($argument),*).await,
            Kind::ReportContents => $call::<intake::ReportContents>($($argument),*).await,
            Kind::AllocationKeys => $call::<intake::AllocationKeys>($($argument),*).await,
            Kind::AllocationRules => $call::<intake::AllocationRules>($($argument),*).await,
            Kind::PublishedFigures => $call::<intake::PublishedFigures>($($argument),*).await,
            Kind::CodeLists => $call::<intake::CodeLists>($($argument),*).await,
            Kind::SourceDocuments => $call::<intake::SourceDocuments>($($argument),*).await,
            Kind::SourceConflicts => $call::<intake::SourceConflicts>($($argument),*).await,
            Kind::Counties => $call::<intake::Counties>($($argument),*).await,
            Kind::Recipients => $call::<intake::Recipients>($($argument),*).await,
            Kind::Populations => $call::<intake::Populations>($($argument),*).await,
            Kind::Rounds => $call::<intake::Rounds>($($argument),*).await,
            Kind::Allocations => $call::<intake::Allocations>($($argument),*).await,
            Kind::Requisitions => $call::<intake::Requisitions>($($argument),*).await,
            Kind::Applications => $call::<intake::Applications>($($argument),*).await,
            Kind::Payments => $call::<intake::Payments>($($argument),*).await,
            Kind::UsageReports => $call::<intake::UsageReports>($($argument),*).await,
            Kind::Repayments => $call::<intake::Repayments>($($argument),*).await,
            Kind::RepaymentClaims => $call::<intake::RepaymentClaims>($($argument),*).await,
            Kind::AdministrativeCosts => $call::<intake::AdministrativeCosts>($($argument),*).await,
            Kind::Deliveries => $call::<intake::Deliveries>($($argument),*).await,
            Kind::SupportEvents => $call::<intake::SupportEvents>($($argument),*).await,
            Kind::RecipientLinks => $call::<intake::RecipientLinks>($($argument),*).await,
            Kind::ActivityPlan => $call::<intake::ActivityPlan>($($argument),*).await,
            Kind::ActivityReports => $call::<intake::ActivityReports>($($argument),*).await,
            Kind::DeviationDecisions => $call::<intake::DeviationDecisions>($($argument),*).await,
            Kind::Narratives => $call::<intake::Narratives>($($argument),*).await,
            Kind::IndicatorDefinitions => $call::<intake::IndicatorDefinitions>($($argument),*).await,
            Kind::IndicatorValues => $call::<intake::IndicatorValues>($($argument),*).await,
        }
    };
}
use by_kind;

/// Why a file could not even be judged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The sender does not exist.
    #[error("the organisation {0} does not exist: see the codes in the register of organisations")]
    UnknownOrganisation(OrganisationCode),
    /// The assignment does not exist.
    #[error("the assignment {0} does not exist")]
    UnknownAssignment(RegistryNumber),
    /// The kind's rows belong to an assignment; none was said, and the rows do not name one and only one.
    #[error(
        "{0} belong to an assignment: say its registry number, with assignment=… in a request, --assignment on the command line, or in manifest.json"
    )]
    AssignmentNeeded(&'static str),
    /// A plan is a whole version, and which was not said.
    #[error(
        "an activity plan is a whole version: say which with --plan-version or in manifest.json, and --decided-on once it is decided"
    )]
    PlanVersionNeeded,
    /// The file's name cannot be kept, and why.
    #[error("the file's name {0}: name it otherwise")]
    FileName(&'static str),
    /// The person may not hand in files for the sender.
    #[error("{0}")]
    NotAllowed(String),
    /// The kept file reads as other rows than it did on receipt.
    #[error("the file of submission {0} reads otherwise than on receipt: it must be sent again")]
    ReadsOtherwise(i64),
    /// The key was said before, of something else.
    #[error(
        "the key was said before with another file, or with something else said about it: take another"
    )]
    KeyReused,
    /// The database failed.
    #[error("the database could not be used")]
    Database(#[from] DbErr),
    /// A mistake in the program's own table of columns.
    #[error(transparent)]
    Misread(#[from] Misread),
}

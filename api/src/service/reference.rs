//! The reference data: real facts that travel in the program, loaded as ordinary submissions of their own.

use entity::submission::{self, REFERENCE_SENDER};
use entity::{Kind, Nature, OrganisationCode, RegistryNumber, Verdict};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use sha2::{Digest, Sha256};

use super::submission::{Actor, Delivery, Error, Mode, receive};
use crate::clock::Clock;
use crate::intake::{Limits, hex};
use crate::store::Store;

macro_rules! files {
    ($($kind:ident $name:literal),+ $(,)?) => {
        /// Kind, name and bytes of each file, in the order in which they build on each other.
        const FILES: &[(Kind, &str, &[u8])] =
            &[$((Kind::$kind, $name, include_bytes!(concat!("../../reference/", $name)))),+];
    };
}

files!(
    SourceDocuments "01-source_documents.csv",
    Organisations "02-organisations.csv",
    Counties "03-counties.csv",
    Assignments "04-assignments.csv",
    Decisions "05-decisions.csv",
    CodeLists "06-code_lists.csv",
    Appropriations "07-appropriations.csv",
    Programmes "08-programmes.csv",
    Roles "09-roles.csv",
    Goals "10-goals.csv",
    MainActivities "11-main_activities.csv",
    Deliverables "12-deliverables.csv",
    SupportForms "13-support_forms.csv",
    Recipients "14-recipients.csv",
    Recipients "15-recipients.csv",
    Populations "16-populations.csv",
    Populations "17-populations.csv",
    AllocationKeys "18-allocation_keys.csv",
    PublishedFigures "19-published_figures.csv",
    SourceConflicts "20-source_conflicts.csv",
    AllocationRules "21-allocation_rules.csv",
    ActivityPlan "22-activity_plan.csv",
    KnowledgeProducts "23-knowledge_products.csv",
    ReportContents "24-report_contents.csv",
);

/// Why the reference data could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Receiving failed.
    #[error(transparent)]
    Receive(#[from] Error),
    /// The database failed.
    #[error("the database could not be used")]
    Database(#[from] DbErr),
    /// The rules refuse a file that travels in the program: a mistake in the program.
    #[error("the reference file {0} breaks the rules: {1}")]
    Refused(String, String),
}

/// Loads what is missing.
///
/// # Errors
/// The database fails, or a file breaks the rules.
pub async fn load_missing(store: &Store, clock: &Clock) -> Result<(), LoadError> {
    let known = known(store).await?;
    for (kind, name, bytes) in FILES {
        if known.contains(&hex(&Sha256::digest(bytes))) {
            continue;
        }
        let delivery = Delivery {
            file_name: (*name).to_owned(),
            bytes: bytes.to_vec(),
            kind: *kind,
            assignment: of_plan(*kind).map(|(assignment, _)| assignment),
            organisation: OrganisationCode::parse(REFERENCE_SENDER)
                .map_err(|_| Error::AssignmentNeeded(REFERENCE_SENDER))?,
            actor: Actor::Reference,
            nature: Nature::Real,
            registered_on: None,
            plan_version: of_plan(*kind).map(|(_, version)| version),
            decided_on: None,
        };
        let report = receive(store, clock, Limits::default(), &delivery, Mode::Receive).await?;
        if report.verdict == Verdict::Rejected {
            let first = report
                .findings
                .first()
                .map(|finding| format!("{finding:?}"))
                .unwrap_or_default();
            return Err(LoadError::Refused(report.file, first));
        }
    }
    Ok(())
}

/// Assignment and version of the plan that is among the reference data.
///
/// The plan of 2020 prints no version and no day: 1 is ours.
fn of_plan(kind: Kind) -> Option<(RegistryNumber, i64)> {
    let assignment = RegistryNumber::parse("S2020/01591/SOF").ok()?;
    (kind == Kind::ActivityPlan).then_some((assignment, 1))
}

/// Hashes of the reference files that the store has.
#[expect(
    clippy::disallowed_methods,
    reason = "submissions are no facts of a dataset"
)]
async fn known(store: &Store) -> Result<Vec<String>, DbErr> {
    submission::Entity::find()
        .filter(submission::Column::OrganisationCode.eq(REFERENCE_SENDER))
        .filter(submission::Column::Verdict.eq(Verdict::Accepted))
        .select_only()
        .column(submission::Column::Sha256)
        .into_tuple()
        .all(store.connection())
        .await
}

//! Receiving a file: all or nothing, findings as data, a dry run on the same path.

mod basis;
mod compare;
mod keep;

use chrono::NaiveDate;
use entity::{KeyOwner, Kind, Nature, OrganisationCode, RegistryNumber, Verdict};
use sea_orm::DbErr;
use sha2::{Digest, Sha256};

use crate::clock::Clock;
use crate::intake::{self, FileReport, Findings, Intake, Limits, Misread, hex};
use crate::store::{Dataset, Store};

/// A file as somebody hands it in.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Name of the file, without folders.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What its rows are.
    pub kind: Kind,
    /// The assignment it is sent for, where one was said.
    pub assignment: Option<RegistryNumber>,
    /// The sender: whose data it is.
    pub organisation: OrganisationCode,
    /// Who hands it in.
    pub actor: Actor,
    /// Real, synthetic or mixed.
    pub nature: Nature,
    /// The day the document was registered, where it is older.
    pub registered_on: Option<NaiveDate>,
    /// The plan version that the file is, for activity plans.
    pub plan_version: Option<i64>,
    /// The day that version was decided.
    pub decided_on: Option<NaiveDate>,
}

/// Who hands a file in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The coordinator, at the command line: clean files count at once.
    Coordinator,
    /// Samsyn itself, with its reference data: once for each content.
    Reference,
}

impl Actor {
    const fn name(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Reference => "samsyn",
        }
    }
}

/// Whether anything is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The verdict alone; nothing is kept.
    DryRun,
    /// Kept.
    Receive,
}

/// Why a file could not even be judged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The sender does not exist.
    #[error("the organisation {0} does not exist: see the codes in the register of organisations")]
    UnknownOrganisation(OrganisationCode),
    /// The assignment does not exist.
    #[error("the assignment {0} does not exist")]
    UnknownAssignment(RegistryNumber),
    /// The kind's keys begin with the assignment, and none was said.
    #[error("{0} belong to an assignment: say which with --assignment or in manifest.json")]
    AssignmentNeeded(&'static str),
    /// The database failed.
    #[error("the database could not be used")]
    Database(#[from] DbErr),
    /// A mistake in the program's own table of columns.
    #[error(transparent)]
    Misread(#[from] Misread),
}

/// Receives a file, or says what would come of it.
///
/// # Errors
/// The sender or the assignment does not exist, or the database fails; what is wrong with the file is no error but its
/// report.
pub async fn receive(
    store: &Store,
    clock: &Clock,
    limits: Limits,
    delivery: &Delivery,
    mode: Mode,
) -> Result<FileReport, Error> {
    macro_rules! by_kind {
        ($($kind:ident),+ $(,)?) => {
            match delivery.kind {
                $(Kind::$kind => receive_as::<intake::$kind>(store, clock, limits, delivery, mode).await,)+
                Kind::RecipientLinks
                | Kind::ActivityPlan
                | Kind::ActivityReports
                | Kind::IndicatorDefinitions
                | Kind::IndicatorValues => Ok(not_handled(delivery)),
            }
        };
    }
    by_kind!(
        Assignments,
        Decisions,
        Appropriations,
        Programmes,
        Organisations,
        Roles,
        Goals,
        MainActivities,
        Deliverables,
        SupportForms,
        AllocationKeys,
        AllocationRules,
        PublishedFigures,
        CodeLists,
        SourceDocuments,
        SourceConflicts,
        Counties,
        Recipients,
        Populations,
        Rounds,
        Allocations,
        Requisitions,
        Applications,
        Payments,
        UsageReports,
        Repayments,
        RepaymentClaims,
        AdministrativeCosts,
        SupportEvents,
    )
}

async fn receive_as<K: Intake>(
    store: &Store,
    clock: &Clock,
    limits: Limits,
    delivery: &Delivery,
    mode: Mode,
) -> Result<FileReport, Error> {
    if delivery.kind.key_owner() == KeyOwner::Assignment && delivery.assignment.is_none() {
        return Err(Error::AssignmentNeeded(delivery.kind.code()));
    }
    let sha256 = hex(&Sha256::digest(&delivery.bytes));
    // Reading needs no lock: others write meanwhile.
    let (table, mut findings) =
        intake::table_of(&delivery.file_name, &delivery.bytes, delivery.kind, limits);
    let mut rows = match &table {
        Some(table) => intake::read_rows::<K>(table, delivery.assignment.as_ref(), &mut findings)?,
        None => Vec::new(),
    };
    let writer = store.begin_write().await?;
    let judged = async {
        let dataset = Dataset::present_on(writer.transaction(), clock).await?;
        if compare::is_latest(&writer, delivery, &sha256).await? {
            return Ok((
                report(delivery, Verdict::Unchanged, [0; 3], Findings::default()),
                false,
            ));
        }
        let rounds = intake::rounds_of(&rows);
        let basis = basis::load(&writer, &dataset, delivery, &rounds, K::MONEY).await?;
        K::settle(&mut rows, &basis);
        K::check(&rows, &basis, &mut findings);
        let sheet = table.and_then(|table| table.sheet);
        let comparison = compare::with_counting(&writer, K::KIND, &rows, &mut findings).await?;
        let blocked = findings.blocks();
        let verdict = if blocked {
            Verdict::Rejected
        } else {
            Verdict::Accepted
        };
        let counts = if blocked { [0; 3] } else { comparison.counts() };
        let report = report(delivery, verdict, counts, findings);
        if mode == Mode::Receive {
            let receipt = keep::Receipt {
                delivery,
                sha256: &sha256,
                sheet,
                report: &report,
            };
            keep::keep::<K>(&writer, clock, &dataset, receipt, rows, comparison).await?;
        }
        Ok((report, mode == Mode::Receive))
    };
    // A transaction that is dropped is rolled back; saying so keeps the lock no longer than needed.
    let result: Result<(FileReport, bool), Error> = judged.await;
    match result {
        Ok((report, true)) => {
            writer.commit().await?;
            Ok(report)
        }
        Ok((report, false)) => {
            writer.roll_back().await?;
            Ok(report)
        }
        Err(error) => {
            writer.roll_back().await?;
            Err(error)
        }
    }
}

fn report(
    delivery: &Delivery,
    verdict: Verdict,
    counts: [i64; 3],
    findings: Findings,
) -> FileReport {
    let [new, corrected, unchanged] = counts;
    FileReport {
        file: delivery.file_name.clone(),
        kind: Some(delivery.kind.code().to_owned()),
        verdict,
        new,
        corrected,
        unchanged,
        findings: findings.into_sorted(),
    }
}

fn not_handled(delivery: &Delivery) -> FileReport {
    report(delivery, Verdict::NotHandled, [0; 3], Findings::default())
}

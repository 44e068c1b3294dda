//! Deciding: a submission that waits is accepted, after its rules have run again, or returned for completion.

use entity::{
    Kind, Moment, SubmissionEvent, SubmissionState, looks_like_personal_number, submission,
};

use super::delivery::{Actor, Delivery};
use super::version::{self, Happening, IntervalChange};
use super::{Error, by_kind, judge};
use crate::clock::Clock;
use crate::intake::{self, Finding, Intake, Limits};
use crate::policy::{self, Denial, Scope, Viewer};
use crate::service::redaction::Erased;
use crate::service::{audit, person_table};
use crate::store::{self, Dataset, Store, Writer};

/// Characters of a reason at most.
const MOST_REASON: usize = 2_000;

/// What somebody decides of a submission.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Who decides.
    pub viewer: Viewer,
    /// Which submissions they reach in this action.
    pub scope: Scope,
    /// The submission.
    pub submission: i64,
    /// How many events its life had when they decided.
    pub expected_version: i64,
    /// Why; required where it is returned.
    pub reason: Option<String>,
}

/// What came of a decision.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is done; what the rules warn of.
    Done(Vec<Finding>),
    /// Nothing was done.
    Refused(Refusal),
}

/// Why nothing was done.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// There is no such submission within reach.
    NotFound,
    /// Something has happened to it meanwhile: so many events its life has now.
    Conflict(i64),
    /// The viewer may not, or not now.
    Denied(Denial),
    /// A reason is missing, too long, or holds a personal identity number.
    Reason(Denial),
    /// The file was redacted: its rows cannot be judged again.
    FileRedacted,
    /// The rules refuse it now.
    Findings(Vec<Finding>),
}

/// A submission at a point of its life.
pub(super) struct Standing {
    pub(super) model: submission::Model,
    pub(super) state: SubmissionState,
}

/// The submission of a decision as it stands, where the decision may be made of it.
pub(super) async fn standing(
    db: &impl sea_orm::ConnectionTrait,
    decision: &Decision,
    event: SubmissionEvent,
) -> Result<Result<Standing, Refusal>, Error> {
    let found = store::submission::one(db, &decision.scope, decision.submission).await?;
    let Some(model) = found else {
        return Ok(Err(Refusal::NotFound));
    };
    let events = store::submission::events(db, &[model.id]).await?;
    let version = i64::try_from(events.len()).unwrap_or(i64::MAX);
    if version != decision.expected_version {
        return Ok(Err(Refusal::Conflict(version)));
    }
    let Some(state) = SubmissionState::of(events.iter().map(|one| one.event)) else {
        return Ok(Err(Refusal::NotFound));
    };
    Ok(policy::may(&decision.viewer, event, &model, state)
        .map(|()| Standing { model, state })
        .map_err(Refusal::Denied))
}

/// Accepts a submission that waits: its rows count from now on.
///
/// # Errors
/// The database fails.
pub async fn accept(
    store: &Store,
    clock: &Clock,
    limits: Limits,
    decision: &Decision,
) -> Result<Outcome, Error> {
    let event = SubmissionEvent::Accepted;
    let standing = match standing(store.connection(), decision, event).await? {
        Ok(standing) => standing,
        Err(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let bytes = store::submission::bytes(store.connection(), &standing.model.sha256).await?;
    let Some(bytes) = bytes else {
        return Ok(Outcome::Refused(Refusal::FileRedacted));
    };
    let delivery = delivery_of(standing.model, bytes);
    by_kind!(
        delivery.kind,
        accept_as(store, clock, limits, decision, &delivery)
    )
}

/// The delivery as it was on receipt; who decides settles it.
fn delivery_of(model: submission::Model, bytes: Vec<u8>) -> Delivery {
    Delivery {
        file_name: model.file_name,
        bytes,
        kind: model.kind,
        assignment: model.assignment,
        organisation: model.organisation_code,
        actor: Actor::Coordinator,
        nature: model.nature,
        registered_on: model.registered_on,
        plan_version: model.plan_version,
        decided_on: model.decided_on,
    }
}

async fn accept_as<K: Intake>(
    store: &Store,
    clock: &Clock,
    limits: Limits,
    decision: &Decision,
    delivery: &Delivery,
) -> Result<Outcome, Error> {
    let read = judge::read::<K>(delivery, limits)?;
    let writer = store.begin_write().await?;
    let accepted = accept_in::<K>(&writer, clock, limits, decision, delivery, read).await;
    end(writer, accepted).await
}

/// Commits what is done, and leaves nothing of what is not.
pub(super) async fn end(writer: Writer, outcome: Result<Outcome, Error>) -> Result<Outcome, Error> {
    match &outcome {
        Ok(Outcome::Done(_)) => writer.commit().await?,
        _ => writer.roll_back().await,
    }
    outcome
}

async fn accept_in<K: Intake>(
    writer: &Writer,
    clock: &Clock,
    limits: Limits,
    decision: &Decision,
    delivery: &Delivery,
    mut read: judge::Read<K::Fact>,
) -> Result<Outcome, Error> {
    let db = writer.transaction();
    // Looked at again under the lock: of two that decide at the same time one comes too late.
    let standing = match standing(db, decision, SubmissionEvent::Accepted).await? {
        Ok(standing) => standing,
        Err(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    // What was read before the lock may have been taken away since, or be the same as what was.
    if !store::submission::is_there(db, &standing.model.sha256).await? {
        return Ok(Outcome::Refused(Refusal::FileRedacted));
    }
    let erased = Erased::load(db).await?;
    erased.check(&standing.model.sha256, delivery, limits, &mut read.findings);
    let dataset = Dataset::present_on(db, clock).await?;
    let judged = judge::judge::<K>(writer, &dataset, delivery, read).await?;
    if judged.findings.blocks() {
        let findings = judged.findings.into_sorted();
        return Ok(Outcome::Refused(Refusal::Findings(findings)));
    }
    let model = &standing.model;
    if i64::try_from(judged.rows.len()) != Ok(model.row_count) {
        return Err(Error::ReadsOtherwise(model.id));
    }
    let happening = Happening {
        submission_id: model.id,
        event: SubmissionEvent::Accepted,
        actor: &decision.viewer.subject,
        reason_id: None,
        not_before: model.received_at,
    };
    let happened = version::happen(writer, clock, happening, true).await?;
    if let Some(version) = happened.version {
        let keys = judged.rows.iter().map(|row| row.head.key.clone()).collect();
        let change = IntervalChange::of_rows(model.first_row_id, keys, &judged.comparison);
        change.make(writer, K::KIND, version).await?;
        let made = (version, happened.at);
        let actor = &decision.viewer.subject;
        person_table::first(writer, K::KIND, made, actor, judged.hidden_up_to).await?;
    }
    note(writer, happened.at, decision, "submission.accepted", model).await?;
    Ok(Outcome::Done(judged.findings.into_sorted()))
}

/// Returns a submission that waits, for completion, with a reason.
///
/// # Errors
/// The database fails.
pub async fn send_back(
    store: &Store,
    clock: &Clock,
    decision: &Decision,
) -> Result<Outcome, Error> {
    let writer = store.begin_write().await?;
    let returned = send_back_in(&writer, clock, decision).await;
    end(writer, returned).await
}

async fn send_back_in(
    writer: &Writer,
    clock: &Clock,
    decision: &Decision,
) -> Result<Outcome, Error> {
    let event = SubmissionEvent::Returned;
    let standing = match standing(writer.transaction(), decision, event).await? {
        Ok(standing) => standing,
        Err(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let Some(reason) = &decision.reason else {
        return Ok(Outcome::Refused(Refusal::Reason(NO_REASON)));
    };
    let reason_id = match keep_reason(writer, Some(reason)).await? {
        Ok(id) => id,
        Err(denial) => return Ok(Outcome::Refused(Refusal::Reason(denial))),
    };
    let happening = Happening {
        submission_id: standing.model.id,
        event,
        actor: &decision.viewer.subject,
        reason_id,
        not_before: standing.model.received_at,
    };
    let happened = version::happen(writer, clock, happening, true).await?;
    let model = &standing.model;
    note(writer, happened.at, decision, "submission.returned", model).await?;
    Ok(Outcome::Done(Vec::new()))
}

const NO_REASON: Denial = Denial {
    sv: "Skriv varför, så att avsändaren vet vad som ska kompletteras.",
    en: "Say why, so that the sender knows what to complete.",
};
const LONG_REASON: Denial = Denial {
    sv: "Skälet är längre än 2 000 tecken. Korta det.",
    en: "The reason is longer than 2,000 characters. Shorten it.",
};
const PERSONAL_REASON: Denial = Denial {
    sv: "Skälet innehåller något som ser ut som ett personnummer. Ta bort det.",
    en: "The reason holds what looks like a personal identity number. Take it out.",
};

/// Keeps a reason among the free texts.
pub(super) async fn keep_reason(
    writer: &Writer,
    reason: Option<&String>,
) -> Result<Result<Option<i64>, Denial>, Error> {
    let Some(reason) = reason else {
        return Ok(Ok(None));
    };
    if reason.trim().is_empty() {
        return Ok(Err(NO_REASON));
    }
    if reason.chars().count() > MOST_REASON {
        return Ok(Err(LONG_REASON));
    }
    if looks_like_personal_number(reason) {
        return Ok(Err(PERSONAL_REASON));
    }
    let kept = writer
        .keep_texts(vec![Some(reason.trim().to_owned())])
        .await?;
    Ok(Ok(kept.into_iter().flatten().next()))
}

/// Appends to the audit chain what was decided.
pub(super) async fn note(
    writer: &Writer,
    at: Moment,
    decision: &Decision,
    action: &str,
    model: &submission::Model,
) -> Result<(), Error> {
    let event = audit::Event {
        actor: &decision.viewer.subject,
        action,
        subject: format!("submission {}", model.id),
        detail: format!("{} sha256 {}", model.kind.code(), model.sha256),
    };
    Ok(audit::append(writer, at, event).await?)
}

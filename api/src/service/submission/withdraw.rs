//! Withdrawing a submission: what waits waits no longer, what counts gives way to what it had replaced.

use entity::{SubmissionEvent, SubmissionState};

use super::decide::{Decision, Outcome, Refusal, end, keep_reason, note, standing};
use super::version::{self, Happening};
use super::{Error, restore};
use crate::clock::Clock;
use crate::store::{Store, Writer};

/// Withdraws a submission.
///
/// # Errors
/// The database fails.
pub async fn withdraw(store: &Store, clock: &Clock, decision: &Decision) -> Result<Outcome, Error> {
    let writer = store.begin_write().await?;
    let withdrawn = withdraw_in(&writer, clock, decision).await;
    end(writer, withdrawn).await
}

async fn withdraw_in(
    writer: &Writer,
    clock: &Clock,
    decision: &Decision,
) -> Result<Outcome, Error> {
    let event = SubmissionEvent::Withdrawn;
    let standing = match standing(writer.transaction(), decision, event).await? {
        Ok(standing) => standing,
        Err(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let reason_id = match keep_reason(writer, decision.reason.as_ref()).await? {
        Ok(id) => id,
        Err(denial) => return Ok(Outcome::Refused(Refusal::Reason(denial))),
    };
    let model = &standing.model;
    let change = match standing.state {
        SubmissionState::Accepted => restore::what_it_replaced(writer, model).await?,
        _ => version::IntervalChange::default(),
    };
    let happening = Happening {
        submission_id: model.id,
        event,
        actor: &decision.viewer.subject,
        reason_id,
        not_before: model.received_at,
    };
    let happened = version::happen(writer, clock, happening, true).await?;
    if let Some(version) = happened.version {
        change.make(writer, model.kind, version).await?;
    }
    note(writer, happened.at, decision, "submission.withdrawn", model).await?;
    Ok(Outcome::Done(Vec::new()))
}

//! What happened to a submission, and what may happen to it.

use std::collections::HashMap;

use async_graphql::{Enum, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{SubmissionEvent as Stored, SubmissionState, submission, submission_event};

use crate::graphql::error;
use crate::graphql::reading::Shelf;
use crate::graphql::vocabulary::SubmissionEventKind;
use crate::policy::{Action, Scope, may};
use crate::store;

/// Something that happened to a submission (händelse).
#[derive(Clone, Debug, SimpleObject)]
pub struct SubmissionEvent {
    /// What (slag av händelse).
    event: SubmissionEventKind,
    /// When (tidpunkt).
    at: DateTime<Utc>,
    /// Who made it happen (vem).
    actor: String,
    /// Why, where a reason was given and not redacted (skäl).
    reason: Option<String>,
}

/// What a viewer may make happen to a submission (åtgärd).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SubmissionAction {
    /// Accept it: its rows count (godkänn).
    Accept,
    /// Return it for completion (återsänd för komplettering).
    Return,
    /// Withdraw it: what it had replaced counts again (återkalla).
    Withdraw,
}

/// Whether a viewer may do something, and why not (tillåten åtgärd).
#[derive(Clone, Debug, SimpleObject)]
pub struct AllowedAction {
    /// What (åtgärd).
    action: SubmissionAction,
    /// Whether it is allowed now (tillåten).
    allowed: bool,
    /// Why not, in Swedish (skäl).
    reason: Option<&'static str>,
    /// Why not, in English (skäl på engelska).
    reason_en: Option<&'static str>,
}

/// The events with their reasons: one statement.
pub(super) async fn events(
    shelf: &Shelf,
    events: &[submission_event::Model],
) -> Result<Vec<SubmissionEvent>> {
    let ids: Vec<i64> = events.iter().filter_map(|event| event.reason_id).collect();
    let mut reasons = HashMap::new();
    if !ids.is_empty() {
        let db = shelf.request.reports.store().connection();
        let found = store::free_text::bodies(db, &ids).await;
        reasons = found.map_err(|error| error::report(error.into()))?;
        for id in reasons.keys() {
            let what = format!("free_text {id}");
            shelf.request.note_read(Action::ReadFreeTexts, what);
        }
    }
    let event = |one: &submission_event::Model| SubmissionEvent {
        event: one.event.into(),
        at: one.at.utc(),
        actor: one.actor.clone(),
        reason: one.reason_id.and_then(|id| reasons.get(&id).cloned()),
    };
    Ok(events.iter().map(event).collect())
}

/// What the viewer may make happen to a submission.
pub(super) fn actions(
    shelf: &Shelf,
    model: &submission::Model,
    state: Option<SubmissionState>,
) -> Vec<AllowedAction> {
    let viewer = &shelf.request.viewer;
    let each = [
        (SubmissionAction::Accept, Stored::Accepted, Action::Decide),
        (SubmissionAction::Return, Stored::Returned, Action::Decide),
        (
            SubmissionAction::Withdraw,
            Stored::Withdrawn,
            Action::Withdraw,
        ),
    ];
    let allowed = |(action, event, reach): (SubmissionAction, Stored, Action)| {
        let scope = Scope::of(viewer, reach, &shelf.registers);
        let denial = match state {
            _ if !scope.holds(model.into()) => Some(crate::policy::OUT_OF_REACH),
            Some(state) => may(viewer, event, model, state).err(),
            None => Some(crate::policy::OUT_OF_REACH),
        };
        AllowedAction {
            action,
            allowed: denial.is_none(),
            reason: denial.map(|denial| denial.sv),
            reason_en: denial.map(|denial| denial.en),
        }
    };
    each.into_iter().map(allowed).collect()
}

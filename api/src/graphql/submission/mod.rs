//! Submissions in the schema: what everybody may know of a file, and its life for those within whose reach it lies.

mod change;
mod event;
mod file_names;
mod filter;
mod finding;
mod history;
mod query;
mod written;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use entity::{SubmissionState as State, submission, submission_event};

use super::error;
use super::organisation::Organisation;
use super::page::{Node, Place};
use super::reading::Shelf;
use super::scalars::{Date, RegistryNumber};
use super::vocabulary::{Nature, SubmissionState, Verdict};
use crate::policy::{Action, Scope, places};
use crate::store;

pub use change::SubmissionMutation;
pub use event::{AllowedAction, SubmissionEvent};
pub(crate) use file_names::FileNames;
pub use finding::Finding;
pub use query::SubmissionQuery;
pub use written::{NotWritten, Written, judged};

/// A file that somebody sent (inleverans).
pub struct Submission {
    shelf: Shelf,
    model: Arc<submission::Model>,
    events: Arc<[submission_event::Model]>,
}

impl Submission {
    /// A submission with its events, of which those after the dataset's time have not happened.
    pub(crate) fn new(
        shelf: &Shelf,
        model: impl Into<Arc<submission::Model>>,
        events: impl Into<Arc<[submission_event::Model]>>,
    ) -> Self {
        let has_happened = |event: &&submission_event::Model| shelf.dataset.has_happened(event.at);
        let mut events = events.into();
        if !events.iter().all(|event| has_happened(&event)) {
            events = events.iter().filter(has_happened).cloned().collect();
        }
        Self {
            shelf: shelf.clone(),
            model: model.into(),
            events,
        }
    }

    /// The identity as clients see it.
    pub(crate) fn global_id(id: i64) -> ID {
        ID(BASE64_URL_SAFE_NO_PAD.encode(format!("submission:{id}")))
    }

    /// The submission's own number in an identity that a client gives.
    pub(crate) fn local_id(id: &ID) -> Option<i64> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(id.as_str()).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        text.strip_prefix("submission:")?.parse().ok()
    }

    fn stands(&self) -> Option<State> {
        State::of(self.events.iter().map(|event| event.event))
    }

    /// Whether the viewer may know its life.
    fn is_within_reach(&self) -> bool {
        let viewer = &self.shelf.request.viewer;
        let registers = &self.shelf.registers;
        let within =
            Scope::of(viewer, Action::ReadSubmissions, registers).holds((&*self.model).into());
        if within {
            // Only fields that are not open ask.
            let what = format!("submission {}", self.model.id);
            self.shelf.request.note_read(Action::ReadSubmissions, what);
        }
        within
    }

    /// What those within reach are told.
    fn told<T>(&self, value: impl FnOnce() -> T) -> Option<T> {
        self.is_within_reach().then(value)
    }

    /// What may tell where recipients are: how many rows a file has less those that are listed anywhere, and what is said of
    /// a row that names one.
    fn told_of_places<T>(&self, value: impl FnOnce() -> T) -> Option<T> {
        let viewer = &self.shelf.request.viewer;
        let may = self.is_within_reach() && places::may_be_told(viewer, (&*self.model).into());
        may.then(value)
    }
}

impl Node for Submission {
    const CONNECTION: &'static str = "submissions";

    fn place(&self) -> Place {
        // The last received comes first.
        let from_the_last = u64::MAX - u64::try_from(self.model.id).unwrap_or(0);
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: from_the_last.to_be_bytes().to_vec(),
            code: self.model.id.to_string(),
        }
    }
}

/// A file that somebody sent (inleverans). What says more than where a fact comes from is null outside the viewer's
/// reach.
#[Object]
impl Submission {
    /// Opaque identity (identitet).
    async fn id(&self) -> ID {
        Self::global_id(self.model.id)
    }

    /// What its rows are, such as `usage_reports` (slag).
    async fn kind(&self) -> &'static str {
        self.model.kind.code()
    }

    /// Name of the file, as its sender called it (filnamn). Null outside the viewer's reach, and where a
    /// decision took the file away.
    async fn file_name(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        if !self.is_within_reach() {
            return Ok(None);
        }
        file_names::of(ctx, &self.shelf, &self.model).await
    }

    /// SHA-256 of the file (kontrollsumma).
    async fn sha256(&self) -> &str {
        &self.model.sha256
    }

    /// When this system received it (mottagen).
    async fn received_at(&self) -> DateTime<Utc> {
        self.model.received_at.utc()
    }

    /// Whose data it is (avsändare).
    async fn sent_by(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.model.organisation_code.as_str())
    }

    /// Registry number of the assignment; null for registers (uppdrag).
    async fn assignment_code(&self) -> Option<RegistryNumber> {
        self.model.assignment.clone().map(RegistryNumber)
    }

    /// Whether its rows are real, synthetic or mixed (uppgifternas art).
    async fn nature(&self) -> Nature {
        self.model.nature.into()
    }

    /// The day the document was registered as received, where it is older (registrerad).
    async fn registered_on(&self) -> Option<Date> {
        self.model.registered_on.map(Date)
    }

    /// The plan version that the file is, for activity plans (planversion).
    async fn plan_version(&self) -> Option<i64> {
        self.model.plan_version
    }

    /// The day that version was decided (beslutad).
    async fn decided_on(&self) -> Option<Date> {
        self.model.decided_on.map(Date)
    }

    /// What came of it on receipt (utfall).
    async fn verdict(&self) -> Option<Verdict> {
        self.told(|| self.model.verdict.into())
    }

    /// Where it is in its life (läge).
    async fn state(&self) -> Option<SubmissionState> {
        self.told(|| self.stands())?.map(SubmissionState::from)
    }

    /// How many events its life has; say it as `expectedVersion` when you change it (version).
    async fn version(&self) -> Option<usize> {
        self.told(|| self.events.len())
    }

    /// What happened to it, in order (händelser).
    async fn events(&self, ctx: &Context<'_>) -> Result<Option<Vec<SubmissionEvent>>> {
        if !self.is_within_reach() {
            return Ok(None);
        }
        let _ = ctx;
        event::events(&self.shelf, &self.events).await.map(Some)
    }

    /// Who handed it in (inlämnad av).
    async fn actor(&self) -> Option<&str> {
        self.told(|| self.model.actor.as_str())
    }

    /// Rows kept; null, as the next three, where the file tells where recipients are, for those who may not fetch it (antal
    /// rader).
    async fn row_count(&self) -> Option<i64> {
        self.told_of_places(|| self.model.row_count)
    }

    /// Rows of keys that nothing counted for, on receipt (nya).
    async fn new_count(&self) -> Option<i64> {
        self.told_of_places(|| self.model.new_count)
    }

    /// Rows that corrected or removed one, on receipt (rättelser).
    async fn corrected_count(&self) -> Option<i64> {
        self.told_of_places(|| self.model.corrected_count)
    }

    /// Rows equal to what counted, on receipt (oförändrade).
    async fn unchanged_count(&self) -> Option<i64> {
        self.told_of_places(|| self.model.unchanged_count)
    }

    /// What the rules said on receipt, by row; null where the file tells where recipients are, for those who may not fetch it
    /// (anmärkningar).
    async fn findings(&self) -> Result<Option<Vec<Finding>>> {
        if self.told_of_places(|| ()).is_none() {
            return Ok(None);
        }
        let db = self.shelf.request.reports.store().connection();
        let found = store::submission::findings(db, self.model.id).await;
        let found = found.map_err(|error| error::report(error.into()))?;
        Ok(Some(found.into_iter().map(Finding::from).collect()))
    }

    /// What the viewer may make happen to it now, and why not (vad du får göra).
    async fn actions(&self) -> Option<Vec<AllowedAction>> {
        self.told(|| event::actions(&self.shelf, &self.model, self.stands()))
    }
}

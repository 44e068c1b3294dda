//! The history of a key: every row that was sent for it, and in which versions it counted.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{Kind, RowAction, counted};

use super::Submission;
use crate::graphql::error;
use crate::graphql::reading::Shelf;
use crate::graphql::source::{Source, of_origin};
use crate::policy::{Action, Scope, places};
use crate::store::history::{self as stored, Made, Sent};

/// Every row that was sent for a key (nyckelns historik).
#[derive(SimpleObject)]
pub struct KeyHistory {
    /// Kind of the rows (slag).
    kind: &'static str,
    /// Natural key (nyckel).
    key: String,
    /// The rows, in the order of receipt (rader).
    entries: Vec<KeyHistoryEntry>,
}

/// A row that was sent for a key (rad i historiken).
pub struct KeyHistoryEntry {
    shelf: Shelf,
    sent: Sent,
    versions: Arc<HashMap<i64, Made>>,
}

/// A time in which a row counted (giltighet).
#[derive(SimpleObject)]
pub struct CountedInterval {
    /// The version from which on it counted (från version).
    from_version: i64,
    /// When that was (från tidpunkt).
    from: Option<DateTime<Utc>>,
    /// The version from which on it counted no longer; null where it still counts (till version).
    to_version: Option<i64>,
    /// When that was (ersatt tidpunkt).
    superseded_at: Option<DateTime<Utc>>,
    /// The file whose acceptance or withdrawal ended it, within the viewer's reach (ersatt av).
    superseded_by: Option<Submission>,
}

impl KeyHistoryEntry {
    /// Whether the viewer is told what the row may say of places.
    fn is_told_places(&self) -> bool {
        let viewer = &self.shelf.request.viewer;
        places::may_be_told(viewer, (&*self.sent.origin.submission).into())
    }
}

/// A row that was sent for a key (rad i historiken).
#[Object]
impl KeyHistoryEntry {
    /// `SET` or `REMOVE` (åtgärd).
    async fn action(&self) -> &'static str {
        match self.sent.origin.row.action {
            RowAction::Set => "SET",
            RowAction::Remove => "REMOVE",
        }
    }

    /// SHA-256 of what the row says: equal content, equal sum. Null where the row tells where recipients are, for those
    /// who may not fetch its file: of few counties the right one is guessed (innehållets kontrollsumma).
    async fn content_sha256(&self) -> Option<&str> {
        let told = self.is_told_places();
        told.then_some(&*self.sent.origin.row.content_sha256)
    }

    /// When it counted; none where it never did (när den räknades).
    async fn counted(&self) -> Vec<CountedInterval> {
        let version = self.shelf.dataset.version;
        let at = |version: i64| self.versions.get(&version).map(|made| made.at);
        let by = |version: i64| {
            let made = self.versions.get(&version)?;
            let model = &made.submission;
            let registers = &self.shelf.registers;
            let viewer = &self.shelf.request.viewer;
            Scope::of(viewer, Action::ReadSubmissions, registers)
                .holds(model.into())
                .then(|| Submission::new(&self.shelf, model.clone(), made.events.clone()))
        };
        let interval = |one: &counted::Model| {
            let closed = one.closed_version.filter(|closed| *closed <= version);
            CountedInterval {
                from_version: one.opened_version,
                from: at(one.opened_version),
                to_version: closed,
                superseded_at: closed.and_then(at),
                superseded_by: closed.and_then(by),
            }
        };
        let opened = self.sent.counted.iter();
        let opened = opened.filter(|one| one.opened_version <= version);
        opened.map(interval).collect()
    }

    /// The file (inleverans).
    async fn submission(&self) -> Submission {
        let origin = &self.sent.origin;
        Submission::new(
            &self.shelf,
            Arc::clone(&origin.submission),
            Arc::clone(&origin.events),
        )
    }

    /// Where it was sent; nothing where the row tells where recipients are, for those who may not fetch its file: a register
    /// that is sorted by place tells it by the row (källor).
    async fn sources(&self, _ctx: &Context<'_>) -> Vec<Source> {
        if !self.is_told_places() {
            return Vec::new();
        }
        of_origin(&self.shelf, &Arc::new(self.sent.origin.clone()), None)
    }

    /// The row as it was sent, cell by cell; null for those who may not fetch the file, and where it was redacted (som
    /// den skickades).
    async fn as_sent(&self) -> Result<Option<Vec<SentCell>>> {
        let origin = &self.sent.origin;
        let scope = Scope::of(
            &self.shelf.request.viewer,
            Action::ReadFiles,
            &self.shelf.registers,
        );
        if !scope.holds((&*origin.submission).into()) || !self.is_told_places() {
            return Ok(None);
        }
        let db = self.shelf.request.reports.store().connection();
        let bytes = crate::store::submission::bytes(db, &origin.submission.sha256).await;
        let Some(bytes) = bytes.map_err(|error| error::report(error.into()))? else {
            return Ok(None);
        };
        let what = format!(
            "file {} row {}",
            origin.submission.sha256, origin.row.row_number
        );
        self.shelf.request.note_read(Action::ReadFiles, what);
        let cells = crate::intake::cells_of(
            &origin.submission.file_name,
            &bytes,
            (origin.row.kind, self.shelf.request.limits),
            origin.row.row_number,
        );
        Ok(cells.map(|cells| cells.into_iter().map(SentCell::from).collect()))
    }
}

/// A cell as it was sent (cell).
#[derive(Clone, Debug, SimpleObject)]
pub struct SentCell {
    /// The header as the sender wrote it (rubrik).
    header: String,
    /// What stood in the cell; null where nothing did (innehåll).
    value: Option<String>,
}

impl From<(String, Option<String>)> for SentCell {
    fn from((header, value): (String, Option<String>)) -> Self {
        Self { header, value }
    }
}

/// The history of a key within the viewer's reach, by the dataset's time.
pub(super) async fn history(shelf: &Shelf, kind: Kind, key: String) -> Result<KeyHistory> {
    let store = shelf.request.reports.store();
    let scope = Scope::of(
        &shelf.request.viewer,
        Action::ReadSubmissions,
        &shelf.registers,
    );
    let failed = |error: sea_orm::DbErr| error::report(error.into());
    let sent = stored::of_key(store, kind, &key).await.map_err(failed)?;
    let within = |one: &Sent| {
        let model = &one.origin.submission;
        let received = one.origin.events.first();
        scope.holds((&**model).into())
            && received.is_some_and(|event| shelf.dataset.has_happened(event.at))
    };
    let sent: Vec<Sent> = sent.into_iter().filter(within).collect();
    let what = format!("history {}:{key}", kind.code());
    shelf.request.note_read(Action::ReadSubmissions, what);
    let versions = stored::made(store, &sent).await.map_err(failed)?;
    let versions = Arc::new(versions);
    let entry = |sent| KeyHistoryEntry {
        shelf: shelf.clone(),
        sent,
        versions: Arc::clone(&versions),
    };
    Ok(KeyHistory {
        kind: kind.code(),
        key,
        entries: sent.into_iter().map(entry).collect(),
    })
}

//! Redaction: a decided removal of a free text or a file. The content goes; hash, tombstone and every proof stay.
//!
//! A text stands in the file it came in too, and may stand in other rows and files: all of it goes, or nothing does.

mod erased;
mod place;

use std::collections::BTreeSet;

use entity::{Moment, RegistryNumber, looks_like_personal_number, redaction};
use sea_orm::DbErr;

use crate::clock::Clock;
use crate::intake::Limits;
use crate::policy::Scope;
use crate::service::audit;
use crate::store::{self, Store, Writer};

pub use crate::store::TEXTS;
pub(crate) use erased::Erased;

/// Characters of a reason at most.
const MOST_REASON: usize = 2_000;

/// What is to be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A free text of a row.
    Text {
        /// The submission.
        submission: i64,
        /// Number of the row in its file.
        row: i64,
        /// The column, by its canonical name.
        column: String,
    },
    /// The reason that was given in an event of a submission's life.
    Reason {
        /// The submission.
        submission: i64,
        /// Number of the event in its life: 1, 2, 3 …
        event: u64,
    },
    /// The bytes of a file, by their SHA-256.
    File(String),
}

/// A removal that was decided.
#[derive(Clone, Debug)]
pub struct Order {
    /// What.
    pub target: Target,
    /// Registry number of the decision.
    pub decision: RegistryNumber,
    /// Why: it is kept, so it must not say what was removed.
    pub reason: String,
    /// Who carries it out.
    pub actor: String,
    /// How far it goes.
    pub extent: Extent,
    /// Which submissions whoever carries it out reaches: nothing goes outside it.
    pub scope: Scope,
}

/// How far a removal goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The target alone: refused where its text stands in a kept file or another row too.
    Alone,
    /// Every row and every kept file that holds the text.
    Everywhere,
}

/// Whether it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Says what would go; nothing does.
    DryRun,
    /// Done.
    Redact,
}

/// Everything that goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removal {
    /// The texts.
    pub texts: Vec<TextPlace>,
    /// The files.
    pub files: Vec<FilePlace>,
    /// Free texts of a removed file's rows that stay: a removed file takes none with it.
    pub texts_left: u64,
    /// Names of the sealed releases whose files hold a text, since it was written to be open. They no longer answer it; the
    /// files stay as they were sealed.
    pub releases: Vec<String>,
}

/// Where a text stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextPlace {
    /// Its id.
    pub text: i64,
    /// Submission.
    pub submission: i64,
    /// Number of the row; none for the reason of an event.
    pub row: Option<i64>,
    /// Column; `reason` for that of an event.
    pub column: String,
}

/// A kept file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilePlace {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The submissions that it came in.
    pub submissions: Vec<i64>,
}

/// Why nothing was removed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such text or file.
    #[error("there is no {0}")]
    NotFound(String),
    /// It was removed before.
    #[error("it was removed before, by the decision {0}")]
    Already(RegistryNumber),
    /// The reason is empty, too long, or holds personal data.
    #[error(
        "a reason of at most {MOST_REASON} characters is needed, without personal identity numbers: it is kept"
    )]
    Reason,
    /// The text stands elsewhere too, and half a removal is none.
    #[error("the text stands in other rows or in kept files too, and would still be there")]
    Elsewhere(Removal),
    /// It stands in submissions out of reach.
    #[error("it stands in submissions out of reach too: whoever reaches all of them may remove it")]
    OutOfReach,
    /// The database failed.
    #[error("the database could not be used")]
    Database(#[from] DbErr),
}

/// Carries out a removal: contents, tombstones and audit event in one transaction.
///
/// # Errors
/// There is nothing to remove, it stands elsewhere too, or the database fails; then nothing was removed.
pub async fn redact(
    store: &Store,
    clock: &Clock,
    limits: Limits,
    order: &Order,
    mode: Mode,
) -> Result<Removal, Error> {
    let reason = order.reason.trim();
    let length = reason.chars().count();
    if length == 0 || length > MOST_REASON || looks_like_personal_number(reason) {
        return Err(Error::Reason);
    }
    // Under the write lock no file with the same text arrives meanwhile.
    let writer = store.begin_write().await?;
    let done = carry_out(&writer, clock, limits, order, mode).await;
    match (done, mode) {
        (Ok(removal), Mode::Redact) => {
            writer.commit().await?;
            Ok(removal)
        }
        (done, _) => {
            writer.roll_back().await;
            done
        }
    }
}

async fn carry_out(
    writer: &Writer,
    clock: &Clock,
    limits: Limits,
    order: &Order,
    mode: Mode,
) -> Result<Removal, Error> {
    if let Target::Text { submission, .. } | Target::Reason { submission, .. } = &order.target
        && !is_reached(writer, order, *submission).await?
    {
        return Err(Error::NotFound(format!("submission {submission}")));
    }
    let mut removal = match &order.target {
        Target::File(sha256) => place::file(writer, sha256).await?,
        target => place::text(writer, target, limits).await?,
    };
    removal.releases = releases(writer, &removal).await?;
    within_reach(writer, order, &removal).await?;
    let elsewhere = !matches!(order.target, Target::File(_))
        && (removal.texts.len() > 1 || !removal.files.is_empty());
    if elsewhere && order.extent == Extent::Alone {
        return Err(Error::Elsewhere(removal));
    }
    if mode == Mode::Redact {
        remove(writer, Moment::from(clock.now()), order, &removal).await?;
    }
    Ok(removal)
}

/// The releases that may hold one of the texts: those that were sealed after a submission that it came in.
async fn releases(writer: &Writer, removal: &Removal) -> Result<Vec<String>, DbErr> {
    let is_sealed = |one: &&TextPlace| matches!(one.column.as_str(), "text" | "change_note");
    let submissions: BTreeSet<i64> = removal
        .texts
        .iter()
        .filter(is_sealed)
        .map(|one| one.submission)
        .collect();
    let db = writer.transaction();
    let mut first: Option<Moment> = None;
    for submission in submissions {
        let found = store::submission::one(db, &Scope::Everything, submission).await?;
        let received = found.map(|one| one.received_at);
        first = match (first, received) {
            (Some(first), Some(received)) => Some(first.min(received)),
            (first, received) => first.or(received),
        };
    }
    let Some(first) = first else {
        return Ok(Vec::new());
    };
    let all = store::sealed::all(db).await?.into_iter();
    Ok(all
        .filter(|one| one.as_of >= first)
        .map(|one| one.name)
        .collect())
}

/// What is out of reach is not there; what also stands out of reach is not removed by half.
async fn within_reach(writer: &Writer, order: &Order, removal: &Removal) -> Result<(), Error> {
    let of_files = removal.files.iter().flat_map(|file| &file.submissions);
    let all: BTreeSet<i64> = of_files
        .copied()
        .chain(removal.texts.iter().map(|text| text.submission))
        .collect();
    let mut reached = 0;
    for submission in &all {
        reached += usize::from(is_reached(writer, order, *submission).await?);
    }
    match (&order.target, reached) {
        (Target::File(sha256), 0) => Err(Error::NotFound(format!("kept file {sha256}"))),
        (_, reached) if reached < all.len() => Err(Error::OutOfReach),
        _ => Ok(()),
    }
}

async fn is_reached(writer: &Writer, order: &Order, submission: i64) -> Result<bool, DbErr> {
    let found = store::submission::one(writer.transaction(), &order.scope, submission).await?;
    Ok(found.is_some())
}

async fn remove(
    writer: &Writer,
    at: Moment,
    order: &Order,
    removal: &Removal,
) -> Result<(), DbErr> {
    // A text that several columns name is one text.
    let texts: BTreeSet<i64> = removal.texts.iter().map(|one| one.text).collect();
    let texts: Vec<i64> = texts.into_iter().collect();
    let files: Vec<String> = removal.files.iter().map(|one| one.sha256.clone()).collect();
    writer.empty(&texts, &files, at).await?;
    let first = writer.next_id("redaction", "id").await?;
    let targets = texts
        .iter()
        .map(|id| ("free_text", id.to_string()))
        .chain(files.iter().map(|sha256| ("file_content", sha256.clone())));
    let tombstones = (first..)
        .zip(targets)
        .map(|(id, (target, target_key))| redaction::Model {
            id,
            target: target.to_owned(),
            target_key,
            decision: order.decision.clone(),
            reason: order.reason.trim().to_owned(),
            actor: order.actor.clone(),
            at,
        });
    writer
        .insert_all::<redaction::Entity, _>(tombstones.collect())
        .await?;
    let event = audit::Event {
        actor: &order.actor,
        action: "redaction",
        subject: format!("decision {}", order.decision),
        detail: format!("texts {} files {}", texts.len(), files.len()),
    };
    audit::append(writer, at, event).await
}

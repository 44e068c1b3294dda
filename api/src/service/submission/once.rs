//! Keys of uploads: who has lost the answer asks again with the same key, and gets it without sending twice.

use entity::{Moment, Verdict, upload};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::intake::FileReport;
use crate::policy::Viewer;
use crate::store::{Store, Writer};

/// A key that a caller says with an upload, and what they say it with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// Whose key it is.
    pub caller: Caller,
    /// The key.
    pub key: String,
    /// SHA-256 over the file's and everything that was said about it.
    pub fingerprint: String,
}

/// Whose keys: two organisations of one person are two callers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    subject: String,
    organisation: String,
}

impl From<&Viewer> for Caller {
    fn from(viewer: &Viewer) -> Self {
        let organisation = viewer.organisation.as_ref();
        Self {
            subject: viewer.subject.clone(),
            organisation: organisation.map_or_else(String::new, ToString::to_string),
        }
    }
}

/// What came of a file.
#[derive(Clone, Debug)]
pub enum Received {
    /// It was judged now. The instant is that of the answer; none for a dry run.
    Now(FileReport, Option<Moment>),
    /// The key was said before with the same file: its answer.
    Before(Answered),
}

/// The answer that was given to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The submission.
    pub submission: i64,
    /// What came of the file.
    pub verdict: Verdict,
    /// The instant that the answer is of.
    pub at: Moment,
}

/// The answer that was given to a caller's key.
///
/// # Errors
/// The database fails.
pub async fn answered(
    store: &Store,
    caller: &Caller,
    key: &str,
) -> Result<Option<Answered>, DbErr> {
    let found = find(store.connection(), caller, key).await?;
    Ok(found.as_ref().map(Answered::from))
}

impl From<&upload::Model> for Answered {
    fn from(model: &upload::Model) -> Self {
        Self {
            submission: model.submission_id,
            verdict: model.verdict,
            at: model.at,
        }
    }
}

/// The upload of a caller's key.
#[expect(
    clippy::disallowed_methods,
    reason = "uploads are no facts of a dataset, and each is its caller's own"
)]
pub(super) async fn find(
    db: &impl ConnectionTrait,
    caller: &Caller,
    key: &str,
) -> Result<Option<upload::Model>, DbErr> {
    upload::Entity::find()
        .filter(upload::Column::Subject.eq(&caller.subject))
        .filter(upload::Column::Organisation.eq(&caller.organisation))
        .filter(upload::Column::IdempotencyKey.eq(key))
        .one(db)
        .await
}

/// Keeps a key with what came of it, within the writer's transaction; an audit event has to follow.
pub(super) async fn keep(writer: &Writer, once: &Once, answered: Answered) -> Result<(), DbErr> {
    let model = upload::Model {
        id: writer.next_id("upload", "id").await?,
        subject: once.caller.subject.clone(),
        organisation: once.caller.organisation.clone(),
        idempotency_key: once.key.clone(),
        fingerprint: once.fingerprint.clone(),
        submission_id: answered.submission,
        verdict: answered.verdict,
        at: answered.at,
    };
    writer.insert_all::<upload::Entity, _>(vec![model]).await
}

//! Saving questions: each text once, by whoever asks first.

use entity::{Moment, saved_query};
use sea_orm::DbErr;
use sha2::{Digest, Sha256};

use super::audit;
use crate::clock::Clock;
use crate::intake::hex;
use crate::store::saved_query as stored;
use crate::store::{Store, Writer};

/// The hash that a normalised question is known by.
#[must_use]
pub fn sha256(document: &str) -> String {
    hex(&Sha256::digest(document))
}

/// Saves a normalised question; gives the one that is there where somebody has saved it before.
///
/// # Errors
/// The database fails.
pub async fn save(
    store: &Store,
    clock: &Clock,
    actor: &str,
    document: String,
) -> Result<saved_query::Model, DbErr> {
    let sha256 = sha256(&document);
    let writer = store.begin_write().await?;
    let saved = save_in(&writer, clock, actor, (sha256, document)).await;
    match &saved {
        Ok((_, true)) => writer.commit().await?,
        _ => writer.roll_back().await,
    }
    saved.map(|(model, _)| model)
}

/// The question, and whether it is new.
async fn save_in(
    writer: &Writer,
    clock: &Clock,
    actor: &str,
    (sha256, document): (String, String),
) -> Result<(saved_query::Model, bool), DbErr> {
    if let Some(found) = stored::find(writer.transaction(), &sha256).await? {
        return Ok((found, false));
    }
    let at = writer
        .take_time(clock, Moment::from(chrono::DateTime::UNIX_EPOCH))
        .await?;
    let model = saved_query::Model {
        id: writer.next_id("saved_query", "id").await?,
        sha256,
        document,
        saved_at: at,
        saved_by: actor.to_owned(),
    };
    writer
        .insert_all::<saved_query::Entity, _>(vec![model.clone()])
        .await?;
    let event = audit::Event {
        actor,
        action: "query.saved",
        subject: format!("saved_query {}", model.id),
        detail: format!("sha256 {}", model.sha256),
    };
    audit::append(writer, at, event).await?;
    Ok((model, true))
}

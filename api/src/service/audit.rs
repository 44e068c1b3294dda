//! The audit chain: who did what, each event holding the hash of the one before.

use entity::{Moment, audit_event};
use sea_orm::{DbErr, EntityTrait, QueryOrder};
use sha2::{Digest, Sha256};

use crate::intake::hex;
use crate::store::Writer;

/// What an event says; never content, only counts, codes and hashes.
pub(super) struct Event<'a> {
    pub(super) actor: &'a str,
    pub(super) action: &'a str,
    pub(super) subject: String,
    pub(super) detail: String,
}

/// Appends an event within the writer's transaction.
#[expect(
    clippy::disallowed_methods,
    reason = "the audit chain is no fact of a dataset"
)]
pub(super) async fn append(writer: &Writer, at: Moment, event: Event<'_>) -> Result<(), DbErr> {
    let last = audit_event::Entity::find()
        .order_by_desc(audit_event::Column::Id)
        .one(writer.transaction())
        .await?;
    let (id, previous_hash) = last.map_or((1, String::new()), |last| (last.id + 1, last.hash));
    let mut model = audit_event::Model {
        id,
        at,
        actor: event.actor.to_owned(),
        action: event.action.to_owned(),
        subject: event.subject,
        detail: event.detail,
        previous_hash,
        hash: String::new(),
    };
    model.hash = hash_of(&model);
    writer
        .insert_all::<audit_event::Entity, _>(vec![model])
        .await
}

/// The hash of an event: SHA-256 over its parts, each with its length before it.
fn hash_of(event: &audit_event::Model) -> String {
    let mut hasher = Sha256::new();
    let (id, at) = (event.id.to_string(), event.at.micros().to_string());
    for part in [
        &id,
        &at,
        &event.actor,
        &event.action,
        &event.subject,
        &event.detail,
        &event.previous_hash,
    ] {
        hasher.update(part.len().to_string());
        hasher.update(":");
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

//! The audit chain: who did what, each event holding the hash of the one before and vouching for what was written.
//!
//! Reads of what is not open have a chain of their own (`reads`); each chain holds the other's head.
//!
//! `chain` links events and walks them, `tables` names everything that is vouched for. `verify` holds the database
//! against both: `promises` is what the chain says, `pass` goes through a table once.

mod chain;
mod fault;
mod guards;
mod pass;
mod promises;
mod reads;
mod tables;
mod verify;

use entity::{Moment, audit_event};
use sea_orm::{DbErr, EntityTrait, QueryOrder};

use crate::store::Writer;

pub use chain::Head;
pub use fault::{Fault, Faults};
pub use reads::{NotNoted, Read, ReadLog};
pub use verify::{Verification, verify};

/// What an event says; never content, only counts, codes and hashes.
pub(super) struct Event<'a> {
    pub(super) actor: &'a str,
    pub(super) action: &'a str,
    pub(super) subject: String,
    /// One line for a reader; what the event vouches for follows it.
    pub(super) detail: String,
}

/// Appends an event within the writer's transaction. It vouches for everything that the writer has written since its
/// last event: the writer does not commit while something is left over.
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
    let mut vouched = writer.take_evidence();
    vouched.extend(reads::head(writer.transaction()).await?);
    let mut model = audit_event::Model {
        id,
        at,
        actor: event.actor.to_owned(),
        action: event.action.to_owned(),
        subject: event.subject,
        detail: chain::detail(&event.detail, &vouched)?,
        previous_hash,
        hash: String::new(),
    };
    model.hash = chain::hash_of(&model);
    writer
        .insert_all::<audit_event::Entity, _>(vec![model])
        .await
}

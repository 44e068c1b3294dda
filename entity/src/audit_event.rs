//! Who did what; each event holds the hash of the one before.

use sea_orm::entity::prelude::*;

use crate::Moment;

/// Who did what; each event holds the hash of the one before.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// 1, 2, 3 …
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Counts and hashes, never content.
    pub detail: String,
    /// Hash of the event before; empty for the first.
    pub previous_hash: String,
    /// SHA-256 over all the others.
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}

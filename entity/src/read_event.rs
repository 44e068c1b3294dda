//! Who read what is not open; each event holds the hash of the one before.

use sea_orm::entity::prelude::*;

use crate::Moment;

/// Who read what is not open, one event a request; each holds the hash of the one before.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "read_event")]
pub struct Model {
    /// 1, 2, 3 …
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// As what: the role.
    pub action: String,
    /// In which request.
    pub subject: String,
    /// What was read: actions with keys, never content.
    pub detail: String,
    /// Hash of the event before; empty for the first.
    pub previous_hash: String,
    /// SHA-256 over all the others.
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}

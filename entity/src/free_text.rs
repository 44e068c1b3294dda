//! A text somebody wrote, in a table of its own so that a decided redaction leaves its hash.

use sea_orm::entity::prelude::*;

use crate::Moment;

/// A text somebody wrote, in a table of its own so that a decided redaction leaves its hash.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "free_text")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// SHA-256 of the text, hexadecimal.
    pub sha256: String,
    /// The text; `None` after a redaction.
    pub body: Option<String>,
    /// When it was redacted.
    pub redacted_at: Option<Moment>,
}

impl ActiveModelBehavior for ActiveModel {}

//! The bytes of a file as received, once per content.

use sea_orm::entity::prelude::*;

use crate::Moment;

/// The bytes of a file as received, once per content.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file_content")]
pub struct Model {
    /// SHA-256 of the bytes, hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sha256: String,
    /// Number of bytes.
    pub byte_count: i64,
    /// The bytes; `None` after a redaction.
    pub bytes: Option<Vec<u8>>,
    /// When they were redacted.
    pub redacted_at: Option<Moment>,
}

impl ActiveModelBehavior for ActiveModel {}

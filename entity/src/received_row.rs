//! A row as received; it never changes. Its typed columns lie in the kind's own table under the same id.

use sea_orm::entity::prelude::*;

use crate::{Kind, RowAction};

/// A row as received; it never changes. Its typed columns lie in the kind's own table under the same id.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "received_row")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The file it came in.
    pub submission_id: i64,
    /// What it is.
    pub kind: Kind,
    /// Sheet of the workbook; none for text files.
    pub sheet: Option<String>,
    /// Number of the record; the header is 1.
    pub row_number: i64,
    /// Canonical natural key, owner first.
    pub natural_key: String,
    /// SHA-256 of the canonical content: equal content, equal hash.
    pub content_sha256: String,
    /// Whether it sets or removes the fact.
    pub action: RowAction,
}

impl ActiveModelBehavior for ActiveModel {}

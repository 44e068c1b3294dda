//! A question that was saved: its text, known by the hash of it.

use sea_orm::entity::prelude::*;

use crate::Moment;

/// A question that was saved.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_query")]
pub struct Model {
    /// Identity, in the order of saving.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// SHA-256 of the text in hexadecimal digits.
    #[sea_orm(unique)]
    pub sha256: String,
    /// The normalised GraphQL document.
    pub document: String,
    /// When it was saved.
    pub saved_at: Moment,
    /// Who saved it: the token's subject.
    pub saved_by: String,
}

impl ActiveModelBehavior for ActiveModel {}

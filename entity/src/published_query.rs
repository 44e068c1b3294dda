//! What was said of a saved question: listed as open data under these words, or not.

use sea_orm::entity::prelude::*;

use crate::Moment;

/// What was said of a saved question; what was said last holds.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_query")]
pub struct Model {
    /// Identity, in the order of saying.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The question.
    pub saved_query_id: i64,
    /// Whether it is listed.
    pub published: bool,
    /// Title, Swedish.
    pub title_sv: String,
    /// Title, English.
    pub title_en: String,
    /// Description, Swedish.
    pub description_sv: String,
    /// Description, English.
    pub description_en: String,
    /// When.
    pub published_at: Moment,
    /// Who said it: the token's subject.
    pub published_by: String,
}

impl ActiveModelBehavior for ActiveModel {}

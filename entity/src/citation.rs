//! Document and section that a row of the reference data rests on.

use sea_orm::entity::prelude::*;

/// Document and section that a row of the reference data rests on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "citation")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Order, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i64,
    /// The document's file, a key of `source_document` where it is one of those.
    pub document: String,
    /// The section in it.
    pub section: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

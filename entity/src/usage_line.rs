//! What a usage report says was used in an area.

use sea_orm::entity::prelude::*;

use crate::Sek;

/// What a usage report says was used in an area.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "usage_line")]
pub struct Model {
    /// The report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Code of the use area.
    #[sea_orm(primary_key, auto_increment = false)]
    pub area: String,
    /// Amount.
    pub amount: Sek,
}

impl ActiveModelBehavior for ActiveModel {}

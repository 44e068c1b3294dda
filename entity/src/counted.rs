//! The interval of dataset versions in which a row counts.

use sea_orm::entity::prelude::*;

use crate::Kind;

/// The interval of dataset versions in which a row counts.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "counted")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// What the row is.
    pub kind: Kind,
    /// Its key: at most one interval of a key is open.
    pub natural_key: String,
    /// The row.
    pub row_id: i64,
    /// First version in which it counts.
    pub opened_version: i64,
    /// First version in which it no longer does.
    pub closed_version: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

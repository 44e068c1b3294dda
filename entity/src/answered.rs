//! An instant that a reader was answered for; every later version comes after it.

use sea_orm::entity::prelude::*;

use crate::Moment;

/// An instant that a reader was answered for; every later version comes after it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answered")]
pub struct Model {
    /// The instant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub at: Moment,
}

impl ActiveModelBehavior for ActiveModel {}

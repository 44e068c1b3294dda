//! A recipient that a support event reached.

use sea_orm::entity::prelude::*;

use crate::RecipientCode;

/// A recipient that a support event reached.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "support_event_reach")]
pub struct Model {
    /// The event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The recipient.
    #[sea_orm(primary_key, auto_increment = false)]
    pub recipient_code: RecipientCode,
}

impl ActiveModelBehavior for ActiveModel {}

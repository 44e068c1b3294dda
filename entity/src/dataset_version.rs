//! A version of what counts; every write that changes it takes the next.

use sea_orm::entity::prelude::*;

use crate::Moment;

/// A version of what counts; every write that changes it takes the next.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dataset_version")]
pub struct Model {
    /// 1, 2, 3 …
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    /// Strictly later than the version before.
    pub committed_at: Moment,
    /// The event that made it.
    pub submission_event_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}

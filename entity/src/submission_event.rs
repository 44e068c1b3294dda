//! One event in the life of a submission.

use sea_orm::entity::prelude::*;

use crate::{Moment, SubmissionEvent};

/// One event in the life of a submission.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submission_event")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Whose life.
    pub submission_id: i64,
    /// What happened.
    pub event: SubmissionEvent,
    /// When.
    pub at: Moment,
    /// Who did it.
    pub actor: String,
    /// Free text with the reason, where one was given.
    pub reason_id: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

//! What an organisation says of an activity on a day.

use sea_orm::entity::prelude::*;

use crate::{ActivityStatus, Fact, Kind, OrganisationCode, RegistryNumber};

/// What an organisation says of an activity on a day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity_report")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Assignment.
    pub assignment: RegistryNumber,
    /// Version of the plan.
    pub plan_version: i64,
    /// Number of the row in the plan.
    pub number: i64,
    /// Whose report it is: the code under which the plan names it.
    pub organisation_code: OrganisationCode,
    /// The day it speaks of.
    pub per_date: Date,
    /// How far the activity has come.
    pub status: ActivityStatus,
    /// When it was completed.
    pub completed_on: Option<Date>,
    /// Free text: deviation.
    pub deviation_id: Option<i64>,
    /// Free text: what is proposed.
    pub proposed_action_id: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::ActivityReports;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

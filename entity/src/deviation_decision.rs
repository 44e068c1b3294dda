//! What the coordination group decided on a deviation that an organisation reported.

use sea_orm::entity::prelude::*;

use crate::{DeviationOutcome, Fact, Kind, OrganisationCode, RegistryNumber};

/// What the coordination group decided on a deviation that an organisation reported.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deviation_decision")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Assignment.
    pub assignment: RegistryNumber,
    /// Version of the plan that the report is on.
    pub plan_version: i64,
    /// Number of the row in the plan.
    pub number: i64,
    /// Whose report it is.
    pub organisation_code: OrganisationCode,
    /// The day that the report speaks of.
    pub per_date: Date,
    /// What was decided.
    pub decision: DeviationOutcome,
    /// The day of the decision.
    pub decided_on: Date,
    /// Free text: why, or which other measure.
    pub note_id: Option<i64>,
    /// The version of the plan that the decision led to.
    pub new_plan_version: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::DeviationDecisions;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

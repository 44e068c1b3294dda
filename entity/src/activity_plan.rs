//! An activity (delaktivitet): a row of a version of an activity plan.

use sea_orm::entity::prelude::*;

use crate::{CodeList, Fact, Kind, RegistryNumber};

/// An activity (delaktivitet): a row of a version of an activity plan.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity_plan")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Assignment.
    pub assignment: RegistryNumber,
    /// Version of the plan.
    pub plan_version: i64,
    /// The day that version was decided; none where no document says it.
    pub decided_on: Option<Date>,
    /// Number of the row in the plan.
    pub number: i64,
    /// Title, Swedish.
    pub title: String,
    /// Codes of the organisations that are responsible.
    pub responsible: CodeList,
    /// First year.
    pub start_year: i64,
    /// Last year.
    pub end_year: i64,
    /// Number of the main activity.
    pub main_activity: String,
    /// Free text: what the version changed.
    pub change_note_id: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::ActivityPlan;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

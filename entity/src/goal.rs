//! A goal (mål), development area or priority of an assignment.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RegistryNumber};

/// A goal (mål), development area or priority of an assignment.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "goal")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// Code.
    pub code: String,
    /// Level of the goal.
    pub level: String,
    /// As printed, Swedish.
    pub title: String,
    /// As printed, Swedish.
    pub description: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Goals;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

//! A main activity (huvudaktivitet).

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RegistryNumber};

/// A main activity (huvudaktivitet).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "main_activity")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// Number: `4`, or `4a` for a part of 4.
    pub number: String,
    /// Code of its development area, a goal.
    pub development_area: String,
    /// As printed, Swedish.
    pub title: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::MainActivities;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

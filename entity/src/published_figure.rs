//! A figure that a document publishes.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RegistryNumber};

/// A figure that a document publishes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_figure")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// Year.
    pub year: i64,
    /// Code of the measure.
    pub measure: String,
    /// Decimal number as text.
    pub value: String,
    /// Unit.
    pub unit: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::PublishedFigures;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

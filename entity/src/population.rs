//! Inhabitants (befolkning) of a recipient on a day.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RecipientCode};

/// Inhabitants (befolkning) of a recipient on a day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "population")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The recipient.
    pub recipient_code: RecipientCode,
    /// The day.
    pub date: Date,
    /// Inhabitants.
    pub count: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Populations;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

//! A requisition (rekvisition).

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RecipientCode, RoundCode, Sek};

/// A requisition (rekvisition).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "requisition")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Round.
    pub round: RoundCode,
    /// Recipient.
    pub recipient_code: RecipientCode,
    /// Amount; 0 counts as not requisitioning.
    pub amount: Sek,
    /// Day.
    pub requisitioned_on: Date,
    /// Whether it asks for a share of what others leave.
    pub wants_redistribution: bool,
    /// The recipient's own number.
    pub registry_number: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Requisitions;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

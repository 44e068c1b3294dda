//! A payment (utbetalning), or the reversal of one.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RecipientCode, RoundCode, Sek};

/// A payment (utbetalning), or the reversal of one.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Payment reference.
    pub reference: String,
    /// Round.
    pub round: RoundCode,
    /// Recipient.
    pub recipient_code: RecipientCode,
    /// Amount, positive also in a reversal.
    pub amount: Sek,
    /// Day.
    pub paid_on: Date,
    /// Reference of the payment it takes back.
    pub reverses: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Payments;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

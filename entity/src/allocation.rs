//! An allocation (tilldelning).

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RecipientCode, RoundCode, Sek};

/// An allocation (tilldelning).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "allocation")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Round.
    pub round: RoundCode,
    /// Recipient.
    pub recipient_code: RecipientCode,
    /// Amount.
    pub amount: Sek,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Allocations;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

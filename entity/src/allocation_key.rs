//! A row of the allocation key (fördelningsnyckel) as the decision prints it.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RecipientCode, RecipientKind, RegistryNumber, Sek};

/// A row of the allocation key (fördelningsnyckel) as the decision prints it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "allocation_key")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// Kind of recipient.
    pub recipient_kind: RecipientKind,
    /// First year it holds for.
    pub year: i64,
    /// The recipient.
    pub recipient_code: RecipientCode,
    /// The name as printed, damage included.
    pub printed_name: String,
    /// Day of the population.
    pub population_date: Date,
    /// Inhabitants.
    pub population: i64,
    /// Population group 1–5.
    pub population_group: i64,
    /// Printed amount.
    pub amount: Sek,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::AllocationKeys;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

//! The rule behind an allocation key (fördelningsnyckel).

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RecipientKind, RegistryNumber, Sek};

/// The rule behind an allocation key (fördelningsnyckel).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "allocation_rule")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// Kind of recipient.
    pub recipient_kind: RecipientKind,
    /// First year it holds for.
    pub from_year: i64,
    /// Last year it holds for.
    pub to_year: i64,
    /// What is shared out.
    pub pool: Sek,
    /// What each recipient below the threshold gets whatever its population.
    pub base: Sek,
    /// The population below which a recipient gets the base.
    pub threshold: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::AllocationRules;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

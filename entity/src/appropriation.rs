//! Money that a decision sets aside (anslag), by item and year.

use sea_orm::entity::prelude::*;

use crate::{CodeList, DistributionMethod, Fact, Kind, RegistryNumber, Sek};

/// Money that a decision sets aside (anslag), by item and year.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appropriation")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The decision.
    pub decision: RegistryNumber,
    /// Year.
    pub year: i64,
    /// Code of the item (anslagspost).
    pub item: String,
    /// Kinds of recipient.
    pub recipient_kinds: CodeList,
    /// The recipients as printed.
    pub recipient: Option<String>,
    /// How it is handed out.
    pub distribution_method: Option<DistributionMethod>,
    /// Amount.
    pub amount: Sek,
    /// Condition as printed, Swedish.
    pub condition: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Appropriations;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

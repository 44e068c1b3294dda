//! An administrative cost (administrativ kostnad).

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, OrganisationCode, RegistryNumber, Sek};

/// An administrative cost (administrativ kostnad).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "administrative_cost")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Assignment.
    pub assignment: RegistryNumber,
    /// Year.
    pub year: i64,
    /// Organisation.
    pub organisation_code: OrganisationCode,
    /// Code of the cost kind.
    pub cost_kind: String,
    /// Amount.
    pub amount: Sek,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::AdministrativeCosts;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

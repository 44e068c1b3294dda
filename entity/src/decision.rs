//! A decision (beslut) that an assignment rests on.

use sea_orm::entity::prelude::*;

use crate::{CodeList, Fact, Kind, OrganisationCode, RegistryNumber};

/// A decision (beslut) that an assignment rests on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// Its own number.
    pub registry_number: RegistryNumber,
    /// All numbers that its head prints.
    pub printed_numbers: CodeList,
    /// Who decided.
    pub issuer: OrganisationCode,
    /// When; none where no source says.
    pub decided_on: Option<Date>,
    /// The decision it amends.
    pub amends: Option<RegistryNumber>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Decisions;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

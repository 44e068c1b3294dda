//! A part (roll) that an organisation has in an assignment.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, OrganisationCode, RegistryNumber};

/// A part (roll) that an organisation has in an assignment.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// The organisation.
    pub organisation_code: OrganisationCode,
    /// Code of the role.
    pub role: String,
    /// Order among the organisation's passages about the role.
    pub position: i64,
    /// As printed, Swedish.
    pub responsibility: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Roles;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

//! A support event (insats).

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, OrganisationCode, RegistryNumber};

/// A support event (insats).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "support_event")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Assignment.
    pub assignment: RegistryNumber,
    /// Code.
    pub code: String,
    /// Who held it.
    pub organisation_code: OrganisationCode,
    /// Day.
    pub held_on: Date,
    /// Code of the form.
    pub form: String,
    /// Number of the main activity.
    pub main_activity: String,
    /// Title.
    pub title: String,
    /// Code of the audience.
    pub audience: String,
    /// Participants.
    pub participants: i64,
    /// Whether it was digital.
    pub digital: Option<bool>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::SupportEvents;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

//! An organisation that has a part in an assignment.

use sea_orm::entity::prelude::*;

use crate::{CountyCode, Fact, Kind, OrganisationCode};

/// An organisation that has a part in an assignment.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Code.
    pub code: OrganisationCode,
    /// Name, Swedish.
    pub name: String,
    /// Short name.
    pub short_name: Option<String>,
    /// Our classification.
    pub kind: String,
    /// A county board's county.
    pub county_code: Option<CountyCode>,
    /// Web site.
    pub website: Option<String>,
    /// First day; none = from the beginning.
    pub valid_from: Option<Date>,
    /// Last day; none = still.
    pub valid_to: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Organisations;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

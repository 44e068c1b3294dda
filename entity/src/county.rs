//! A county (län).

use sea_orm::entity::prelude::*;

use crate::{CountyCode, Fact, Kind};

/// A county (län).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "county")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Two digits.
    pub code: CountyCode,
    /// First day; none = from the beginning.
    pub valid_from: Option<Date>,
    /// Last day; none = still.
    pub valid_to: Option<Date>,
    /// Name.
    pub name: String,
    /// ISO 3166-2.
    pub iso_code: String,
    /// Name of its region.
    pub region_name: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Counties;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

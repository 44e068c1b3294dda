//! A recipient (mottagare) in a period of validity.

use sea_orm::entity::prelude::*;

use crate::{CountyCode, Fact, Kind, RecipientCode, RecipientKind};

/// A recipient (mottagare) in a period of validity.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recipient")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Code.
    pub code: RecipientCode,
    /// First day; none = from the beginning.
    pub valid_from: Option<Date>,
    /// Last day; none = still.
    pub valid_to: Option<Date>,
    /// Kind.
    pub kind: RecipientKind,
    /// Name.
    pub name: String,
    /// Collation key of the name in Swedish order.
    pub sort_key: Vec<u8>,
    /// County.
    pub county_code: Option<CountyCode>,
    /// Municipality; of an NGO never shown openly.
    pub municipality_code: Option<String>,
    /// Organisation number.
    pub organisation_number: Option<String>,
    /// Whether the location is protected.
    pub protected_location: bool,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Recipients;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

//! A form of support (insatsform).

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RegistryNumber};

/// A form of support (insatsform).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "support_form")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// Code.
    pub code: String,
    /// Swedish.
    pub title: String,
    /// Whether the main list or another passage names it.
    pub listing: String,
    /// The passage, Swedish.
    pub quote: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::SupportForms;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

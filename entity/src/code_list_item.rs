//! An item of a list that a decision defines.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind};

/// An item of a list that a decision defines.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "code_list_item")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Code of the list.
    pub list: String,
    /// Code of the item.
    pub code: String,
    /// First day of this version.
    pub valid_from: Option<Date>,
    /// Order for show.
    pub position: i64,
    /// Swedish.
    pub title: String,
    /// English.
    pub title_en: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::CodeLists;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

//! A document that facts are taken from.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RegistryNumber};

/// A document that facts are taken from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "source_document")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Its file, the key.
    pub file: String,
    /// What it is, Swedish.
    pub title: String,
    /// Number it bears or concerns.
    pub registry_number: Option<RegistryNumber>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::SourceDocuments;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

//! One of several statements about the same thing that contradict each other.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RegistryNumber};

/// One of several statements about the same thing that contradict each other.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "source_conflict")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// What it is about.
    pub subject: String,
    /// Order within the subject.
    pub position: i64,
    /// What the source says, Swedish.
    pub statement: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::SourceConflicts;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

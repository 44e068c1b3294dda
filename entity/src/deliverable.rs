//! What a decision asks for by a day (redovisning, plan).

use sea_orm::entity::prelude::*;

use crate::{CodeList, DeliverableKind, Fact, Kind, RegistryNumber};

/// What a decision asks for by a day (redovisning, plan).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deliverable")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// What it is.
    pub kind: DeliverableKind,
    /// As printed, Swedish.
    pub title: String,
    /// Last day; none where no source says.
    pub due_on: Option<Date>,
    /// Codes of the responsible organisations.
    pub responsible: CodeList,
    /// As printed, Swedish.
    pub receiver: Option<String>,
    /// As printed, Swedish.
    pub must_contain: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Deliverables;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

//! What documents say of the contents of an assignment's reports.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RegistryNumber};

/// A part, a demand, or a finding of an assignment's reports, as printed (del, krav, iakttagelse).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_content")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// `PART`, `REQUIRED_CONTENT`, `DIFFICULTY_FOUND` or `FINDING`.
    pub row_kind: String,
    /// Its number among those of its kind.
    pub number: i64,
    /// Swedish, as printed.
    pub title: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::ReportContents;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

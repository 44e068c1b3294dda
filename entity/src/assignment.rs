//! An assignment (regeringsuppdrag).

use sea_orm::entity::prelude::*;

use crate::{CodeList, Fact, Kind, OrganisationCode, RegistryNumber};

/// An assignment (regeringsuppdrag).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Its main registry number.
    pub code: RegistryNumber,
    /// Title, Swedish.
    pub title: String,
    /// First year.
    pub period_start_year: i64,
    /// Last year.
    pub period_end_year: i64,
    /// Main numbers of the assignments before it.
    pub predecessors: CodeList,
    /// Who coordinates it.
    pub coordinator: OrganisationCode,
    /// Who evaluates it.
    pub evaluator: Option<OrganisationCode>,
    /// Appropriation item (anslagspost), Swedish.
    pub appropriation_item: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Assignments;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

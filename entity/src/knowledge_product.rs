//! A knowledge product of an agency (kunskapsstöd).

use sea_orm::entity::prelude::*;

use crate::{CodeList, Fact, Kind, OrganisationCode, RegistryNumber};

/// A knowledge product of an agency (kunskapsstöd).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "knowledge_product")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment whose documents list it.
    pub assignment: RegistryNumber,
    /// Whose it is.
    pub organisation_code: OrganisationCode,
    /// Swedish, as printed.
    pub title: String,
    /// The heading that it stands under, Swedish.
    pub category: String,
    /// When it came out; none where no source says.
    pub year: Option<i64>,
    /// Whether and when it is revised or comes out, as printed.
    pub status: Option<String>,
    /// Where it is found.
    pub url: Option<String>,
    /// Swedish, as printed.
    pub description: Option<String>,
    /// Numbers of the main activities that it belongs to; empty where no source says.
    pub main_activities: CodeList,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::KnowledgeProducts;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

//! A text that an organisation writes for a section of a report, in Markdown.

use sea_orm::entity::prelude::*;

use crate::{
    DeliverableKind, Fact, Kind, OrganisationCode, RegistryNumber, ReportSection, TextLanguage,
};

/// A text that an organisation writes for a section of a report (berättande text), in Markdown.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "narrative")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Assignment.
    pub assignment: RegistryNumber,
    /// The report that it is written for.
    pub deliverable: DeliverableKind,
    /// Last day of that report, as the decision says it.
    pub due_on: Option<Date>,
    /// Number of the part, from 1.
    pub part: i64,
    /// The section.
    pub section: ReportSection,
    /// Whose text it is.
    pub organisation_code: OrganisationCode,
    /// The language that it is written in.
    pub language: TextLanguage,
    /// The text, kept apart so that a decision can take it away.
    pub text_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Narratives;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

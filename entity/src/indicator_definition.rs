//! A version of an indicator's definition.

use sea_orm::entity::prelude::*;

use crate::{
    Fact, IndicatorCode, IndicatorDirection, IndicatorUnit, Kind, OrganisationCode, RegistryNumber,
};

/// A version of an indicator's definition.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator_definition")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Code of the indicator.
    pub indicator: IndicatorCode,
    /// Version of the definition.
    pub definition_version: i64,
    /// Who sent the code first, and owns it.
    pub organisation_code: OrganisationCode,
    /// The assignment for which it was sent first.
    pub assignment: Option<RegistryNumber>,
    /// Name, Swedish.
    pub name_sv: String,
    /// Name, English.
    pub name_en: Option<String>,
    /// Unit of the values.
    pub unit: IndicatorUnit,
    /// Which way is better.
    pub direction: IndicatorDirection,
    /// Code of a goal.
    pub goal: Option<String>,
    /// Whether the figures count persons.
    pub concerns_persons: bool,
    /// Organisation that the values come from.
    pub source_organisation: Option<OrganisationCode>,
    /// First year.
    pub valid_from_year: i64,
    /// Last year; none = still.
    pub valid_to_year: Option<i64>,
    /// Whether values compare with those of the version before; none = not said.
    pub comparable_with_previous: Option<bool>,
    /// Definition, Swedish.
    pub definition_sv: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::IndicatorDefinitions;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

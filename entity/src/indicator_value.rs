//! A value of an indicator: of an area, a year and a sex.

use sea_orm::entity::prelude::*;

use crate::{Fact, IndicatorCode, Kind, MissingReason, Sex};

/// A value of an indicator: of an area, a year and a sex.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator_value")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Code of the indicator.
    pub indicator: IndicatorCode,
    /// Version of the definition.
    pub definition_version: i64,
    /// `SE`, a county or a recipient.
    pub area_code: String,
    /// Year.
    pub year: i64,
    /// Whose.
    pub sex: Sex,
    /// The value: a decimal as text, exact and with the decimals it was written with.
    pub value: Option<String>,
    /// What the value divides, in the same form.
    pub numerator: Option<String>,
    /// By what, in the same form.
    pub denominator: Option<String>,
    /// Why there is no value.
    pub missing_reason: Option<MissingReason>,
    /// Where the value comes from.
    pub source: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::IndicatorValues;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

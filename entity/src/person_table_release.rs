//! A release of a table of persons: which version it shows.

use sea_orm::entity::prelude::*;

use crate::{IndicatorCode, Moment};

/// A release of a table of persons.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_table_release")]
pub struct Model {
    /// Identity, in the order of the releases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The indicator.
    pub indicator: IndicatorCode,
    /// The version whose counts it shows.
    pub version: i64,
    /// When it was made.
    pub at: Moment,
    /// Who made it.
    pub actor: String,
    /// Counts from 1 up to this are hidden.
    pub threshold: i64,
    /// Whether women and men are shown beside the totals.
    pub by_sex: bool,
    /// Whether nothing at all is shown.
    pub whole: bool,
}

impl ActiveModelBehavior for ActiveModel {}

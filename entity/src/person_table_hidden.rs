//! A hidden place of a release of a table of persons.

use sea_orm::entity::prelude::*;

use crate::{CountyCode, Sex};

/// A hidden place of a release of a table of persons.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_table_hidden")]
pub struct Model {
    /// The release.
    #[sea_orm(primary_key, auto_increment = false)]
    pub release_id: i64,
    /// From 1 on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i64,
    /// Whose.
    pub sex: Sex,
    /// County; none for the totals of a year.
    pub county_code: Option<CountyCode>,
    /// Year; none for the totals of a county.
    pub year: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

//! A file of a sealed release, as it was sealed.

use sea_orm::entity::prelude::*;

/// A file of a sealed release.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sealed_file")]
pub struct Model {
    /// The release.
    #[sea_orm(primary_key, auto_increment = false)]
    pub release_id: i64,
    /// Order within it, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i64,
    /// Its path within the release's folder.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

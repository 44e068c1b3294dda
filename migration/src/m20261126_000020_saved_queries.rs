//! Questions that were saved, so that an address leads to their answer as a file.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &["saved_query"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        engine::run(manager, UP).await?;
        for table in IMMUTABLE {
            guard::set(manager, table, Allowed::Nothing).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in IMMUTABLE {
            guard::take_away(manager, table).await?;
        }
        engine::drop_tables(manager, IMMUTABLE).await
    }
}

const UP: &str = "
-- The text is the question in its normal form; whoever saves the same again is given the same row.
CREATE TABLE saved_query (
    id BIGINT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT NOT NULL
);
";

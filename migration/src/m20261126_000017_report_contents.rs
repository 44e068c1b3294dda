//! What documents say of the contents of an assignment's reports.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &["report_content"];

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
CREATE TABLE report_content (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    row_kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL
);
";

//! The life of a submission and the instants that were answered for: what reading as of a time rests on.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &["answered"];

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
        engine::run(
            manager,
            "DROP INDEX ix_submission_event_at; DROP INDEX ix_dataset_version_event;",
        )
        .await?;
        engine::drop_tables(manager, IMMUTABLE).await
    }
}

const UP: &str = "
-- Instants that a reader was answered for before any version was as late: every later version comes after them.
CREATE TABLE answered (
    at BIGINT NOT NULL PRIMARY KEY
);

CREATE INDEX ix_submission_event_at ON submission_event (at, submission_id);
CREATE INDEX ix_dataset_version_event ON dataset_version (submission_event_id);
";

//! Sealed releases: what was frozen for a report, with its files.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &["sealed_file", "sealed_release"];

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
CREATE TABLE sealed_release (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    assignment TEXT NOT NULL,
    deliverable_kind TEXT NOT NULL,
    due_on DATE,
    version BIGINT NOT NULL REFERENCES dataset_version (version),
    as_of BIGINT NOT NULL,
    today DATE NOT NULL,
    sealed_at BIGINT NOT NULL,
    sealed_by TEXT NOT NULL,
    embargo_until BIGINT,
    sha256 TEXT NOT NULL,
    key_id TEXT
);

-- The files as they were sealed; the manifest among them has the hash of each.
CREATE TABLE sealed_file (
    release_id BIGINT NOT NULL REFERENCES sealed_release (id),
    ordinal BIGINT NOT NULL,
    path TEXT NOT NULL,
    bytes {bytes} NOT NULL,
    PRIMARY KEY (release_id, ordinal),
    UNIQUE (release_id, path)
);
";

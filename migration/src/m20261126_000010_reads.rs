//! Who read what is not open, in a chain of its own; and what a decision took away.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &["read_event", "redaction"];

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
-- Who read what is not open; one row a request, each holding the hash of the one before.
CREATE TABLE read_event (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);

-- The tombstone of a free text or a file: by which decision it was taken away, when, by whom and why.
CREATE TABLE redaction (
    id BIGINT NOT NULL PRIMARY KEY,
    target TEXT NOT NULL,
    target_key TEXT NOT NULL,
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (target, target_key)
);
";

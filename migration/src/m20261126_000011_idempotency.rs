//! Uploads that said a key: who asks again with it, having lost the answer, gets the same one.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &["upload"];

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
-- A key is its caller's own; the fingerprint is of the file and of everything that was said about it. The answer is the
-- submission as it was at that instant, which reads the same for ever.
CREATE TABLE upload (
    id BIGINT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    organisation TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    submission_id BIGINT NOT NULL REFERENCES submission (id),
    verdict TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (subject, organisation, idempotency_key)
);
";

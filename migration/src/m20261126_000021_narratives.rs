//! What agencies write for reports: one text for each section, organisation and language.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &["narrative"];

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
-- The text itself stands with the other texts, so that a decision can take it away and leave its hash.
CREATE TABLE narrative (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    deliverable TEXT NOT NULL,
    due_on DATE,
    part BIGINT NOT NULL,
    section TEXT NOT NULL,
    organisation_code TEXT NOT NULL,
    language TEXT NOT NULL,
    text_id BIGINT NOT NULL REFERENCES free_text (id)
);
CREATE INDEX ix_narrative_report ON narrative (assignment, deliverable, due_on);
";

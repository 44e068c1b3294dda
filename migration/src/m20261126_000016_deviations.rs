//! What became of deviations: decisions of the coordination group on what activity reports tell of.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &["deviation_decision"];

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
-- A decision is about one report: the same version, row, organisation and day.
CREATE TABLE deviation_decision (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    plan_version BIGINT NOT NULL,
    number BIGINT NOT NULL,
    organisation_code TEXT NOT NULL,
    per_date DATE NOT NULL,
    decision TEXT NOT NULL,
    decided_on DATE NOT NULL,
    note_id BIGINT REFERENCES free_text (id),
    new_plan_version BIGINT
);
CREATE INDEX ix_deviation_decision_version ON deviation_decision (assignment, plan_version, number);
";

//! What was delivered of what decisions ask for, and the agencies' knowledge products.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &["delivery", "knowledge_product"];

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
-- Decisions give their deliverables no code: kind and last day say which it is.
CREATE TABLE delivery (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    deliverable TEXT NOT NULL,
    due_on DATE,
    year BIGINT,
    organisation_code TEXT NOT NULL,
    delivered_on DATE NOT NULL,
    registry_number TEXT
);

CREATE TABLE knowledge_product (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    organisation_code TEXT NOT NULL,
    title TEXT NOT NULL,
    category TEXT NOT NULL,
    year BIGINT,
    status TEXT,
    url TEXT,
    description TEXT,
    main_activities TEXT NOT NULL
);
";

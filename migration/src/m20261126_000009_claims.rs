//! How money is claimed back: the steps of claims for repayment.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &["repayment_claim"];

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
-- A claim has one row a step: demanded, deferred, waived or withdrawn.
CREATE TABLE repayment_claim (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    reference TEXT NOT NULL,
    round TEXT NOT NULL,
    recipient_code TEXT NOT NULL,
    step TEXT NOT NULL,
    decided_on DATE NOT NULL,
    amount BIGINT,
    due_on DATE,
    registry_number TEXT
);
CREATE INDEX ix_repayment_claim_round ON repayment_claim (round, recipient_code);
";

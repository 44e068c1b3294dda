//! What is stored stays: triggers that refuse every change of a stored fact, on both engines.
//!
//! Three exceptions, each allowed once a row: closing an interval of `counted`, and redacting a free text or a file.
//! SQLite's `INSERT OR REPLACE` passes delete triggers only with the pragma `recursive_triggers`, which the store sets;
//! PostgreSQL's `TRUNCATE` passes row triggers, so it has a statement trigger of its own.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::guard::{self, Allowed};

/// Tables of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &[
    "submission",
    "received_row",
    "submission_event",
    "dataset_version",
    "finding",
    "citation",
    "audit_event",
    "assignment",
    "decision",
    "appropriation",
    "programme",
    "organisation",
    "role",
    "goal",
    "main_activity",
    "deliverable",
    "support_form",
    "allocation_key",
    "allocation_rule",
    "published_figure",
    "code_list_item",
    "source_document",
    "source_conflict",
    "county",
    "recipient",
    "population",
    "recipient_link",
    "round",
    "allocation",
    "requisition",
    "application",
    "payment",
    "usage_report",
    "usage_line",
    "repayment",
    "administrative_cost",
    "support_event",
    "support_event_reach",
];

/// Tables of parts of a row, which are there before the row counts.
const PARTS: &[&str] = &["usage_line", "support_event_reach", "citation"];

/// Tables whose interval is closed once, by setting `closed_version`.
pub const CLOSED_ONCE: &[&str] = &["counted"];

/// Tables whose content is redacted once: the column named is emptied and `redacted_at` set.
pub const REDACTED_ONCE: &[(&str, &str)] = &[("free_text", "body"), ("file_content", "bytes")];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        guard::prepare(manager).await?;
        for table in IMMUTABLE {
            guard::set(manager, table, Allowed::Nothing).await?;
        }
        for table in CLOSED_ONCE {
            guard::set(manager, table, Allowed::Closing).await?;
        }
        for (table, column) in REDACTED_ONCE {
            guard::set(manager, table, Allowed::Redacting(column)).await?;
        }
        guard::only_now(manager).await?;
        for table in PARTS {
            guard::parts_first(manager, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in IMMUTABLE
            .iter()
            .chain(CLOSED_ONCE)
            .chain(REDACTED_ONCE.iter().map(|(table, _)| table))
        {
            guard::take_away(manager, table).await?;
        }
        guard::clear(manager).await
    }
}

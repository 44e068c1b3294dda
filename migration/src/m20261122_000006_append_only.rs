//! What is stored stays: triggers that refuse every change of a stored fact, on both engines.
//!
//! Three exceptions, each allowed once a row: closing an interval of `counted`, and redacting a free text or a file.
//! SQLite's `INSERT OR REPLACE` passes delete triggers only with the pragma `recursive_triggers`, which the store sets;
//! PostgreSQL's `TRUNCATE` passes row triggers, so it has a statement trigger of its own.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::engine;

/// Tables of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &[
    "submission", "received_row", "submission_event", "dataset_version", "finding", "citation", "audit_event",
    "assignment", "decision", "appropriation", "programme", "organisation", "role", "goal", "main_activity",
    "deliverable", "support_form", "allocation_key", "allocation_rule", "published_figure", "code_list_item", "source_document",
    "source_conflict", "county", "recipient", "population", "recipient_link", "round", "allocation", "requisition",
    "application", "payment", "usage_report", "usage_line", "repayment", "administrative_cost", "support_event",
    "support_event_reach",
];

/// Tables whose interval is closed once, by setting `closed_version`.
pub const CLOSED_ONCE: &[&str] = &["counted"];

/// Tables whose content is redacted once: the column named is emptied and `redacted_at` set.
pub const REDACTED_ONCE: &[(&str, &str)] = &[("free_text", "body"), ("file_content", "bytes")];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let guard: fn(&str, &str) -> String = match manager.get_database_backend() {
            DbBackend::Postgres => {
                engine::run(manager, POSTGRES_REFUSAL).await?;
                postgres_guard
            }
            _ => sqlite_guard,
        };
        for table in IMMUTABLE {
            engine::run(manager, &guard(table, "TRUE")).await?;
        }
        for table in CLOSED_ONCE {
            engine::run(manager, &guard(table, CLOSES_ONCE)).await?;
        }
        for (table, column) in REDACTED_ONCE {
            engine::run(manager, &guard(table, &redacts_once(table, column))).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = IMMUTABLE.iter().chain(CLOSED_ONCE).chain(REDACTED_ONCE.iter().map(|(table, _)| table));
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        for table in tables {
            for (verb, applies) in [("update", true), ("delete", true), ("truncate", postgres)] {
                if applies {
                    let on = if postgres { format!(" ON {table}") } else { String::new() };
                    engine::run(manager, &format!("DROP TRIGGER IF EXISTS {table}_no_{verb}{on};")).await?;
                }
            }
        }
        if postgres {
            engine::run(manager, "DROP FUNCTION IF EXISTS refuse_change();").await?;
        }
        Ok(())
    }
}

/// An update is refused unless it closes an open interval and touches nothing else.
const CLOSES_ONCE: &str = "NOT (OLD.closed_version IS NULL AND NEW.closed_version IS NOT NULL
    AND NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.natural_key = OLD.natural_key
    AND NEW.row_id = OLD.row_id AND NEW.opened_version = OLD.opened_version)";

/// An update is refused unless it empties the column, sets the time and touches nothing else.
fn redacts_once(table: &str, column: &str) -> String {
    let same = match table {
        "free_text" => "NEW.id = OLD.id AND NEW.sha256 = OLD.sha256",
        _ => "NEW.sha256 = OLD.sha256 AND NEW.byte_count = OLD.byte_count",
    };
    format!(
        "NOT (OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL AND NEW.{column} IS NULL AND {same})"
    )
}

fn sqlite_guard(table: &str, refused_update: &str) -> String {
    let refused_update = if refused_update == "TRUE" { "1" } else { refused_update };
    format!(
        "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {refused_update}
            BEGIN SELECT RAISE(ABORT, 'a stored fact cannot be changed: {table}'); END;
         CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
            BEGIN SELECT RAISE(ABORT, 'a stored fact cannot be deleted: {table}'); END;"
    )
}

const POSTGRES_REFUSAL: &str = "
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a stored fact cannot be changed or deleted: %', TG_TABLE_NAME;
END
$$;";

fn postgres_guard(table: &str, refused_update: &str) -> String {
    format!(
        "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW
            WHEN ({refused_update}) EXECUTE FUNCTION refuse_change();
         CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
         CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();"
    )
}

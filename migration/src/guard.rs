//! Triggers that keep what is stored, for any migration that makes a table of facts.

use sea_orm_migration::prelude::{DbErr, SchemaManager};
use sea_orm_migration::sea_orm::DbBackend;

use crate::engine;

/// What may still happen to a row of a table.
#[derive(Clone, Copy)]
pub(crate) enum Allowed {
    /// Nothing.
    Nothing,
    /// Closing its interval once, by setting `closed_version`.
    Closing,
    /// Redacting it once: the column is emptied and `redacted_at` set.
    Redacting(&'static str),
}

/// Makes what the guards of PostgreSQL call; once a database.
pub(crate) async fn prepare(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        engine::run(manager, POSTGRES_REFUSAL).await?;
    }
    Ok(())
}

/// Guards a table.
pub(crate) async fn set(
    manager: &SchemaManager<'_>,
    table: &str,
    allowed: Allowed,
) -> Result<(), DbErr> {
    let refused_update = match allowed {
        Allowed::Nothing => "TRUE".to_owned(),
        Allowed::Closing => CLOSES_ONCE.to_owned(),
        Allowed::Redacting(column) => redacts_once(table, column),
    };
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => postgres_guard(table, &refused_update),
        _ => sqlite_guard(table, &refused_update),
    };
    engine::run(manager, &sql).await
}

/// Takes the guards of a table away.
pub(crate) async fn take_away(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let postgres = manager.get_database_backend() == DbBackend::Postgres;
    let on = if postgres {
        format!(" ON {table}")
    } else {
        String::new()
    };
    let verbs: &[&str] = if postgres {
        &["update", "delete", "truncate"]
    } else {
        &["update", "delete"]
    };
    for verb in verbs {
        engine::run(
            manager,
            &format!("DROP TRIGGER IF EXISTS {table}_no_{verb}{on};"),
        )
        .await?;
    }
    Ok(())
}

/// Takes away what [`prepare`] made.
pub(crate) async fn clear(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        engine::run(manager, "DROP FUNCTION IF EXISTS refuse_change();").await?;
    }
    Ok(())
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
    let refused_update = if refused_update == "TRUE" {
        "1"
    } else {
        refused_update
    };
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

//! Triggers that keep what is stored, for any migration that makes a table of facts.

use sea_orm_migration::prelude::{ConnectionTrait, DbErr, SchemaManager};
use sea_orm_migration::sea_orm::{DbBackend, Statement};

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
        _ => {
            sqlite_guard(table, &refused_update) + &sqlite_replacement_guard(manager, table).await?
        }
    };
    engine::run(manager, &sql).await
}

/// Lets an interval open and close in the last version alone: no past version gains or loses a row.
pub(crate) async fn only_now(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => {
            "CREATE FUNCTION counted_only_now() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
                 IF COALESCE(NEW.closed_version, NEW.opened_version) IS DISTINCT FROM
                     (SELECT MAX(version) FROM dataset_version) THEN
                     RAISE EXCEPTION 'what counted in a past version cannot be changed: counted';
                 END IF;
                 RETURN NEW;
             END
             $$;
             CREATE TRIGGER counted_only_now BEFORE INSERT OR UPDATE ON counted FOR EACH ROW
                EXECUTE FUNCTION counted_only_now();"
        }
        _ => {
            "CREATE TRIGGER counted_opens_now BEFORE INSERT ON counted
                WHEN COALESCE(NEW.closed_version, NEW.opened_version) IS DISTINCT FROM
                    (SELECT MAX(version) FROM dataset_version)
                BEGIN SELECT RAISE(ABORT, 'what counted in a past version cannot be changed: counted'); END;
             CREATE TRIGGER counted_closes_now BEFORE UPDATE ON counted
                WHEN COALESCE(NEW.closed_version, NEW.opened_version) IS DISTINCT FROM
                    (SELECT MAX(version) FROM dataset_version)
                BEGIN SELECT RAISE(ABORT, 'what counted in a past version cannot be changed: counted'); END;"
        }
    };
    engine::run(manager, sql).await
}

/// Lets the parts of a row be added only before the row counts.
pub(crate) async fn parts_first(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => format!(
            "CREATE TRIGGER {table}_parts_first BEFORE INSERT ON {table} FOR EACH ROW
                EXECUTE FUNCTION refuse_late_part();"
        ),
        _ => format!(
            "CREATE TRIGGER {table}_parts_first BEFORE INSERT ON {table}
                WHEN EXISTS (SELECT 1 FROM counted WHERE row_id = NEW.row_id)
                BEGIN SELECT RAISE(ABORT, 'a row that has counted takes no more parts: {table}'); END;"
        ),
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
        &["update", "delete", "replace"]
    };
    for verb in verbs {
        engine::run(
            manager,
            &format!("DROP TRIGGER IF EXISTS {table}_no_{verb}{on};"),
        )
        .await?;
    }
    let mut names = vec![format!("{table}_parts_first")];
    if table == "counted" {
        names.extend(
            [
                "counted_only_now",
                "counted_opens_now",
                "counted_closes_now",
            ]
            .map(String::from),
        );
    }
    for name in names {
        engine::run(manager, &format!("DROP TRIGGER IF EXISTS {name}{on};")).await?;
    }
    Ok(())
}

/// Takes away what [`prepare`] made.
pub(crate) async fn clear(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        engine::run(
            manager,
            "DROP FUNCTION IF EXISTS refuse_change();
             DROP FUNCTION IF EXISTS refuse_late_part();
             DROP FUNCTION IF EXISTS counted_only_now();",
        )
        .await?;
    }
    Ok(())
}

/// An update is refused unless it closes an open interval and touches nothing else.
///
/// Compared so that an empty value is no way round.
const CLOSES_ONCE: &str = "NOT (OLD.closed_version IS NULL AND NEW.closed_version IS NOT NULL
    AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.kind IS NOT DISTINCT FROM OLD.kind
    AND NEW.natural_key IS NOT DISTINCT FROM OLD.natural_key
    AND NEW.row_id IS NOT DISTINCT FROM OLD.row_id
    AND NEW.opened_version IS NOT DISTINCT FROM OLD.opened_version)";

/// An update is refused unless it empties the column, sets the time and touches nothing else.
fn redacts_once(table: &str, column: &str) -> String {
    let same = match table {
        "free_text" => {
            "NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.sha256 IS NOT DISTINCT FROM OLD.sha256"
        }
        _ => {
            "NEW.sha256 IS NOT DISTINCT FROM OLD.sha256
                AND NEW.byte_count IS NOT DISTINCT FROM OLD.byte_count"
        }
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

/// `INSERT OR REPLACE` deletes the rows in its way without asking the trigger that refuses deletion, unless the connection
/// has `recursive_triggers` on, which no other program does. So no row may be inserted in the place of another.
async fn sqlite_replacement_guard(
    manager: &SchemaManager<'_>,
    table: &str,
) -> Result<String, DbErr> {
    let sql = format!(
        "SELECT group_concat(i.name || ' = NEW.' || i.name, ' AND ') AS same, coalesce(m.sql, '') AS made
         FROM pragma_index_list('{table}') l JOIN pragma_index_info(l.name) i
              LEFT JOIN sqlite_master m ON m.name = l.name
         WHERE l.\"unique\" GROUP BY l.name"
    );
    let connection = manager.get_connection();
    let statement = Statement::from_string(DbBackend::Sqlite, sql);
    let mut taken = Vec::new();
    for index in connection.query_all_raw(statement).await? {
        let (mut same, made): (String, String) =
            (index.try_get("", "same")?, index.try_get("", "made")?);
        // A partial index knows only the rows of its condition.
        if let Some((_, condition)) = made.split_once(" WHERE ") {
            same = format!("{same} AND {condition}");
        }
        taken.push(format!("EXISTS (SELECT 1 FROM {table} WHERE {same})"));
    }
    Ok(format!(
        "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {}
            BEGIN SELECT RAISE(ABORT, 'a stored fact cannot be replaced: {table}'); END;",
        taken.join(" OR ")
    ))
}

const POSTGRES_REFUSAL: &str = "
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a stored fact cannot be changed or deleted: %', TG_TABLE_NAME;
END
$$;
CREATE FUNCTION refuse_late_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM counted WHERE row_id = NEW.row_id) THEN
        RAISE EXCEPTION 'a row that has counted takes no more parts: %', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
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

//! The pools of connections of both engines: what every connection is told, and when one is closed rather than used again.

use std::time::Duration;

use sea_orm::ConnectOptions;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{Connection, Error as SqlxError, raw_sql};

/// How long a connection to a server may take to come back from what it was given up in. Then it is closed: what it had
/// begun is rolled back there, and its place is free here.
const RETURN: Duration = Duration::from_secs(5);

/// What every connection of a SQLite store is told.
#[must_use]
pub fn sqlite_settings(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        // A file that was acknowledged must survive a loss of power.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(60))
        .foreign_keys(true)
        // Without it INSERT OR REPLACE passes the triggers that refuse deletion.
        .pragma("recursive_triggers", "ON")
        // What a redaction takes away is overwritten in its pages.
        .pragma("secure_delete", "ON")
}

/// The pool of a file. The library knows options by URL alone; these replace what it reads there.
pub(super) fn to_file(file: SqliteConnectOptions) -> ConnectOptions {
    let mut options = pooled("sqlite::memory:", Duration::from_secs(30));
    options
        .map_sqlx_sqlite_opts(move |_| file.clone())
        .map_sqlx_sqlite_pool_opts(|pool| {
            pool.after_release(|connection, _| {
                Box::pin(async move {
                    // What a dropped transaction has queued is done first.
                    connection.ping().await?;
                    // SQLite ends a transaction by itself where the disk is full. The library still counts it, and would
                    // take the next one for a part of it that it never ends: such a connection is closed.
                    Ok(!connection.is_in_transaction())
                })
            })
        });
    options
}

/// The pool of a server. A URL's password is in no option that the library could print.
pub(super) fn to_server(server: PgConnectOptions) -> ConnectOptions {
    let mut options = pooled("postgres://localhost", Duration::from_secs(10));
    options
        // It is asked whether it is there when it is given back, too.
        .test_before_acquire_if_idle_for(Duration::from_millis(500))
        .map_sqlx_postgres_opts(move |_| server.clone())
        .map_sqlx_postgres_pool_opts(|pool| {
            pool.after_connect(|connection, _| {
                Box::pin(async move {
                    raw_sql(SERVER_SETTINGS).execute(connection).await?;
                    Ok(())
                })
            })
            .after_release(|connection, _| {
                Box::pin(async move {
                    match tokio::time::timeout(RETURN, connection.ping()).await {
                        Ok(answered) => answered.map(|()| true),
                        Err(_) => Err(SqlxError::PoolTimedOut),
                    }
                })
            })
        });
    options
}

/// A server ends what nobody waits for any more, and notices within a minute that a client's machine has gone: what that
/// had locked is free again. Servers that do not know a setting are not told it.
const SERVER_SETTINGS: &str = "SELECT set_config(known.name, said.value, false) FROM pg_settings known JOIN (VALUES
    ('client_connection_check_interval', '5s'), ('tcp_keepalives_idle', '30'),
    ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3')) said (name, value) ON said.name = known.name";

/// What the pools of both engines have in common.
fn pooled(url: &str, acquire: Duration) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(8)
        .min_connections(1)
        .connect_timeout(Duration::from_secs(10))
        .acquire_timeout(acquire)
        .sqlx_logging(false);
    options
}

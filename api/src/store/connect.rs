//! Opening the store: an embedded SQLite file, or PostgreSQL by URL; migrated on the way.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr};

/// Connections to the database, shared by all that read.
#[derive(Clone, Debug)]
pub struct Store {
    connection: DatabaseConnection,
    statements: Arc<AtomicU64>,
}

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is of no database that Samsyn knows.
    #[error("the database URL must begin with sqlite: or postgres:")]
    Scheme,
    /// There is no such store.
    #[error(
        "there is no store {0}: `samsyn import` makes one, and --database-url or SAMSYN_DATABASE_URL names another"
    )]
    Missing(String),
    /// Its tables are not those of this version of the program.
    #[error("the store is not up to date: `samsyn migrate` brings it up to date")]
    NotUpToDate,
    /// The database does not answer, or refuses.
    #[error("the database could not be opened: {0}")]
    Database(#[from] DbErr),
}

impl Store {
    /// Opens a store, creating the SQLite file where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// The URL is of another scheme, or the database cannot be used.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        // The file is made where it is missing: there is no set-up.
        let store = Self::connect(url, "rwc").await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens a store that exists and brings its tables up to date.
    ///
    /// # Errors
    /// There is no such store, or the database cannot be used.
    pub async fn open_existing(url: &str) -> Result<Self, OpenError> {
        let store = Self::connect(url, "rw").await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens a store that exists and leaves it as it is: nothing is created, migrated or loaded.
    ///
    /// # Errors
    /// There is no such store, it is not up to date, or the database cannot be used.
    pub async fn open_as_it_is(url: &str) -> Result<Self, OpenError> {
        let store = Self::connect(url, "rw").await?;
        let pending = Migrator::get_pending_migrations(store.connection()).await?;
        if !pending.is_empty() {
            store.close().await?;
            return Err(OpenError::NotUpToDate);
        }
        Ok(store)
    }

    async fn connect(url: &str, mode: &str) -> Result<Self, OpenError> {
        let url = if let Some(path) = url.strip_prefix("sqlite:") {
            let file = path.trim_start_matches("//");
            if mode == "rw" && !file.contains(['?', ':']) && !Path::new(file).exists() {
                return Err(OpenError::Missing(file.to_owned()));
            }
            if path.contains("mode=") || path.contains(":memory:") {
                url.to_owned()
            } else {
                with_mode(url, mode)
            }
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            url.to_owned()
        } else {
            return Err(OpenError::Scheme);
        };
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(8)
            .min_connections(1)
            .connect_timeout(Duration::from_secs(10))
            .acquire_timeout(Duration::from_secs(30))
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(sqlite_settings);
        let mut connection = Database::connect(options).await?;
        let statements = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&statements);
        connection.set_metric_callback(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        Ok(Self {
            connection,
            statements,
        })
    }

    /// Brings the tables up to date under the write lock: of processes that start together one does it.
    async fn migrate(&self) -> Result<(), DbErr> {
        let writer = self.begin_write().await?;
        Migrator::up(writer.transaction(), None).await?;
        writer.commit().await
    }

    /// The connection that readers use.
    pub(crate) const fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Which engine it is.
    pub(crate) fn backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    /// Statements run so far: what a request costs the database.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Writes the files of the database anew, so that nothing of what was redacted is left in them.
    ///
    /// # Errors
    /// The database is in use elsewhere, or its owner is somebody else.
    pub async fn rewrite(&self) -> Result<(), DbErr> {
        let statements: &[&str] = match self.backend() {
            DbBackend::Postgres => &[
                "SET lock_timeout = '10s'",
                "VACUUM (FULL) free_text",
                "VACUUM (FULL) file_content",
            ],
            _ => &["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"],
        };
        // Each statement is a transaction of its own: both engines refuse to rewrite within one.
        for statement in statements {
            self.connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    /// Closes all connections, so that the file can be removed or copied.
    ///
    /// # Errors
    /// The database reports a fault on closing.
    pub async fn close(self) -> Result<(), DbErr> {
        self.connection.close().await
    }
}

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

fn with_mode(url: &str, mode: &str) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}mode={mode}")
}

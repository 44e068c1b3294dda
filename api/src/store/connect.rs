//! Opening the store: an embedded SQLite file, or PostgreSQL by URL; migrated on the way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, SqlxPostgresConnector,
    SqlxSqliteConnector,
};

use super::address::{Address, Missing, make_private};
use super::known::Known;
use super::pool::{to_file, to_server};
use super::pulse::Pulse;
use super::ready::Tried;
use super::write::Turns;
use crate::kept::{self, Kept};

/// Connections to the database, shared by all that read.
#[derive(Clone)]
pub struct Store {
    connection: DatabaseConnection,
    statements: Arc<AtomicU64>,
    pub(super) address: Arc<Address>,
    pub(super) turns: Turns,
    pub(super) pulse: Arc<Pulse>,
    pub(super) tried: Arc<Tried>,
    pub(super) known: Known,
    kept: Kept,
}

/// Without its address, which may hold a password.
impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is of no database that Samsyn knows.
    #[error("the database URL must begin with sqlite: or postgres:")]
    Scheme,
    /// The URL cannot be read. It is not repeated: it may hold a password.
    #[error(
        "the database URL cannot be read: it is sqlite: and a path, or postgres://USER:PASSWORD@HOST:PORT/DATABASE, where characters such as / : @ % in the password are percent-encoded"
    )]
    Form,
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
        let store = Self::connect(url, Missing::Made).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens a store that exists and brings its tables up to date.
    ///
    /// # Errors
    /// There is no such store, or the database cannot be used.
    pub async fn open_existing(url: &str) -> Result<Self, OpenError> {
        let store = Self::connect(url, Missing::Refused).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens a store that exists and leaves it as it is: nothing is created, migrated or loaded.
    ///
    /// # Errors
    /// There is no such store, it is not up to date, or the database cannot be used.
    pub async fn open_as_it_is(url: &str) -> Result<Self, OpenError> {
        let store = Self::connect(url, Missing::Refused).await?;
        let pending = Migrator::get_pending_migrations(store.connection()).await?;
        if !pending.is_empty() {
            store.close().await?;
            return Err(OpenError::NotUpToDate);
        }
        Ok(store)
    }

    async fn connect(url: &str, missing: Missing) -> Result<Self, OpenError> {
        let address = Address::read(url, missing)?;
        if let Some(file) = address.file() {
            // A URL may say itself that nothing is to be made.
            let may_make = !url.contains("mode=") || url.contains("mode=rwc");
            match missing {
                Missing::Made if may_make => make_private(&file),
                Missing::Made => {}
                Missing::Refused if !file.exists() => {
                    return Err(OpenError::Missing(file.display().to_string()));
                }
                Missing::Refused => {}
            }
        }
        let mut connection = match address.clone() {
            Address::Sqlite(file) => SqlxSqliteConnector::connect(to_file(file)).await?,
            Address::Postgres(server) => SqlxPostgresConnector::connect(to_server(server)).await?,
        };
        let statements = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&statements);
        connection.set_metric_callback(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        Ok(Self {
            turns: Turns::of(connection.get_database_backend()),
            connection,
            statements,
            address: Arc::new(address),
            pulse: Arc::default(),
            tried: Arc::default(),
            known: Known::default(),
            kept: Kept::within(kept::DEFAULT_BYTES),
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

    /// What was read and computed of it.
    #[must_use]
    pub const fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The same store, which keeps so many bytes of what was read and computed.
    #[must_use]
    pub fn keeping(self, bytes: u64) -> Self {
        Self {
            kept: Kept::within(bytes),
            ..self
        }
    }

    /// The same store, which keeps what was read and computed with that of another.
    #[must_use]
    pub(crate) fn kept_in(self, kept: Kept) -> Self {
        Self { kept, ..self }
    }

    /// Where it is, as a person is told it: a file by its path, a server without anything that its URL holds.
    #[must_use]
    pub fn place(&self) -> String {
        match &*self.address {
            Address::Sqlite(file) => format!("the store {}", file.get_filename().display()),
            Address::Postgres(_) => "the store on PostgreSQL".to_owned(),
        }
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sea_orm::sqlx::sqlite::SqliteConnectOptions;
    use sea_orm::sqlx::{Connection, raw_sql};

    use super::*;

    async fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("samsyn.db").display());
        let store = Store::open(&url).await.expect("a new store");
        (folder, store)
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_new_store_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, store) = store().await;
        let writer = store.begin_write().await.expect("a writer");
        let mut found = Vec::new();
        for file in std::fs::read_dir(folder.path()).expect("a folder") {
            let file = file.expect("a file");
            let mode = file.metadata().expect("its rights").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{:?}", file.file_name());
            found.push(file.file_name());
        }
        found.sort();
        assert_eq!(found, ["samsyn.db", "samsyn.db-shm", "samsyn.db-wal"]);
        writer.roll_back().await;
    }

    #[tokio::test]
    async fn no_error_of_opening_repeats_a_password() {
        for url in [
            "postgres://samsyn:s3cret@host:port/samsyn",
            "postgres://samsyn:s3/cret@host/samsyn",
            "postgresql://samsyn:s3cret@[host/samsyn",
            "sqlite://samsyn:s3cret@host/x?mode=odd",
            "mysql://samsyn:s3cret@host/samsyn",
        ] {
            let error = Store::open_existing(url).await.expect_err(url);
            let said = format!("{error} {error:?}");
            assert!(!said.contains("cret"), "{said}");
        }
    }

    /// As it is after a full disk: SQLite has rolled back by itself, and the library still counts a transaction.
    #[tokio::test]
    async fn a_connection_whose_transaction_has_ended_by_itself_holds_no_lock() {
        let (folder, store) = store().await;
        for _ in 0..4 {
            let writer = store.begin_write().await.expect("a writer");
            let ended = writer.transaction().execute_unprepared("ROLLBACK").await;
            ended.expect("it has ended");
            writer.roll_back().await;
        }
        // One that is rolled back must leave the lock: as part of another it would keep it for ever.
        let writer = store.begin_write().await.expect("a writer");
        writer.roll_back().await;
        let file = SqliteConnectOptions::new()
            .filename(folder.path().join("samsyn.db"))
            .busy_timeout(Duration::from_secs(2));
        let mut other = sea_orm::sqlx::sqlite::SqliteConnection::connect_with(&file)
            .await
            .expect("another process");
        let begun = raw_sql("BEGIN IMMEDIATE; ROLLBACK")
            .execute(&mut other)
            .await;
        begun.expect("nobody holds the lock");
    }

    #[tokio::test]
    async fn many_that_wait_to_write_leave_room_to_read() {
        let (folder, store) = store().await;
        let file = SqliteConnectOptions::new().filename(folder.path().join("samsyn.db"));
        let mut other = sea_orm::sqlx::sqlite::SqliteConnection::connect_with(&file)
            .await
            .expect("another process");
        let begun = raw_sql("BEGIN IMMEDIATE").execute(&mut other).await;
        begun.expect("the lock");
        let waiting: Vec<_> = (0..20)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    let writer = store.begin_write().await.expect("a writer");
                    writer.roll_back().await;
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(300)).await;
        let read = store.connection().execute_unprepared("SELECT 1");
        let read = tokio::time::timeout(Duration::from_secs(5), read).await;
        read.expect("a connection is left").expect("it is read");
        raw_sql("ROLLBACK")
            .execute(&mut other)
            .await
            .expect("the lock is free");
        for one in waiting {
            one.await.expect("each has its turn");
        }
    }

    #[tokio::test]
    async fn readiness_tries_a_write_and_a_writer_at_work_is_no_fault() {
        let (folder, store) = store().await;
        assert_eq!(store.writable().await, Ok(()));
        let writer = store.begin_write().await.expect("a writer");
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        assert_eq!(store.writable().await, Ok(()), "somebody writes");
        writer.roll_back().await;
        let tables = "SELECT name FROM sqlite_master WHERE name = 'tried'";
        let statement = sea_orm::Statement::from_string(DbBackend::Sqlite, tables);
        let left = store.connection().query_one_raw(statement).await;
        assert!(
            left.expect("it is read").is_none(),
            "nothing is left of a try"
        );
        // What is no database cannot be written.
        let file = folder.path().join("samsyn.db");
        std::fs::remove_file(&file).expect("it goes");
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        assert!(store.writable().await.is_err());
    }
}

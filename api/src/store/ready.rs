//! Whether the store can be written: tried on the very file or server, and rolled back.

use std::path::PathBuf;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{Connection, Error as SqlxError, raw_sql};
use sea_orm::{DbErr, RuntimeErr};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::Store;
use super::address::Address;
use super::trouble::Trouble;

/// What was found is good for so long: however often it is asked, the store is tried once a second.
const FRESH: Duration = Duration::from_secs(1);

/// A try that takes longer has failed.
const LONGEST: Duration = Duration::from_secs(3);

/// How long a try waits for a writer at work. It is then known that somebody can write.
const TURN: Duration = Duration::from_millis(500);

/// Bytes written by a try: more than what is left of a disk that is nearly full.
const WRITTEN: usize = 256 << 10;

/// The last try, shared by all that ask.
#[derive(Debug, Default)]
pub(super) struct Tried(Mutex<Option<(Instant, Result<(), Trouble>)>>);

impl Store {
    /// Whether it can be written now.
    ///
    /// # Errors
    /// What ails it.
    pub async fn writable(&self) -> Result<(), Trouble> {
        // One tries, the others wait for what it finds.
        let mut last = self.tried.0.lock().await;
        if let Some((at, found)) = *last
            && at.elapsed() < FRESH
        {
            return found;
        }
        let tried = timeout(LONGEST, self.try_writing()).await;
        let found = tried.unwrap_or(Err(Trouble::Unavailable));
        *last = Some((Instant::now(), found));
        found
    }

    async fn try_writing(&self) -> Result<(), Trouble> {
        let tried = match &*self.address {
            Address::Postgres(server) => try_server(server).await,
            Address::Sqlite(options) => {
                let Some(file) = self.address.file() else {
                    return Ok(());
                };
                try_folder(file).await?;
                try_file(options.clone()).await
            }
        };
        tried.map_err(|error| {
            tracing::warn!(%error, "the store could not be written");
            let error = DbErr::Exec(RuntimeErr::SqlxError(error.into()));
            Trouble::of(&error).unwrap_or(Trouble::Unavailable)
        })
    }
}

/// Writes a file beside the database and leaves nothing of it: the log of writes may have room from before while the disk
/// has none.
async fn try_folder(file: PathBuf) -> Result<(), Trouble> {
    let written = tokio::task::spawn_blocking(move || {
        let folder = file.parent().filter(|one| !one.as_os_str().is_empty());
        let mut beside = tempfile::tempfile_in(folder.unwrap_or(".".as_ref()))?;
        std::io::Write::write_all(&mut beside, &vec![0; WRITTEN])?;
        beside.sync_data()
    });
    match written.await {
        Ok(Err(error)) => Trouble::of_file(&error).map_or(Ok(()), Err),
        _ => Ok(()),
    }
}

/// Writes a table into the file and rolls it back, on a connection that keeps so little in memory that it is truly written.
async fn try_file(options: SqliteConnectOptions) -> Result<(), SqlxError> {
    let options = options
        .create_if_missing(false)
        .busy_timeout(TURN)
        .pragma("cache_size", "8");
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let written = async {
        match raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await {
            // A writer is at work.
            Err(SqlxError::Database(said)) if is_busy(said.code().as_deref()) => return Ok(()),
            begun => begun?,
        };
        raw_sql("CREATE TABLE tried (written BLOB)")
            .execute(&mut connection)
            .await?;
        raw_sql("INSERT INTO tried VALUES (zeroblob(262144))")
            .execute(&mut connection)
            .await?;
        raw_sql("ROLLBACK").execute(&mut connection).await?;
        Ok(())
    };
    let written = written.await;
    // Closing rolls back what is open still.
    let closed = connection.close().await;
    written.and(closed)
}

/// Busy, in any of its forms.
fn is_busy(code: Option<&str>) -> bool {
    let code = code.and_then(|code| code.parse::<i32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

/// Writes a table and rolls it back: its file has grown, and so has the log of writes.
async fn try_server(server: &PgConnectOptions) -> Result<(), SqlxError> {
    let mut connection = PgConnection::connect_with(server).await?;
    let tried = raw_sql(
        "BEGIN READ WRITE; \
         CREATE TABLE tried (written text); \
         INSERT INTO tried SELECT repeat('x', 1024) FROM generate_series(1, 256); \
         ROLLBACK",
    );
    tried.execute(&mut connection).await?;
    connection.close().await
}

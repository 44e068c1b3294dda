//! Whether the database answers at all: what tells a database that is gone, stopped or frozen from a question that is
//! long. Nobody is cut off for asking much.

use std::future::Future;
use std::time::Duration;

use sea_orm::DbErr;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection, PgDatabaseError};
use sea_orm::sqlx::{Connection, Error as SqlxError};
use tokio::runtime::Builder;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use super::Store;
use super::address::Address;
use super::trouble::silent;

/// Work that takes no longer than this is never doubted.
const PATIENCE: Duration = Duration::from_secs(1);

/// Between two looks while work goes on.
const BETWEEN: Duration = Duration::from_millis(500);

/// For a new connection and an answer on it. A look that just saw an answer, and one after it: silence is known within 4
/// seconds at most.
const LONGEST_BEAT: Duration = Duration::from_millis(2_500);

/// A look that others made so lately is as good as one's own.
const FRESH: Duration = Duration::from_millis(250);

/// The last look at a server, shared by all that wait for it.
#[derive(Debug, Default)]
pub(super) struct Pulse(Mutex<Option<(Instant, bool)>>);

impl Pulse {
    /// Whether a server answers on a new connection. An error is an answer, unless it says that the server is not ready.
    async fn beats(&self, server: &PgConnectOptions) -> bool {
        // One looks, the others wait for what it sees.
        let mut last = self.0.lock().await;
        if let Some((at, beats)) = *last
            && at.elapsed() < FRESH
        {
            return beats;
        }
        let server = server.clone();
        // On a runtime of its own: where this one is busy, an answer that has come would be taken for none. A look that
        // cannot be made tells nothing.
        let looked = tokio::task::spawn_blocking(move || {
            let runtime = Builder::new_current_thread().enable_all().build();
            runtime.map_or(true, |runtime| runtime.block_on(answers(&server)))
        });
        let beats = looked.await.unwrap_or(true);
        *last = Some((Instant::now(), beats));
        beats
    }
}

/// Whether a server answers on a new connection in time.
async fn answers(server: &PgConnectOptions) -> bool {
    let answered = timeout(LONGEST_BEAT, async {
        let mut connection = PgConnection::connect_with(server).await?;
        connection.ping().await?;
        // Said properly, so that the server's log has no broken connections.
        connection.close().await
    });
    match answered.await {
        Ok(Ok(())) => true,
        Ok(Err(SqlxError::Database(said))) => {
            let said = said.try_downcast_ref::<PgDatabaseError>();
            said.is_some_and(|said| !said.code().starts_with("57P"))
        }
        Ok(Err(_)) | Err(_) => false,
    }
}

impl Store {
    /// Ends once the database has been found not to answer, while somebody waits for it. A file always answers.
    pub async fn silence(&self) {
        let Address::Postgres(server) = &*self.address else {
            return std::future::pending().await;
        };
        sleep(PATIENCE).await;
        while self.pulse.beats(server).await {
            sleep(BETWEEN).await;
        }
        tracing::warn!("the database does not answer");
    }

    /// Does work for as long as the database answers. What was given up is rolled back by the database, unless its commit
    /// was under way.
    ///
    /// # Errors
    /// As the work, and the database does not answer.
    pub async fn answering<T, E: From<DbErr>>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        tokio::select! {
            done = work => done,
            () = self.silence() => Err(silent().into()),
        }
    }
}

//! Work with whole files: on the blocking pool, few at a time, without a limit of time. It goes on to its end though whoever
//! asked has gone, so that asking again finds it done or not begun; only a database that does not answer ends it.

use std::sync::Arc;

use sea_orm::DbErr;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::store::Store;

/// Files that are worked with at the same time: each is wholly in memory while it is.
const AT_ONCE: usize = 2;

/// Where whole files are worked with; one a service.
#[derive(Clone)]
pub struct Heavy {
    store: Store,
    turns: Arc<Semaphore>,
}

impl Heavy {
    /// Of a service over a store.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            store,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Waits for a turn and does the work.
    ///
    /// # Errors
    /// As the work; it ended in a panic, or the database does not answer.
    pub async fn run<T, E, W, F>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbErr> + Send + 'static,
        W: FnOnce() -> F + Send + 'static,
        F: Future<Output = Result<T, E>>,
    {
        // The semaphore is never closed.
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|error| ended(&error))?;
        let (store, runtime) = (self.store.clone(), Handle::current());
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            runtime.block_on(store.answering(work()))
        });
        done.await.map_err(|error| ended(&error))?
    }
}

/// Work that ended before it was done, as a fault of ours.
fn ended(error: &impl std::fmt::Display) -> DbErr {
    DbErr::Custom(format!("the work with a file ended: {error}"))
}

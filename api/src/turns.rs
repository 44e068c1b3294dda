//! Turns that callers share: so many in all, of which one caller has half at most.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// Callers whose turns are remembered; of those who have gone it is forgotten.
const MOST_CALLERS: u64 = 10_000;
const REMEMBERED: Duration = Duration::from_mins(10);

/// Turns, shared by all who hold a clone.
#[derive(Clone)]
pub struct Turns {
    all: Arc<Semaphore>,
    of_one: usize,
    callers: Cache<String, Arc<Semaphore>>,
}

/// A turn, for as long as it is held.
#[derive(Debug)]
pub struct Turn {
    #[expect(dead_code, reason = "held: the turn is free again when it is dropped")]
    held: (Option<OwnedSemaphorePermit>, OwnedSemaphorePermit),
}

impl Turns {
    /// So many at the same time.
    #[must_use]
    pub fn new(turns: usize) -> Self {
        Self {
            all: Arc::new(Semaphore::new(turns)),
            of_one: turns.div_ceil(2),
            callers: Cache::builder()
                .max_capacity(MOST_CALLERS)
                .time_to_idle(REMEMBERED)
                .build(),
        }
    }

    /// Waits for a turn: a caller's, by its name, or one that is nobody's.
    ///
    /// # Errors
    /// Never: the turns are never ended.
    pub async fn take(&self, caller: Option<&str>) -> Result<Turn, AcquireError> {
        // The caller's own turn first: whoever waits for that holds none of the others'.
        let own = match caller {
            Some(caller) => {
                let own = async { Arc::new(Semaphore::new(self.of_one)) };
                let own = self.callers.get_with_by_ref(caller, own).await;
                Some(own.acquire_owned().await?)
            }
            None => None,
        };
        let held = (own, Arc::clone(&self.all).acquire_owned().await?);
        Ok(Turn { held })
    }
}

//! Loading in one go what many resolvers of a request ask for: the same few statements for one key and for thousands.

use std::collections::{BTreeSet, HashMap};
use std::future::Future;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is known by key, and which keys are asked for.
///
/// A loader that waits for a time splits a long list into as many batches as the machine is slow. Here the first to ask
/// waits until nobody asks any more.
#[derive(Debug)]
pub(crate) struct Gathered<K, V> {
    asked: Mutex<BTreeSet<K>>,
    known: tokio::sync::Mutex<HashMap<K, V>>,
}

impl<K, V> Default for Gathered<K, V> {
    fn default() -> Self {
        Self {
            asked: Mutex::default(),
            known: tokio::sync::Mutex::default(),
        }
    }
}

impl<K: Clone + Ord + Hash, V: Clone> Gathered<K, V> {
    /// The values of keys, in their order; `load` is called for all keys at once that are asked for and not known.
    pub(crate) async fn of<E, F>(
        &self,
        wanted: &[K],
        load: impl FnOnce(Vec<K>) -> F,
    ) -> Result<Vec<Option<V>>, E>
    where
        F: Future<Output = Result<HashMap<K, V>, E>>,
    {
        self.asked().extend(wanted.iter().cloned());
        let mut known = self.known.lock().await;
        if wanted.iter().any(|key| !known.contains_key(key)) {
            self.until_nobody_asks().await;
            let mut asked = std::mem::take(&mut *self.asked());
            // Where a load before this one failed, its keys were asked for and are not known.
            asked.extend(wanted.iter().cloned());
            let missing = asked.into_iter().filter(|key| !known.contains_key(key));
            let found = load(missing.collect()).await?;
            known.extend(found);
        }
        Ok(wanted.iter().map(|key| known.get(key).cloned()).collect())
    }

    /// Waits until the request's other resolvers have asked: a long list may be polled in several goes.
    async fn until_nobody_asks(&self) {
        let (mut asked, mut quiet) = (0, 0);
        while quiet < 2 {
            tokio::task::yield_now().await;
            let now = self.asked().len();
            quiet = if now == asked { quiet + 1 } else { 0 };
            asked = now;
        }
    }

    fn asked(&self) -> MutexGuard<'_, BTreeSet<K>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

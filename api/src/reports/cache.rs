//! The reports of a store: what they are computed from and what is computed is kept in the store's own memory, and computing
//! leaves the runtime's workers here.

use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;

use futures::future::BoxFuture;

use super::Error;
use crate::kept::{Kept, Share, Weighed};
use crate::policy::{Role, Viewer};
use crate::store::{Catalogue, Dataset, Kinds, Store, synthetic};
use crate::turns::Turns;

/// An answer, and whether synthetic rows are behind it.
#[derive(Debug)]
pub struct Computed<T> {
    /// The answer.
    pub answer: T,
    /// Whether a synthetic or mixed submission has rows behind it.
    pub synthetic: bool,
}

/// Computations at one time: the machine's work beside them goes on. One caller has half of the turns; the public is one.
const MOST_AT_ONCE: usize = 2;

/// All reports of a store.
#[derive(Clone)]
pub struct Reports {
    pub(super) store: Store,
    /// Where texts are read: what a decision took away is gone there, and so from everything that is read with it.
    pub(super) texts: Store,
    turns: Turns,
    /// Who asks, by the token's subject, empty of the public; none of our own work.
    caller: Option<String>,
}

impl Reports {
    /// Reports of a store; nothing is computed yet.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            texts: store.clone(),
            store,
            turns: Turns::new(MOST_AT_ONCE),
            caller: None,
        }
    }

    /// The same reports, whose texts are read in another store: of a release that is kept, in the store that keeps it.
    #[must_use]
    pub fn with_texts_of(self, texts: Store) -> Self {
        Self { texts, ..self }
    }

    /// The same reports, asked for by the public or by somebody who is known.
    #[must_use]
    pub(crate) fn asked_by(mut self, viewer: &Viewer) -> Self {
        let kept = self.kept().for_public(viewer.role == Role::Public);
        self.caller = Some(viewer.subject.clone());
        self.kept_in(kept)
    }

    /// The same reports, which compute in the turns of others.
    #[must_use]
    pub(crate) fn in_turns_of(self, others: &Self) -> Self {
        Self {
            turns: others.turns.clone(),
            caller: others.caller.clone(),
            ..self
        }
    }

    /// The same reports, which keep what they compute there.
    #[must_use]
    pub(crate) fn kept_in(self, kept: Kept) -> Self {
        Self {
            store: self.store.kept_in(kept),
            ..self
        }
    }

    /// Where texts are read.
    #[must_use]
    pub const fn text_store(&self) -> &Store {
        &self.texts
    }

    /// The store.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    pub(super) const fn kept(&self) -> &Kept {
        self.store.kept()
    }

    /// The value of a key under a name; computed once, however many ask at the same time.
    pub(super) fn once<'a, K, V>(
        &'a self,
        share: Share,
        name: &'static str,
        key: K,
        compute: impl Future<Output = Result<V, Error>> + Send + 'a,
    ) -> BoxFuture<'a, Result<V, Error>>
    where
        K: Hash + Eq + Send + Sync + 'static,
        V: Weighed + Clone + Send + Sync + 'static,
    {
        self.kept().once(share, name, key, compute)
    }

    /// The catalogue of a dataset.
    ///
    /// # Errors
    /// The database fails.
    pub async fn catalogue(&self, dataset: &Dataset) -> Result<Arc<Catalogue>, Error> {
        let dataset = &self.resting_on(Kinds::REGISTERS, dataset).await?;
        let load = async {
            Catalogue::load(&self.store, dataset)
                .await
                .map(Arc::new)
                .map_err(Error::from)
        };
        self.once(Share::Bases, "registers", dataset.key(), load)
            .await
    }

    /// The dataset as far as something rests on some kinds: its key changes with them alone.
    pub(super) async fn resting_on(
        &self,
        kinds: Kinds,
        dataset: &Dataset,
    ) -> Result<Dataset, Error> {
        Ok(self.store.resting_on(kinds, dataset).await?)
    }

    /// Whether a dataset holds rows that are synthetic.
    ///
    /// # Errors
    /// The database fails.
    pub async fn holds_synthetic(&self, dataset: &Dataset) -> Result<bool, Error> {
        let find = async { Ok(synthetic::holds_synthetic(&self.store, dataset).await?) };
        self.once(Share::Answers, "whether synthetic", dataset.key(), find)
            .await
    }

    /// Computes on the blocking pool, a few at a time.
    pub(super) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, analytics::Error> + Send + 'static,
    ) -> Result<T, Error> {
        let turn = self.turns.take(self.caller.as_deref()).await;
        let turn = turn.map_err(|_| Error::Ended)?;
        // The turn goes with the work: a request that is given up does not give its place away.
        let work = move || {
            let _turn = turn;
            work()
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| Error::Ended)?
            .map_err(Error::from)
    }
}

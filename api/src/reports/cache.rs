//! What has been computed, by dataset version; and the one place where computing leaves the runtime's workers.

use std::future::Future;
use std::sync::Arc;

use analytics::administration::AdministrationYear;
use analytics::coverage::{Coverage, CoverageFrame, CoverageQuestion};
use analytics::fund_usage::{Equality, EqualityQuestion, FundFrame, FundQuestion, FundUsage};
use entity::RegistryNumber;
use moka::future::Cache;
use tokio::sync::Semaphore;

use super::Error;
use crate::store::{Catalogue, Dataset, Store};

/// An answer, and whether synthetic rows are behind it.
#[derive(Debug)]
pub struct Computed<T> {
    /// The answer.
    pub answer: T,
    /// Whether a synthetic or mixed submission has rows behind it.
    pub synthetic: bool,
}

/// Lines that the cache of answers holds at most: about 200 MB.
const MOST_LINES: u64 = 200_000;

/// Frames and catalogues kept: the present version's and a few before.
const MOST_FRAMES: u64 = 16;

/// Computations at one time: the machine's work beside them goes on.
const MOST_AT_ONCE: usize = 2;

type Of<Q> = (i64, RegistryNumber, Q);

/// All reports of a store.
#[derive(Clone)]
pub struct Reports {
    pub(super) store: Store,
    catalogues: Cache<i64, Arc<Catalogue>>,
    pub(super) fund_frames: Cache<Of<()>, Arc<Computed<FundFrame>>>,
    pub(super) fund_answers: Cache<Of<FundQuestion>, Arc<Computed<FundUsage>>>,
    pub(super) equality_answers: Cache<Of<EqualityQuestion>, Arc<Computed<Equality>>>,
    pub(super) administration_answers: Cache<Of<()>, Arc<Computed<Vec<AdministrationYear>>>>,
    pub(super) coverage_frames: Cache<Of<()>, Arc<Computed<CoverageFrame>>>,
    pub(super) coverage_answers: Cache<Of<CoverageQuestion>, Arc<Computed<Coverage>>>,
    workers: Arc<Semaphore>,
}

impl Reports {
    /// Reports of a store; nothing is computed yet.
    #[must_use]
    pub fn new(store: Store) -> Self {
        let lines = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
        Self {
            store,
            catalogues: Cache::new(MOST_FRAMES),
            fund_frames: Cache::new(MOST_FRAMES),
            fund_answers: Cache::builder()
                .weigher(move |_, one: &Arc<Computed<FundUsage>>| lines(one.answer.lines.len()))
                .max_capacity(MOST_LINES)
                .build(),
            equality_answers: Cache::builder()
                .weigher(move |_, one: &Arc<Computed<Equality>>| lines(one.answer.groups.len()))
                .max_capacity(MOST_LINES)
                .build(),
            administration_answers: Cache::new(MOST_FRAMES),
            coverage_frames: Cache::new(MOST_FRAMES),
            coverage_answers: Cache::builder()
                .weigher(move |_, one: &Arc<Computed<Coverage>>| lines(one.answer.lines.len()))
                .max_capacity(MOST_LINES)
                .build(),
            workers: Arc::new(Semaphore::new(MOST_AT_ONCE)),
        }
    }

    /// The store.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The catalogue of a dataset.
    ///
    /// # Errors
    /// The database fails.
    pub async fn catalogue(&self, dataset: &Dataset) -> Result<Arc<Catalogue>, Error> {
        let load = async {
            Catalogue::load(&self.store, dataset)
                .await
                .map(Arc::new)
                .map_err(Error::from)
        };
        once(&self.catalogues, dataset.version, load).await
    }

    /// Computes on the blocking pool, a few at a time.
    pub(super) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, analytics::Error> + Send + 'static,
    ) -> Result<T, Error> {
        let _turn = self.workers.acquire().await.map_err(|_| Error::Ended)?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| Error::Ended)?
            .map_err(Error::from)
    }
}

/// The cached value of a key; computed once, however many ask at the same time.
pub(super) async fn once<K, V>(
    cache: &Cache<K, V>,
    key: K,
    compute: impl Future<Output = Result<V, Error>>,
) -> Result<V, Error>
where
    K: std::hash::Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    if let Some(value) = cache.get(&key).await {
        return Ok(value);
    }
    // Boxed: the cache moves the future about.
    cache
        .try_get_with(key, Box::pin(compute))
        .await
        .map_err(|error| (*error).clone())
}

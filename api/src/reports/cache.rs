//! What has been computed, by dataset version; and the one place where computing leaves the runtime's workers.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;

use analytics::administration::AdministrationYear;
use analytics::coverage::{Coverage, CoverageFrame, CoverageQuestion};
use analytics::fund_ledger::{FundLedger, LedgerQuestion, LedgerRows, Redistribution};
use analytics::fund_usage::{Equality, EqualityQuestion, FundQuestion, FundUsage};
use entity::{RegistryNumber, RoundCode};
use futures::future::BoxFuture;
use moka::future::Cache;
use moka::policy::EvictionPolicy;
use tokio::sync::Semaphore;

use super::Error;
use super::behind::Behind;
use super::coverage_sources::{CoverageBehind, CoverageMeasure};
use super::extent::Extent;
use super::fund_frame::FundFrames;
use super::fund_row::FundRowCounts;
use super::fund_sources::{FundIndex, FundMeasure, FundPair};
use super::fund_stock::FundStocks;
use super::indicator_series::IndicatorCaches;
use super::indicators::Indicators;
use super::missing_report::MissingReports;
use super::narrative::Narratives;
use super::origin::Origins;
use super::orphan::OrphanCaches;
use super::person_table::PersonTables;
use super::plan::PlanCaches;
use super::recipient_funds::RecipientRounds;
use super::report::ComposedReports;
use crate::store::{Catalogue, Dataset, DatasetKey, Passage, Store, support};

/// An answer, and whether synthetic rows are behind it.
#[derive(Debug)]
pub struct Computed<T> {
    /// The answer.
    pub answer: T,
    /// Whether a synthetic or mixed submission has rows behind it.
    pub synthetic: bool,
}

/// What each cache of answers holds at most, in kilobytes, roughly.
const MOST_WEIGHT: u64 = 100_000;

/// Codes of recipients in a kilobyte.
const CODES_A_KILOBYTE: usize = 16;

/// Passages of sources in a kilobyte.
const PASSAGES_A_KILOBYTE: usize = 64;

/// What the rows of ledgers, and the rows behind lines, take at most, in bytes.
const MOST_LEDGER_BYTES: u64 = 300_000_000;
const MOST_INDEX_BYTES: u64 = 300_000_000;

/// Frames and catalogues kept: the present version's and a few before.
const MOST_FRAMES: u64 = 16;

/// Computations at one time: the machine's work beside them goes on.
const MOST_AT_ONCE: usize = 2;

/// A cache of a few large things. The least recently used goes first: a new version's must never be refused.
pub(super) fn few<K, V>() -> Cache<K, V>
where
    K: std::hash::Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    Cache::builder()
        .max_capacity(MOST_FRAMES)
        .eviction_policy(EvictionPolicy::lru())
        .build()
}

/// A cache of large things that are weighed: what they take together is bounded, however many they are. The least recently
/// used goes first; the last is always kept.
pub(super) fn by_bytes<K, V>(
    most: u64,
    bytes: impl Fn(&V) -> usize + Send + Sync + 'static,
) -> Cache<K, V>
where
    K: std::hash::Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    let kilobytes = move |_: &K, value: &V| {
        let kilobytes = u64::try_from(bytes(value) / 1024 + 1).unwrap_or(u64::MAX);
        u32::try_from(kilobytes.min(most / 1024)).unwrap_or(u32::MAX)
    };
    Cache::builder()
        .weigher(kilobytes)
        .max_capacity(most / 1024)
        .eviction_policy(EvictionPolicy::lru())
        .build()
}

pub(super) type Of<Q> = (DatasetKey, RegistryNumber, Q);

/// A question whose sources are asked, narrowed to a measure or not.
type Asked<Q, M> = (Q, Extent, Option<M>);

/// The rows of costs behind each year.
type CostsBehind = BTreeMap<i32, Arc<[Passage]>>;

/// All reports of a store.
#[derive(Clone)]
pub struct Reports {
    pub(super) store: Store,
    /// Where texts are read: what a decision took away is gone there, and so from everything that is read with it.
    pub(super) texts: Store,
    catalogues: Cache<DatasetKey, Arc<Catalogue>>,
    pub(super) fund_stocks: FundStocks,
    pub(super) fund_frames: FundFrames,
    pub(super) recipient_rounds: RecipientRounds,
    pub(super) fund_answers: Cache<Of<(FundQuestion, Extent)>, Arc<Computed<FundUsage>>>,
    pub(super) equality_answers: Cache<Of<(EqualityQuestion, Extent)>, Arc<Computed<Equality>>>,
    pub(super) ledger_rows: Cache<Of<Extent>, Arc<Computed<LedgerRows>>>,
    pub(super) ledger_answers: Cache<Of<(LedgerQuestion, Extent)>, Arc<Computed<FundLedger>>>,
    pub(super) redistributions: Cache<Of<RoundCode>, Arc<Computed<Option<Redistribution>>>>,
    pub(super) administration_answers: Cache<Of<()>, Arc<Computed<Vec<AdministrationYear>>>>,
    pub(super) coverage_frames: Cache<Of<Extent>, Arc<Computed<CoverageFrame>>>,
    pub(super) coverage_answers: Cache<Of<(CoverageQuestion, Extent)>, Arc<Computed<Coverage>>>,
    pub(super) fund_indexes: Cache<Of<Extent>, Arc<FundIndex>>,
    pub(super) fund_pairs: Cache<Of<(FundQuestion, Extent)>, Arc<[FundPair]>>,
    pub(super) fund_sources: Cache<Of<Asked<FundQuestion, FundMeasure>>, Arc<Behind>>,
    pub(super) coverage_sources:
        Cache<Of<Asked<CoverageQuestion, CoverageMeasure>>, Arc<CoverageBehind>>,
    pub(super) administration_sources: Cache<Of<()>, Arc<CostsBehind>>,
    pub(super) fund_row_counts: FundRowCounts,
    pub(super) missing_reports: MissingReports,
    pub(super) origins: Origins,
    pub(super) indicators: Indicators,
    pub(super) indicator_caches: IndicatorCaches,
    pub(super) support_events: Cache<Of<()>, Arc<[support::Event]>>,
    pub(super) plans: PlanCaches,
    pub(super) narratives: Narratives,
    pub(super) orphans: OrphanCaches,
    pub(super) composed_reports: ComposedReports,
    pub(super) person_tables: PersonTables,
    workers: Arc<Semaphore>,
}

impl Reports {
    /// Reports of a store; nothing is computed yet.
    #[must_use]
    pub fn new(store: Store) -> Self {
        let weight = |lines: usize| u32::try_from(lines + 1).unwrap_or(u32::MAX);
        Self {
            texts: store.clone(),
            store,
            catalogues: few(),
            fund_stocks: FundStocks::default(),
            fund_frames: FundFrames::default(),
            recipient_rounds: RecipientRounds::default(),
            fund_answers: Cache::builder()
                .weigher(move |_, one: &Arc<Computed<FundUsage>>| {
                    weight(4 * one.answer.lines.len())
                })
                .max_capacity(MOST_WEIGHT)
                .eviction_policy(EvictionPolicy::lru())
                .build(),
            equality_answers: Cache::builder()
                .weigher(move |_, one: &Arc<Computed<Equality>>| weight(one.answer.groups.len()))
                .max_capacity(MOST_WEIGHT)
                .eviction_policy(EvictionPolicy::lru())
                .build(),
            ledger_rows: by_bytes(MOST_LEDGER_BYTES, |rows: &Arc<Computed<LedgerRows>>| {
                rows.answer.bytes()
            }),
            ledger_answers: Cache::builder()
                .weigher(move |_, one: &Arc<Computed<FundLedger>>| weight(one.answer.entries.len()))
                .max_capacity(MOST_WEIGHT)
                .eviction_policy(EvictionPolicy::lru())
                .build(),
            redistributions: few(),
            administration_answers: few(),
            coverage_frames: few(),
            coverage_answers: Cache::builder()
                .weigher(move |_, one: &Arc<Computed<Coverage>>| {
                    let lines = one.answer.lines.iter();
                    let named = lines.map(|line| line.unreached.len() + line.reached.len());
                    weight(named.sum::<usize>() / CODES_A_KILOBYTE + one.answer.lines.len())
                })
                .max_capacity(MOST_WEIGHT)
                .eviction_policy(EvictionPolicy::lru())
                .build(),
            fund_indexes: by_bytes(MOST_INDEX_BYTES, |index: &Arc<FundIndex>| index.bytes()),
            fund_pairs: few(),
            fund_sources: Cache::builder()
                .weigher(move |_, one: &Arc<Behind>| weight(one.len() / PASSAGES_A_KILOBYTE))
                .max_capacity(MOST_WEIGHT)
                .eviction_policy(EvictionPolicy::lru())
                .build(),
            coverage_sources: Cache::builder()
                .weigher(move |_, one: &Arc<CoverageBehind>| {
                    weight(one.len() / PASSAGES_A_KILOBYTE)
                })
                .max_capacity(MOST_WEIGHT)
                .eviction_policy(EvictionPolicy::lru())
                .build(),
            administration_sources: few(),
            fund_row_counts: FundRowCounts::default(),
            missing_reports: MissingReports::default(),
            origins: Origins::default(),
            indicators: Indicators::default(),
            indicator_caches: IndicatorCaches::default(),
            support_events: few(),
            plans: PlanCaches::default(),
            narratives: Narratives::default(),
            orphans: OrphanCaches::default(),
            composed_reports: ComposedReports::default(),
            person_tables: few(),
            workers: Arc::new(Semaphore::new(MOST_AT_ONCE)),
        }
    }

    /// The same reports, whose texts are read in another store: of a release that is kept, in the store that keeps it.
    #[must_use]
    pub fn with_texts_of(self, texts: Store) -> Self {
        Self { texts, ..self }
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
        once(&self.catalogues, dataset.key(), load).await
    }

    /// Computes on the blocking pool, a few at a time.
    pub(super) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, analytics::Error> + Send + 'static,
    ) -> Result<T, Error> {
        let turn = Arc::clone(&self.workers)
            .acquire_owned()
            .await
            .map_err(|_| Error::Ended)?;
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

/// The cached value of a key; computed once, however many ask at the same time.
///
/// What computes is boxed here, and so is the whole: the futures of reports lie within each other, and those of resolvers
/// round them.
pub(super) fn once<'a, K, V>(
    cache: &'a Cache<K, V>,
    key: K,
    compute: impl Future<Output = Result<V, Error>> + Send + 'a,
) -> BoxFuture<'a, Result<V, Error>>
where
    K: std::hash::Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    let compute = Box::pin(compute);
    Box::pin(async move {
        if let Some(value) = cache.get(&key).await {
            return Ok(value);
        }
        cache
            .try_get_with(key, compute)
            .await
            .map_err(|error| (*error).clone())
    })
}

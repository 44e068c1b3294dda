//! What one request knows: who asks, the reports, the clock, the dataset it reads, and whether synthetic rows were used.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::sync::OnceCell;

use crate::clock::Clock;
use crate::intake::Limits;
use crate::policy::Viewer;
use crate::reports::{Error, Reports};
use crate::store::{Catalogue, Dataset};

/// The context of one request.
#[derive(Clone)]
pub struct RequestContext {
    /// The reports of the store.
    pub reports: Reports,
    /// Who asks.
    pub viewer: Viewer,
    /// How much a file may hold.
    pub limits: Limits,
    clock: Clock,
    present: Arc<OnceCell<Dataset>>,
    synthetic: Arc<AtomicBool>,
    cells: Arc<AtomicUsize>,
}

impl RequestContext {
    /// A context for one request.
    #[must_use]
    pub fn new(reports: Reports, clock: Clock, viewer: Viewer) -> Self {
        Self {
            reports,
            viewer,
            limits: Limits::default(),
            clock,
            present: Arc::default(),
            synthetic: Arc::default(),
            cells: Arc::default(),
        }
    }

    /// The present dataset, read once a request.
    ///
    /// # Errors
    /// The database fails.
    pub async fn present(&self) -> Result<Dataset, Error> {
        let read = || async {
            Dataset::present(self.reports.store(), &self.clock)
                .await
                .map_err(Error::from)
        };
        self.present.get_or_try_init(read).await.copied()
    }

    /// The catalogue of a dataset.
    ///
    /// # Errors
    /// The database fails.
    pub async fn catalogue(&self, dataset: &Dataset) -> Result<Arc<Catalogue>, Error> {
        self.reports.catalogue(dataset).await
    }

    /// Adds cells to the answer; gives how many it holds then, over all fields of the request.
    pub fn add_cells(&self, cells: usize) -> usize {
        self.cells
            .fetch_add(cells, Ordering::Relaxed)
            .saturating_add(cells)
    }

    /// Notes that an answer used rows that may be synthetic.
    pub fn used(&self, synthetic: bool) {
        if synthetic {
            self.synthetic.store(true, Ordering::Relaxed);
        }
    }

    /// Whether any answer of this request used synthetic rows.
    #[must_use]
    pub fn used_synthetic(&self) -> bool {
        self.synthetic.load(Ordering::Relaxed)
    }
}

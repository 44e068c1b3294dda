//! What one request knows: who asks, the reports, the clock, the datasets it reads, and whether synthetic rows were used.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use crate::clock::Clock;
use crate::intake::Limits;
use crate::policy::{Action, Reach, Scope, Viewer};
use crate::reports::{Error, Reports};
use crate::store::{Basis, Catalogue, Choice, Dataset};

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
    datasets: Arc<Mutex<HashMap<Choice, Arc<OnceCell<Dataset>>>>>,
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
            datasets: Arc::default(),
            synthetic: Arc::default(),
            cells: Arc::default(),
        }
    }

    /// The clock.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The dataset of a choice, read once a request.
    ///
    /// # Errors
    /// Its time has not come, the viewer does not reach waiting submissions, or the database fails.
    pub async fn dataset(&self, choice: Choice) -> Result<Dataset, Error> {
        let cell = {
            let mut datasets = self.datasets.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(datasets.entry(choice).or_default())
        };
        let dataset = cell.get_or_try_init(|| self.choose(choice)).await?;
        Ok(dataset.clone())
    }

    /// Forgets which datasets were read: after a change the present is another.
    pub fn forget_datasets(&self) {
        let mut datasets = self.datasets.lock().unwrap_or_else(PoisonError::into_inner);
        datasets.clear();
    }

    async fn choose(&self, choice: Choice) -> Result<Dataset, Error> {
        let store = self.reports.store();
        let chosen = match choice.as_of {
            None => Dataset::present(store, &self.clock).await?,
            Some(instant) => Dataset::at(store, &self.clock, instant).await?,
        };
        let chosen = chosen.on_day(choice.today);
        match choice.basis {
            Basis::Accepted => Ok(chosen),
            Basis::AllReceived => {
                let action = Action::ReadWaiting;
                if self.viewer.reach(action) == Reach::Nothing {
                    return Err(Error::NotAllowed(action));
                }
                let catalogue = self.reports.catalogue(&chosen).await?;
                let scope = Scope::of(&self.viewer, action, &catalogue);
                Ok(chosen.with_waiting(store.connection(), &scope).await?)
            }
        }
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

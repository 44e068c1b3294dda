//! What one request knows: who asks, the reports, the clock, the datasets it reads, whether synthetic rows were used, and
//! what of it is not open.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use entity::OrganisationCode;
use futures::future::BoxFuture;
use tokio::sync::OnceCell;

use crate::clock::Clock;
use crate::heavy::Heavy;
use crate::intake::Limits;
use crate::policy::{Action, Reach, Scope, Viewer};
use crate::releases::{Opened, SigningKey};
use crate::reports::{Error, Now, Reports};
use crate::service::audit::{NotNoted, Read, ReadLog};
use crate::service::release::Releases;
use crate::store::{Basis, Catalogue, Choice, Dataset, Trouble};

/// The context of one request.
#[derive(Clone)]
pub struct RequestContext {
    /// The reports of the store.
    pub reports: Reports,
    /// Who asks.
    pub viewer: Viewer,
    /// How much a file may hold.
    pub limits: Limits,
    /// The sealed releases of the store.
    pub releases: Releases,
    /// Where whole files are worked with.
    pub heavy: Heavy,
    /// The key that releases are signed with, where there is one.
    pub sealing: Option<Arc<SigningKey>>,
    clock: Clock,
    present: Option<DateTime<Utc>>,
    for_a_whole: bool,
    release: Option<i64>,
    #[expect(
        dead_code,
        reason = "held: a release's files are there as long as somebody reads them"
    )]
    opened: Option<Arc<Opened>>,
    datasets: Arc<Mutex<HashMap<Choice, Arc<OnceCell<Dataset>>>>>,
    /// The datasets that were opened for an answer, each choice once, in the order in which they were.
    datasets_read: Arc<Mutex<Vec<(Choice, Dataset)>>>,
    now: Arc<Mutex<Arc<OnceCell<Now>>>>,
    synthetic: Arc<AtomicBool>,
    cells: Arc<AtomicUsize>,
    reads: Arc<Mutex<BTreeMap<Action, BTreeSet<String>>>>,
    /// Whether anything was read that the state of the store and the day do not say.
    rests_on_more: Arc<AtomicBool>,
    log: Option<ReadLog>,
}

impl RequestContext {
    /// A context for one request.
    #[must_use]
    pub fn new(
        reports: Reports,
        releases: Releases,
        heavy: Heavy,
        clock: Clock,
        viewer: Viewer,
    ) -> Self {
        Self {
            releases,
            heavy,
            sealing: None,
            reports,
            viewer,
            limits: Limits::default(),
            clock,
            present: None,
            for_a_whole: false,
            release: None,
            opened: None,
            datasets: Arc::default(),
            datasets_read: Arc::default(),
            now: Arc::default(),
            synthetic: Arc::default(),
            cells: Arc::default(),
            reads: Arc::default(),
            rests_on_more: Arc::default(),
            log: None,
        }
    }

    /// The same context, whose reads of what is not open are noted. Without a log such a request fails.
    #[must_use]
    pub fn noted_by(self, log: ReadLog) -> Self {
        Self {
            log: Some(log),
            ..self
        }
    }

    /// The same context, for which the present is an instant: what says no time of its own is read as it was then.
    #[must_use]
    pub fn with_present(self, instant: DateTime<Utc>) -> Self {
        Self {
            present: Some(instant),
            ..self
        }
    }

    /// The same context, for which the registers of now are those that another request has read: what is withheld, and who
    /// reaches what, is the same for both.
    #[must_use]
    pub fn with_now_of(self, other: &Self) -> Self {
        Self {
            now: Arc::clone(&other.now),
            ..self
        }
    }

    /// The same context of one page of many, all of which are asked for: a page may be larger where none is said.
    #[must_use]
    pub fn for_a_whole(self) -> Self {
        Self {
            for_a_whole: true,
            ..self
        }
    }

    /// The same context, for which the present is what is sealed in a release: what says no time of its own is read there.
    #[must_use]
    pub fn with_release(self, release: i64) -> Self {
        Self {
            release: Some(release),
            ..self
        }
    }

    /// Whether it is one page of many, all of which are asked for.
    #[must_use]
    pub const fn is_for_a_whole(&self) -> bool {
        self.for_a_whole
    }

    /// The dataset of a choice with the context to read it by: of a sealed release, one whose reports are those of what is
    /// sealed. Who reaches what is said by the registers of the store in both.
    ///
    /// # Errors
    /// Its time has not come, the release cannot be read, the viewer does not reach waiting submissions, or the database
    /// fails.
    pub async fn reading(&self, choice: Choice) -> Result<(Self, Dataset), Error> {
        let usual = self.release.filter(|_| choice.as_of.is_none());
        let Some(id) = choice.release.or(usual) else {
            return Ok((self.clone(), self.dataset(choice).await?));
        };
        if choice.basis != Basis::Accepted {
            return Err(Error::SealedBasis);
        }
        let now = self.now().await?;
        let opened = self.releases.opened(id).await;
        let opened = opened.map_err(|error| match Trouble::behind(&error) {
            Some(trouble) => Error::Trouble(trouble),
            None => Error::Sealed(error.to_string()),
        })?;
        let request = Self {
            reports: opened.reports.clone().in_turns_of(&self.reports),
            opened: Some(Arc::clone(&opened)),
            ..self.clone()
        };
        let dataset = now.withholds(opened.dataset.clone());
        Ok((request, dataset.on_day(choice.today)))
    }

    /// The dataset of accepted submissions at an instant; the present one where none is said.
    ///
    /// # Errors
    /// Its time has not come, or the database fails.
    pub async fn dataset_at(&self, as_of: Option<DateTime<Utc>>) -> Result<Dataset, Error> {
        let choice = Choice {
            as_of,
            ..Choice::default()
        };
        self.dataset(choice).await
    }

    /// Notes that the answer holds what is not open: the action that opens it, and a word with a key, such as
    /// `submission 12`. Whoever reads such data calls it before answering; the request leaves one event for all of it.
    pub fn note_read(&self, action: Action, what: impl Into<String>) {
        self.rests_on_more.store(true, Ordering::Relaxed);
        let mut reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        reads.entry(action).or_default().insert(what.into());
    }

    /// Makes the notes last. An answer leaves only after this has succeeded; GraphQL's answers all pass it, other routes
    /// call it themselves.
    ///
    /// # Errors
    /// The notes could not be made: what was read must not be answered.
    pub async fn settle_reads(&self, request: &str) -> Result<(), NotNoted> {
        let reads = std::mem::take(&mut *self.reads.lock().unwrap_or_else(PoisonError::into_inner));
        if reads.is_empty() {
            return Ok(());
        }
        let read = Read::of(&self.viewer, request, &reads);
        self.log.as_ref().ok_or(NotNoted)?.note(read).await
    }

    /// The clock. What is read by it is another at another time.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        self.rests_on_more.store(true, Ordering::Relaxed);
        &self.clock
    }

    /// Who asks, and everything that the store holds at present, as one text; none before the first version, or where the
    /// database does not say it. The present dataset of the request is then the one of that state: one statement for both.
    pub async fn state(&self) -> Option<String> {
        let store = self.reports.store();
        let (event, dataset) = Dataset::present_with_state(store, &self.clock)
            .await
            .ok()??;
        let viewer = &self.viewer;
        let organisation = viewer
            .organisation
            .as_ref()
            .map_or("", OrganisationCode::as_str);
        let (version, today) = (dataset.version, dataset.today);
        let state = format!(
            "{event}|{version}|{today}|{}|{organisation}|{}",
            viewer.role.code(),
            viewer.subject
        );
        let mut datasets = self.datasets.lock().unwrap_or_else(PoisonError::into_inner);
        let chosen = OnceCell::new_with(Some(dataset));
        datasets.insert(Choice::default(), Arc::new(chosen));
        Some(state)
    }

    /// Whether everything that was answered rests on that state: of the present dataset, and without a note of its read.
    #[must_use]
    pub fn rests_on_its_state(&self) -> bool {
        let read = self.datasets_read.lock();
        let read = read.unwrap_or_else(PoisonError::into_inner);
        let present = read.iter().all(|(choice, _)| *choice == Choice::default());
        present && self.release.is_none() && !self.rests_on_more.load(Ordering::Relaxed)
    }

    /// The dataset of a choice, read once a request.
    ///
    /// # Errors
    /// Its time has not come, the viewer does not reach waiting submissions, or the database fails.
    pub async fn dataset(&self, choice: Choice) -> Result<Dataset, Error> {
        let choice = Choice {
            as_of: choice.as_of.or(self.present),
            ..choice
        };
        let cell = {
            let mut datasets = self.datasets.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(datasets.entry(choice).or_default())
        };
        let dataset = cell.get_or_try_init(|| self.choose(choice)).await?;
        Ok(dataset.clone())
    }

    /// Forgets which datasets were read: after a change the present is another, and so is who reaches what, and what is
    /// withheld.
    pub fn forget_datasets(&self) {
        let mut datasets = self.datasets.lock().unwrap_or_else(PoisonError::into_inner);
        datasets.clear();
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = Arc::default();
        let mut read = self
            .datasets_read
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        read.clear();
    }

    /// The registers as they count now, whatever dataset is read: who reaches what, and what is withheld, is said by them.
    /// Read once a request.
    ///
    /// # Errors
    /// The database fails.
    pub async fn registers(&self) -> Result<Arc<Catalogue>, Error> {
        Ok(self.now().await?.registers)
    }

    /// The present dataset with its registers, once a request; boxed, since choosing another dataset asks for it.
    fn now(&self) -> BoxFuture<'_, Result<Now, Error>> {
        let read = async {
            if self.present.is_some() {
                return self.reports.now(&self.clock).await;
            }
            // The present dataset is read once a request, whatever asks for it.
            let dataset = self.dataset(Choice::default()).await?;
            let registers = self.reports.catalogue(&dataset).await?;
            Ok(Now { dataset, registers })
        };
        let cell = {
            let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
            now.clone()
        };
        Box::pin(async move { cell.get_or_try_init(|| read).await.cloned() })
    }

    async fn choose(&self, choice: Choice) -> Result<Dataset, Error> {
        let store = self.reports.store();
        let chosen = match choice.as_of {
            None => Dataset::present(store, &self.clock).await?,
            Some(instant) => {
                let dataset = Dataset::at(store, &self.clock, instant).await?;
                self.now().await?.withholds(dataset)
            }
        };
        let chosen = chosen.on_day(choice.today);
        match choice.basis {
            Basis::Accepted => Ok(chosen),
            Basis::AllReceived => {
                let action = Action::ReadWaiting;
                if self.viewer.reach(action) == Reach::Nothing {
                    return Err(Error::NotAllowed(action));
                }
                self.note_read(action, format!("waiting in version {}", chosen.version));
                let now = self.now().await?;
                let scope = Scope::of(&self.viewer, action, &now.registers);
                let chosen = chosen.with_waiting(store.connection(), &scope).await?;
                Ok(now.withholds(chosen))
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

    /// Notes that an answer reads a dataset.
    pub fn note_dataset(&self, choice: Choice, dataset: &Dataset) {
        let read = self.datasets_read.lock();
        let mut read = read.unwrap_or_else(PoisonError::into_inner);
        if !read.iter().any(|(known, _)| *known == choice) {
            read.push((choice, dataset.clone()));
        }
    }

    /// The datasets that the answer reads, each choice once, in the order in which they were opened.
    #[must_use]
    pub fn datasets_read(&self) -> Vec<(Choice, Dataset)> {
        let read = self.datasets_read.lock();
        read.unwrap_or_else(PoisonError::into_inner).clone()
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

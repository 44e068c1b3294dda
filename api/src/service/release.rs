//! Sealing: a dataset frozen for a report, kept in the store with its files, and never changed.
//!
//! A release is kept only if its report, computed from what is sealed alone, has the figures of the store.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{DeliverableKind, Moment, RegistryNumber, sealed_file, sealed_release};
use moka::future::Cache;
use moka::policy::EvictionPolicy;
use sea_orm::DbErr;
use tokio::sync::Semaphore;

use super::audit;
use crate::clock::Clock;
use crate::releases::{
    Error, Fault, Manifest, Opened, Package, Sealing, SigningKey, sealed, verify,
};
use crate::reports::Reports;
use crate::store::sealed as stored;
use crate::store::{Store, Writer};

/// A release that somebody decides.
#[derive(Clone, Debug)]
pub struct Order {
    /// The assignment.
    pub assignment: RegistryNumber,
    /// What the report is.
    pub kind: DeliverableKind,
    /// Its last day, where there are several.
    pub due_on: Option<NaiveDate>,
    /// The dataset as it was at this instant; now where none is said.
    pub as_of: Option<DateTime<Utc>>,
    /// Hidden until then from all but those who prepare it.
    pub embargo_until: Option<DateTime<Utc>>,
    /// Who decides.
    pub actor: String,
}

/// Why nothing was sealed.
#[derive(Debug, thiserror::Error)]
pub enum NotSealed {
    /// The release could not be made.
    #[error(transparent)]
    Release(#[from] Error),
    /// Another was sealed under the same name meanwhile.
    #[error("another release {0} was sealed at the same time: seal again")]
    Taken(String),
}

impl From<DbErr> for NotSealed {
    fn from(error: DbErr) -> Self {
        Self::Release(error.into())
    }
}

/// Seals a dataset of accepted submissions.
///
/// # Errors
/// There is no such report, its time has not come, what is sealed gives other figures, or the database fails; then nothing
/// was sealed.
pub async fn seal(
    reports: &Reports,
    clock: &Clock,
    order: &Order,
    key: Option<&SigningKey>,
) -> Result<(sealed_release::Model, Package), NotSealed> {
    let store = reports.store();
    let instant = order.as_of.unwrap_or_else(|| clock.now());
    // What came to be protected after the instant is not sealed either.
    let dataset = reports
        .dataset_at(clock, instant)
        .await
        .map_err(Error::from)?;
    let sealed_at = Ord::max(clock.now(), dataset.as_of);
    let sealing = Sealing {
        name: name(order, sealed_at),
        assignment: order.assignment.clone(),
        kind: order.kind,
        due_on: order.due_on,
        sealed_at,
        embargo_until: order.embargo_until,
        key,
    };
    let (package, manifest) = sealed(reports, &dataset, &sealing).await?;
    let opened = Opened::of(&package, manifest.clone()).await?;
    if let Some(first) = opened.reproduce().await?.into_iter().next() {
        return Err(Error::NotReproduced(first).into());
    }
    let writer = store.begin_write().await?;
    let kept = keep(&writer, clock, order, &manifest, &package).await;
    match &kept {
        Ok(_) => writer.commit().await?,
        Err(_) => writer.roll_back().await,
    }
    Ok((kept?, package))
}

/// What a release will be asked for by: assignment, kind, and when it was sealed. A number would tell how many are hidden.
fn name(order: &Order, sealed_at: DateTime<Utc>) -> String {
    let assignment = order.assignment.as_str().replace('/', "-");
    let kind = order.kind.code().to_lowercase();
    let instant = sealed_at.format("%Y%m%dT%H%M%S%3fZ");
    format!("{assignment}_{kind}_{instant}")
}

async fn keep(
    writer: &Writer,
    clock: &Clock,
    order: &Order,
    manifest: &Manifest,
    package: &Package,
) -> Result<sealed_release::Model, NotSealed> {
    let db = writer.transaction();
    if stored::named(db, &manifest.name).await?.is_some() {
        return Err(NotSealed::Taken(manifest.name.clone()));
    }
    let sealed_at = Moment::from(manifest.sealed_at);
    let at = writer.take_time(clock, sealed_at).await?;
    let model = sealed_release::Model {
        id: writer.next_id("sealed_release", "id").await?,
        name: manifest.name.clone(),
        assignment: order.assignment.clone(),
        deliverable_kind: order.kind,
        due_on: manifest.due_on,
        version: manifest.dataset.version,
        as_of: Moment::from(manifest.dataset.as_of),
        today: manifest.dataset.today,
        sealed_at,
        sealed_by: order.actor.clone(),
        embargo_until: manifest.embargo_until.map(Moment::from),
        sha256: package.sha256(),
        key_id: manifest.key_id.clone(),
    };
    writer
        .insert_all::<sealed_release::Entity, _>(vec![model.clone()])
        .await?;
    // One by one: a statement with all of them might be larger than a database takes.
    for (ordinal, (path, bytes)) in (1..).zip(package.files()) {
        let file = sealed_file::Model {
            release_id: model.id,
            ordinal,
            path: path.to_owned(),
            bytes: bytes.to_vec(),
        };
        writer
            .insert_all::<sealed_file::Entity, _>(vec![file])
            .await?;
    }
    let event = audit::Event {
        actor: &order.actor,
        action: "release.sealed",
        subject: format!("sealed_release {}", model.id),
        detail: format!("{} sha256 {}", model.name, model.sha256),
    };
    audit::append(writer, at, event).await?;
    Ok(model)
}

/// The files of a release that is kept, whose manifest is the one that was sealed.
async fn package(store: &Store, release: &sealed_release::Model) -> Result<Package, Error> {
    let files = stored::files(store.connection(), release.id).await?;
    let package = Package::of(files.into_iter().map(|one| (one.path, one.bytes)));
    if package.sha256() == release.sha256 {
        Ok(package)
    } else {
        Err(Fault::Changed {
            path: "manifest.json".to_owned(),
            sealed: release.sha256.clone(),
            found: package.sha256(),
        }
        .into())
    }
}

/// Opens a release that is kept, as it was sealed: to the sum.
async fn open(store: &Store, release: &sealed_release::Model) -> Result<Opened, Error> {
    let package = package(store, release).await?;
    let checked = move || verify(&package, None).map(|(manifest, _)| (package, manifest));
    let checked = tokio::task::spawn_blocking(checked).await;
    let (package, manifest) = checked.map_err(|error| Error::Ended(error.to_string()))??;
    let mut opened = Opened::of(&package, manifest).await?;
    opened.dataset = opened.dataset.of_release(release.clone());
    // What a decision took away after the release was sealed is not answered from it either.
    opened.reports = opened.reports.with_texts_of(store.clone());
    let kept = store.kept().of_release(release.id);
    opened.reports = opened.reports.kept_in(kept);
    Ok(opened)
}

/// Releases kept open: each costs an SQLite file.
const MOST_OPEN: u64 = 4;

/// Releases opened at a time: each is held in memory meanwhile. Others wait for their turn.
const OPENED_AT_ONCE: usize = 1;

/// The releases of a store, opened when somebody asks for what they hold.
#[derive(Clone)]
pub struct Releases {
    store: Store,
    opened: Cache<i64, Arc<Opened>>,
    turns: Arc<Semaphore>,
}

impl Releases {
    /// Of a store; nothing is opened yet.
    #[must_use]
    pub fn new(store: Store) -> Self {
        let opened = Cache::builder().max_capacity(MOST_OPEN);
        let opened = opened.eviction_policy(EvictionPolicy::lru());
        Self {
            store,
            opened: opened.build(),
            turns: Arc::new(Semaphore::new(OPENED_AT_ONCE)),
        }
    }

    /// Every release, in the order of sealing.
    ///
    /// # Errors
    /// The database fails.
    pub async fn all(&self) -> Result<Vec<sealed_release::Model>, DbErr> {
        stored::all(self.store.connection()).await
    }

    /// The release with a name.
    ///
    /// # Errors
    /// The database fails.
    pub async fn named(&self, name: &str) -> Result<Option<sealed_release::Model>, DbErr> {
        stored::named(self.store.connection(), name).await
    }

    /// The files of a release.
    ///
    /// # Errors
    /// Its manifest is not what was sealed, or the database fails.
    pub async fn package(&self, release: &sealed_release::Model) -> Result<Package, Error> {
        package(&self.store, release).await
    }

    /// What a release holds, opened once: also where whoever asked has gone before it was open.
    ///
    /// # Errors
    /// There is no such release, it is not what was sealed, or the database fails.
    pub async fn opened(&self, id: i64) -> Result<Arc<Opened>, Arc<Error>> {
        if let Some(opened) = self.opened.get(&id).await {
            return Ok(opened);
        }
        let Self {
            store,
            opened,
            turns,
        } = self.clone();
        let open = async move {
            let ended = |error: &dyn std::fmt::Display| Error::Ended(error.to_string());
            let _turn = turns.acquire().await.map_err(|error| ended(&error))?;
            let found = stored::with_id(store.connection(), id).await?;
            let found = found.ok_or(Fault::Missing(format!("sealed_release {id}")))?;
            open(&store, &found).await.map(Arc::new)
        };
        let task = tokio::spawn(async move { opened.try_get_with(id, Box::pin(open)).await });
        task.await
            .map_err(|error| Arc::new(Error::Ended(error.to_string())))?
    }
}

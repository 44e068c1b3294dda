//! A release as a store to read from: its tables in an SQLite file that lives as long as somebody reads it.

use std::sync::Arc;

use entity::Moment;
use tempfile::TempDir;

use super::{
    Change, Compared, Error, Fault, Manifest, Package, Sealed, SealedDataset, SealedFigures, State,
    parquet,
};
use crate::reports::Reports;
use crate::store::frozen::{Thawing, frozen};
use crate::store::{Dataset, Store, Withheld, committed_at};

/// A release that can be read like a store.
#[derive(Clone)]
pub struct Opened {
    /// Reports of what is sealed.
    pub reports: Reports,
    /// The dataset that is sealed.
    pub dataset: Dataset,
    /// What the release says of itself.
    pub manifest: Arc<Manifest>,
    /// The figures as they were sealed.
    pub figures: Arc<SealedFigures>,
    _folder: Arc<TempDir>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Opened").field(&self.manifest.name).finish()
    }
}

impl Opened {
    /// Opens a release: its tables become a store of their own, which nothing of any other store touches. Whether they are
    /// what was sealed says [`verify`](super::verify()).
    ///
    /// # Errors
    /// A table cannot be read, or no temporary file can be made.
    pub async fn of(package: &Package, manifest: Manifest) -> Result<Self, Error> {
        let folder = tempfile::tempdir().map_err(|source| Error::File {
            path: "a temporary folder".into(),
            source,
        })?;
        let file = folder.path().join("release.db");
        let store = Store::open(&format!("sqlite:{}", file.display())).await?;
        let thawing = Thawing::begin(&store).await?;
        for table in frozen() {
            let path = table.path();
            let Some(bytes) = package.file(&path) else {
                // A table that came after the release was sealed held nothing then.
                if manifest.files.iter().any(|one| one.path == path) {
                    return Err(Fault::Missing(path).into());
                }
                continue;
            };
            for rows in parquet::rows(&table, bytes)? {
                thawing.put(&table, rows?).await?;
            }
        }
        thawing.finish().await?;
        let figures = package.figures()?;
        let sealed = &manifest.dataset;
        let dataset = Dataset::of_version(sealed.version, Moment::from(sealed.as_of));
        Ok(Self {
            reports: Reports::new(store),
            dataset: dataset.on_day(Some(sealed.today)),
            manifest: Arc::new(manifest),
            figures: Arc::new(figures),
            _folder: Arc::new(folder),
        })
    }
}

impl Opened {
    /// What differs in the report from an earlier release of the same store, figure by figure. Where that was sealed for
    /// another report, its figures of this one are computed from its facts.
    ///
    /// # Errors
    /// It is no earlier state of the same store, or of another assignment; or the computation fails.
    pub async fn changes_since(
        &self,
        from: &Package,
        earlier: &Manifest,
    ) -> Result<Vec<Change>, Error> {
        let sealed: SealedFigures = from.figures()?;
        let withheld = Self::of(from, earlier.clone()).await?.withheld().await?;
        let (asked_from, asked_to) = (&earlier.dataset, &self.manifest.dataset);
        let is_same = earlier.assignment == self.manifest.assignment;
        if !is_same || asked_from.as_of > asked_to.as_of || !self.has(asked_from).await? {
            return Err(Error::NotEarlier {
                from: earlier.name.clone(),
                to: self.manifest.name.clone(),
            });
        }
        let (assignment, asked) = self.manifest.report()?;
        let version = Dataset::of_version(asked_from.version, Moment::from(asked_from.as_of));
        let compared = Compared {
            reports: &self.reports,
            from: State {
                dataset: version.on_day(Some(asked_from.today)),
                sealed: Some(Sealed {
                    manifest: earlier,
                    figures: &sealed,
                    withheld,
                }),
            },
            to: State {
                dataset: self.dataset.clone(),
                sealed: Some(self.sealed().await?),
            },
            assignment,
            asked,
        };
        compared.changes().await
    }

    /// What it withholds by its own registers, whatever those that count now say.
    ///
    /// # Errors
    /// The database fails.
    pub async fn withheld(&self) -> Result<Arc<Withheld>, Error> {
        let own = self.dataset.clone().withholding(Arc::default());
        Ok(self.reports.catalogue(&own).await?.withheld())
    }

    /// What was sealed, to be compared.
    ///
    /// # Errors
    /// The database fails.
    pub async fn sealed(&self) -> Result<Sealed<'_>, Error> {
        Ok(Sealed {
            manifest: &self.manifest,
            figures: &self.figures,
            withheld: self.withheld().await?,
        })
    }

    /// Whether a dataset is an earlier state of what is sealed here: the same version was the last at its instant.
    async fn has(&self, dataset: &SealedDataset) -> Result<bool, Error> {
        let store = self.reports.store();
        let committed = committed_at(store, dataset.version).await?;
        let next = committed_at(store, dataset.version + 1).await?;
        let instant = Moment::from(dataset.as_of);
        Ok(committed.is_some_and(|at| at <= instant) && next.is_none_or(|at| at > instant))
    }
}

//! Datasets in the schema: one version of what counts for a whole subtree.

use async_graphql::{Context, MergedObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::Facts;
use super::guard::Require;
use super::reading::Reading;
use super::scalars::Date;
use super::vocabulary::DatasetBasis;
use crate::policy::Action;

/// Which version of what counts an answer is of (datauttag).
#[derive(Clone, Debug, SimpleObject)]
pub struct DatasetInfo {
    /// Version; each write that changes what counts takes the next (version).
    version: i64,
    /// The instant it answers for (tidpunkt).
    as_of: DateTime<Utc>,
    /// What is counted (räkningsgrund).
    basis: DatasetBasis,
    /// The civil date in Stockholm at that instant (dagens datum).
    today: Date,
    /// Whether it holds synthetic rows (syntetiska uppgifter).
    synthetic: bool,
    /// Version of the figures' definitions (definitionernas version).
    definitions_version: &'static str,
}

/// What a dataset says of itself.
#[derive(Default)]
pub struct DatasetSelf(Reading);

/// What a dataset says of itself.
#[Object]
impl DatasetSelf {
    /// Version and time (uppgifter om datauttaget).
    async fn info(&self, ctx: &Context<'_>) -> Result<DatasetInfo> {
        let shelf = self.0.open(ctx).await?;
        Ok(DatasetInfo {
            version: shelf.dataset.version,
            as_of: shelf.dataset.as_of,
            basis: shelf.dataset.basis.into(),
            today: Date(shelf.dataset.today),
            synthetic: shelf.catalogue.natures.any(),
            definitions_version: analytics::DEFINITIONS_VERSION,
        })
    }
}

/// One version of what counts, with all reading fields (datauttag).
#[derive(MergedObject, Default)]
pub struct Dataset(DatasetSelf, Facts);

/// Reading datasets.
#[derive(Default)]
pub struct DatasetQuery;

/// Reading datasets.
#[Object(guard = "Require(Action::ReadFigures)")]
impl DatasetQuery {
    /// The present dataset, with the same fields as the root (datauttag).
    async fn dataset(&self) -> Option<Dataset> {
        Some(Dataset::default())
    }
}

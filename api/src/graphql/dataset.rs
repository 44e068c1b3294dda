//! Datasets in the schema: one version of what counts for a whole subtree.

use async_graphql::{Context, MergedObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::error::{self, Code};
use super::facts::Facts;
use super::guard::Require;
use super::reading::{Reading, Shelf};
use super::release::{self, Release};
use super::scalars::Date;
use super::vocabulary::DatasetBasis;
use crate::policy::Action;
use crate::store::Choice;

/// Which version of what counts an answer is of (datauttag).
#[derive(Clone, Debug, SimpleObject)]
pub struct DatasetInfo {
    /// Version; each write that changes what counts takes the next (version).
    version: i64,
    /// The instant asked for; of the present dataset when it was last changed. As of it, the same is answered for ever,
    /// with the same `today`, but for what has come to be withheld since (tidpunkt).
    as_of: DateTime<Utc>,
    /// Whether the instant is before the first version: then nothing was known, and everything is empty (före första
    /// versionen).
    before_first_version: bool,
    /// What is counted (räkningsgrund).
    basis: DatasetBasis,
    /// The civil date in Stockholm at that instant (dagens datum).
    today: Date,
    /// Whether it holds synthetic rows (syntetiska uppgifter).
    synthetic: bool,
    /// Version of the figures' definitions (definitionernas version).
    definitions_version: &'static str,
    /// The sealed dataset that it is; null of what is not sealed (fryst datauttag).
    release: Option<Release>,
}

impl DatasetInfo {
    /// What the dataset of a shelf says of itself.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn of(shelf: &Shelf) -> Result<Self> {
        Ok(Self {
            version: shelf.dataset.version,
            as_of: shelf.dataset.as_of,
            before_first_version: shelf.dataset.version == 0,
            basis: shelf.dataset.basis.into(),
            today: Date(shelf.dataset.today),
            synthetic: shelf.holds_synthetic().await?,
            definitions_version: analytics::DEFINITIONS_VERSION,
            release: shelf.dataset.release.as_deref().map(Release::of),
        })
    }
}

/// What a dataset says of itself.
pub struct DatasetSelf(pub(crate) Reading);

/// What a dataset says of itself.
#[Object]
impl DatasetSelf {
    /// Version and time (uppgifter om datauttaget).
    async fn info(&self, ctx: &Context<'_>) -> Result<DatasetInfo> {
        DatasetInfo::of(&self.0.open(ctx).await?).await
    }
}

/// One version of what counts, with all reading fields (datauttag).
#[derive(MergedObject)]
pub struct Dataset(DatasetSelf, Facts);

/// Reading datasets.
#[derive(Default)]
pub struct DatasetQuery;

/// Reading datasets.
#[Object(guard = "Require(Action::ReadFigures)")]
impl DatasetQuery {
    /// One dataset with the same fields as the root: the present one, or as it was at a time (datauttag).
    ///
    /// What was answered as of a time is answered the same for ever, but for what has come to be withheld since: where a
    /// recipient is whose location is protected now, and counts of an indicator that counts persons now. A time that has not
    /// come is an error.
    async fn dataset(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As it was at this instant, with offset; null = the present one (tidpunkt)."
        )]
        as_of: Option<DateTime<Utc>>,
        #[graphql(desc = "What is counted (räkningsgrund).", default)] basis: DatasetBasis,
        #[graphql(
            desc = "The day that is today in it; null = the civil date in Stockholm at the instant (dagens datum)."
        )]
        today: Option<Date>,
        #[graphql(
            desc = "What is sealed in the release of this name, instead of `asOf`; of a release, what is accepted alone, and nothing that has come to be withheld since (fryst datauttag)."
        )]
        release: Option<String>,
    ) -> Result<Option<Dataset>> {
        let release = match release {
            None => None,
            Some(_) if as_of.is_some() || basis == DatasetBasis::AllReceived => {
                let said =
                    "a release is sealed: it is asked for without asOf, and of what is accepted";
                return Err(error::argument(Code::BadUserInput, "release", said));
            }
            Some(name) => Some(Box::pin(release::visible(ctx, &name, "release")).await?.id),
        };
        let choice = Choice {
            as_of,
            basis: basis.into(),
            today: today.map(|day| day.0),
            release,
        };
        let reading = Reading(choice);
        // Opened here, so that a time that has not come is an error of this field and of nothing below it.
        reading.open(ctx).await?;
        Ok(Some(Dataset(DatasetSelf(reading), Facts::of(reading))))
    }
}

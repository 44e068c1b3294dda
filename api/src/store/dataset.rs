//! A dataset: which version of what counts a request reads, chosen once.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Moment, dataset_version};
use sea_orm::{DbErr, EntityTrait, QueryOrder};

use super::Store;
use crate::clock::{Clock, civil_date};

/// Whether waiting submissions are counted too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Accepted submissions alone.
    Accepted,
}

/// A version of what counts, with the day that is today in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// The version; 0 before the first write.
    pub version: i64,
    /// The instant that it answers for.
    pub as_of: DateTime<Utc>,
    /// The civil date in Stockholm at that instant.
    pub today: NaiveDate,
    /// What is counted.
    pub basis: Basis,
}

impl Dataset {
    /// The present dataset: the last version committed. This is the one statement that unchanged data costs.
    pub(crate) async fn present(store: &Store, clock: &Clock) -> Result<Self, DbErr> {
        Self::present_on(store.connection(), clock).await
    }

    /// The present dataset as a connection or a writer's transaction sees it.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where a dataset is chosen"
    )]
    pub(crate) async fn present_on(
        db: &impl sea_orm::ConnectionTrait,
        clock: &Clock,
    ) -> Result<Self, DbErr> {
        let last = dataset_version::Entity::find()
            .order_by_desc(dataset_version::Column::Version)
            .one(db)
            .await?;
        let now = clock.now();
        // With the clock set back, the present is still not before the last commit.
        let as_of = last
            .as_ref()
            .map_or(now, |last| now.max(last.committed_at.utc()));
        let version = last.map_or(0, |last| last.version);
        Ok(Self {
            version,
            as_of,
            today: civil_date(as_of),
            basis: Basis::Accepted,
        })
    }

    /// When the next version may say it was committed: never before the one before.
    pub(crate) fn next_moment(&self, last: Option<Moment>, clock: &Clock) -> Moment {
        let now = Moment::from(clock.now());
        last.map_or(now, |last| now.max(last.next()))
    }
}

//! A dataset: which version of what counts a request reads, chosen once.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Kind, Moment, SubmissionEvent, dataset_version, sealed_release, submission_event};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

use super::{Kinds, Mixture, Step, Store, Withheld};
use crate::clock::{Clock, civil_date};
use crate::policy::Scope;

/// Whether waiting submissions are counted too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Accepted submissions alone.
    #[default]
    Accepted,
    /// Accepted ones, and those that wait, as if they were accepted in the order of their receipt.
    AllReceived,
}

/// Which dataset is asked for; where nothing is said, the present one of accepted submissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choice {
    /// As it was at this instant.
    pub as_of: Option<DateTime<Utc>>,
    /// What is counted.
    pub basis: Basis,
    /// The day that is today in it; otherwise the civil date in Stockholm at the instant.
    pub today: Option<NaiveDate>,
    /// What is sealed in the release of this id, instead of what the store holds.
    pub release: Option<i64>,
}

/// A version of what counts, with the day that is today in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// The version; 0 before the first write.
    pub version: i64,
    /// An instant at which the dataset is this one: the one asked for, or when the present version was committed.
    pub as_of: DateTime<Utc>,
    /// The civil date in Stockholm.
    pub today: NaiveDate,
    /// What is counted.
    pub basis: Basis,
    /// Submissions that wait and are counted, in order of receipt; none but for [`Basis::AllReceived`].
    pub(crate) waiting: Arc<[i64]>,
    /// Events after this instant have not happened yet; none in the present.
    pub(crate) until: Option<Moment>,
    /// The sealed release that it is read from; none where it is read from the store itself.
    pub(crate) release: Option<Arc<sealed_release::Model>>,
    /// The earlier version with which it is mixed; none of any dataset that is asked for.
    pub(crate) mixture: Option<Mixture>,
    /// What other registers than its own withhold of it: those that count now, of any dataset but the present one.
    pub(crate) withheld: Arc<Withheld>,
    /// The kinds that it is read for, where it is not read for all.
    within: Option<Kinds>,
}

/// What caches are keyed by: datasets of equal keys hold the same facts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DatasetKey {
    version: i64,
    waiting: Arc<[i64]>,
    release: Option<i64>,
    mixture: Option<Mixture>,
    withheld: Arc<Withheld>,
}

/// Why there is no such dataset.
#[derive(Debug, thiserror::Error)]
pub enum NoDataset {
    /// The instant has not come.
    #[error("the time {asked} has not come: it is {now}")]
    Future {
        /// The instant asked for.
        asked: DateTime<Utc>,
        /// The present instant.
        now: DateTime<Utc>,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl Dataset {
    /// The present dataset: the last version committed. This is the one statement that unchanged data costs.
    pub(crate) async fn present(store: &Store, clock: &Clock) -> Result<Self, DbErr> {
        Self::present_on(store.connection(), clock).await
    }

    /// The present dataset with the number of the last audit event, which every change that is kept leaves: while it is the
    /// same, so is everything that the store holds. None before the first version. One statement, as for the dataset alone.
    pub(crate) async fn present_with_state(
        store: &Store,
        clock: &Clock,
    ) -> Result<Option<(i64, Self)>, DbErr> {
        let db = store.connection();
        let sql = "SELECT version, committed_at, submission_event_id, \
                   (SELECT MAX(id) FROM audit_event) AS event \
                   FROM dataset_version ORDER BY version DESC LIMIT 1";
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let Some(found) = db.query_one_raw(statement).await? else {
            return Ok(None);
        };
        let last = dataset_version::Model::from_query_result(&found, "")?;
        let event: Option<i64> = found.try_get("", "event")?;
        let dataset = Self::present_of(Some(&last), clock.now());
        Ok(Some((event.unwrap_or_default(), dataset)))
    }

    /// The present dataset as a connection or a writer's transaction sees it.
    pub(crate) async fn present_on(
        db: &impl ConnectionTrait,
        clock: &Clock,
    ) -> Result<Self, DbErr> {
        let last = last_version(db, None).await?;
        Ok(Self::present_of(last.as_ref(), clock.now()))
    }

    fn present_of(last: Option<&dataset_version::Model>, now: DateTime<Utc>) -> Self {
        let committed = last.map(|last| last.committed_at.utc());
        Self {
            version: last.map_or(0, |last| last.version),
            as_of: committed.unwrap_or(now),
            // With the clock set back, the present is still not before the last commit.
            today: civil_date(committed.map_or(now, |committed| Ord::max(now, committed))),
            basis: Basis::Accepted,
            waiting: Arc::default(),
            until: None,
            release: None,
            mixture: None,
            withheld: Arc::default(),
            within: None,
        }
    }

    /// The dataset as it was at an instant: whoever asks the same again, whenever, is answered from the same version. What
    /// has come to be withheld since is for whoever reads it: see [`Dataset::withholding`].
    ///
    /// # Errors
    /// [`NoDataset::Future`] where the instant has not come.
    pub(crate) async fn at(
        store: &Store,
        clock: &Clock,
        instant: DateTime<Utc>,
    ) -> Result<Self, NoDataset> {
        let asked = Moment::from(instant);
        let latest = store.latest().await?;
        let now = latest.map_or(clock.now(), |latest| Ord::max(clock.now(), latest.utc()));
        if asked > Moment::from(now) {
            return Err(NoDataset::Future {
                asked: instant,
                now,
            });
        }
        store.settle(asked, latest).await?;
        let version = last_version(store.connection(), Some(asked)).await?;
        Ok(Self {
            version: version.map_or(0, |found| found.version),
            as_of: asked.utc(),
            today: civil_date(asked.utc()),
            basis: Basis::Accepted,
            waiting: Arc::default(),
            until: Some(asked),
            release: None,
            mixture: None,
            withheld: Arc::default(),
            within: None,
        })
    }

    /// The dataset of a version that was committed by an instant; what has come to be withheld since is for whoever reads
    /// it: see [`Dataset::withholding`].
    #[must_use]
    pub(crate) fn of_version(version: i64, at: Moment) -> Self {
        Self {
            version,
            as_of: at.utc(),
            today: civil_date(at.utc()),
            basis: Basis::Accepted,
            waiting: Arc::default(),
            until: Some(at),
            release: None,
            mixture: None,
            withheld: Arc::default(),
            within: None,
        }
    }

    /// The name of the sealed release that it is; none of the store's own.
    pub(crate) fn release_name(&self) -> Option<&str> {
        self.release.as_ref().map(|one| one.name.as_str())
    }

    /// The same, read from a sealed release.
    #[must_use]
    pub(crate) fn of_release(self, released: sealed_release::Model) -> Self {
        Self {
            release: Some(Arc::new(released)),
            ..self
        }
    }

    /// Between an earlier version and this one.
    #[must_use]
    pub(crate) fn mixed(&self, from: i64, step: Step) -> Self {
        Self {
            mixture: Some(Mixture { from, step }),
            ..self.clone()
        }
    }

    /// The same, of which rows of some kinds alone are read.
    #[must_use]
    pub(super) const fn within(mut self, kinds: Kinds) -> Self {
        self.within = Some(kinds);
        self
    }

    /// Whether rows of a kind may be read of it.
    pub(super) fn is_read_for(&self, kind: Kind) -> bool {
        self.within.is_none_or(|kinds| kinds.has(kind))
    }

    /// The same, of which other registers withhold something beside its own.
    #[must_use]
    pub(crate) fn withholding(self, withheld: Arc<Withheld>) -> Self {
        Self { withheld, ..self }
    }

    /// The same with the waiting submissions of a scope counted.
    pub(crate) async fn with_waiting(
        mut self,
        db: &impl ConnectionTrait,
        scope: &Scope,
    ) -> Result<Self, DbErr> {
        self.basis = Basis::AllReceived;
        if self.version > 0 {
            self.waiting = waiting(db, Moment::from(self.as_of), scope).await?.into();
        }
        Ok(self)
    }

    /// The same with another day as today.
    #[must_use]
    pub(crate) fn on_day(mut self, today: Option<NaiveDate>) -> Self {
        self.today = today.unwrap_or(self.today);
        self
    }

    /// The same with the civil date of its own instant as today, so that it says the same whatever day it is asked.
    #[must_use]
    pub(crate) fn of_its_own_day(mut self) -> Self {
        self.today = civil_date(self.as_of);
        self
    }

    /// The same without what waits.
    #[must_use]
    pub(crate) fn accepted(&self) -> Self {
        Self {
            basis: Basis::Accepted,
            waiting: Arc::default(),
            ..self.clone()
        }
    }

    /// Whether it is one version of what is accepted and nothing else, so that it can be made from another one by what
    /// opened and closed between both.
    #[must_use]
    pub(crate) fn is_plain(&self) -> bool {
        self.waiting.is_empty() && self.mixture.is_none()
    }

    /// What caches are keyed by.
    #[must_use]
    pub fn key(&self) -> DatasetKey {
        DatasetKey {
            version: self.version,
            waiting: Arc::clone(&self.waiting),
            release: self.release.as_ref().map(|release| release.id),
            mixture: self.mixture,
            withheld: Arc::clone(&self.withheld),
        }
    }

    /// Whether something that happened at an instant has happened in the dataset.
    #[must_use]
    pub(crate) fn has_happened(&self, at: Moment) -> bool {
        self.until.is_none_or(|until| at <= until)
    }
}

/// The last version, or the last that was committed by an instant.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where a dataset is chosen"
)]
async fn last_version(
    db: &impl ConnectionTrait,
    by: Option<Moment>,
) -> Result<Option<dataset_version::Model>, DbErr> {
    let mut versions = dataset_version::Entity::find();
    if let Some(by) = by {
        versions = versions.filter(dataset_version::Column::CommittedAt.lte(by));
    }
    versions
        .order_by_desc(dataset_version::Column::Version)
        .one(db)
        .await
}

/// Submissions of a scope that wait at an instant: received by then, and nothing decided by then.
#[expect(
    clippy::disallowed_methods,
    reason = "submissions are no facts of a dataset"
)]
async fn waiting(db: &impl ConnectionTrait, at: Moment, scope: &Scope) -> Result<Vec<i64>, DbErr> {
    let later = Alias::new("later");
    let column = |column: submission_event::Column| Expr::col((later.clone(), column));
    let own = Expr::col((
        submission_event::Entity,
        submission_event::Column::SubmissionId,
    ));
    let decided = Query::select()
        .expr(Expr::val(1))
        .from_as(submission_event::Entity, later.clone())
        .and_where(column(submission_event::Column::SubmissionId).eq(own))
        .and_where(column(submission_event::Column::Event).ne(SubmissionEvent::Received.code()))
        .and_where(column(submission_event::Column::At).lte(at.micros()))
        .to_owned();
    let mut found = submission_event::Entity::find()
        .filter(submission_event::Column::Event.eq(SubmissionEvent::Received))
        .filter(submission_event::Column::At.lte(at))
        .filter(Expr::exists(decided).not());
    if let Some(within) = super::submission::within(scope) {
        let submissions = Query::select()
            .column(entity::submission::Column::Id)
            .from(entity::submission::Entity)
            .cond_where(within)
            .to_owned();
        found = found.filter(submission_event::Column::SubmissionId.in_subquery(submissions));
    }
    found
        .order_by_asc(submission_event::Column::SubmissionId)
        .select_only()
        .column(submission_event::Column::SubmissionId)
        .into_tuple()
        .all(db)
        .await
}

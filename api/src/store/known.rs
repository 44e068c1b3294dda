//! What never changes of submissions, kept in memory and read on from where it ends: of which kind each version changed
//! what counts, and whose, of what nature and how old the rows are.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use entity::{
    Kind, Nature, OrganisationCode, RegistryNumber, dataset_version, submission, submission_event,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};
use tokio::sync::Mutex;

use super::{Dataset, Kinds, Store};
use crate::policy::Sent;

/// What is known of a store's submissions, shared by all that read the store.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    now: Arc<RwLock<Arc<Submissions>>>,
    reading: Arc<Mutex<()>>,
}

/// What was read of submissions.
#[derive(Clone, Debug, Default)]
pub struct Submissions {
    /// The last version that was read.
    through: i64,
    /// The versions in which something of each kind began or ceased to count or to wait, in order.
    versions: Vec<(Kind, Vec<i64>)>,
    /// The last submission that was read.
    last: i64,
    /// Blocks of row ids, in order.
    blocks: Vec<Block>,
}

/// The rows of a submission, whose ids follow each other.
#[derive(Clone, Debug)]
struct Block {
    submission: i64,
    first: i64,
    end: i64,
    kind: Kind,
    nature: Nature,
    registered_on: Option<NaiveDate>,
    assignment: Option<RegistryNumber>,
    organisation: OrganisationCode,
}

impl Known {
    /// What is known now. Of a dataset that was chosen before, everything is.
    pub(crate) fn now(&self) -> Arc<Submissions> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether a row came in a submission that is synthetic or mixed.
    #[must_use]
    pub(crate) fn is_synthetic(&self, row_id: i64) -> bool {
        self.now().is_synthetic(row_id)
    }
}

impl Submissions {
    fn block(&self, row_id: i64) -> Option<&Block> {
        let after = self.blocks.partition_point(|one| one.first <= row_id);
        let block = self.blocks.get(after.checked_sub(1)?)?;
        (row_id < block.end).then_some(block)
    }

    /// Whether a row came in a submission that is synthetic or mixed.
    #[must_use]
    pub fn is_synthetic(&self, row_id: i64) -> bool {
        let block = self.block(row_id);
        block.is_some_and(|block| block.nature != Nature::Real)
    }

    /// For which assignment, and by whom, a row was sent.
    #[must_use]
    pub fn sent(&self, row_id: i64) -> Option<Sent<'_>> {
        let block = self.block(row_id)?;
        Some(Sent {
            kind: block.kind,
            assignment: block.assignment.as_ref(),
            sender: &block.organisation,
        })
    }

    /// The day on which a row's document was registered, where that is older than its receipt here.
    pub(crate) fn registered_on(&self, row_id: i64) -> Option<NaiveDate> {
        self.block(row_id)?.registered_on
    }

    /// The last version up to one in which something of some kinds changed; 0 where nothing ever did.
    fn last_change(&self, kinds: Kinds, version: i64) -> i64 {
        let own = self.versions.iter().filter(|(kind, _)| kinds.has(*kind));
        let last = own.filter_map(|(_, versions)| {
            let after = versions.partition_point(|one| *one <= version);
            versions.get(after.checked_sub(1)?).copied()
        });
        last.max().unwrap_or_default()
    }

    /// Those of some submissions that hold rows of some kinds.
    fn of_kinds(&self, submissions: &[i64], kinds: Kinds) -> Arc<[i64]> {
        let has = |id: &&i64| {
            let found = self.blocks.binary_search_by_key(*id, |one| one.submission);
            found.is_ok_and(|place| kinds.has(self.blocks[place].kind))
        };
        submissions.iter().filter(has).copied().collect()
    }

    fn add_version(&mut self, version: i64, kind: Kind) {
        match self.versions.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, versions)) => versions.push(version),
            None => self.versions.push((kind, vec![version])),
        }
        self.through = version;
    }

    fn add(&mut self, one: submission::Model) {
        self.last = one.id;
        if one.row_count == 0 {
            return;
        }
        self.blocks.push(Block {
            submission: one.id,
            first: one.first_row_id,
            end: one.first_row_id + one.row_count,
            kind: one.kind,
            nature: one.nature,
            registered_on: one.registered_on,
            assignment: one.assignment,
            organisation: one.organisation_code,
        });
    }
}

impl Store {
    /// What is known of submissions, at least as far as a dataset goes: two statements after a change, else none.
    pub(crate) async fn known(&self, dataset: &Dataset) -> Result<&Known, DbErr> {
        if self.known.now().through >= dataset.version {
            return Ok(&self.known);
        }
        // One reads, the others find what it read.
        let _reading = self.known.reading.lock().await;
        let before = self.known.now();
        if before.through < dataset.version {
            let mut known = Submissions::clone(&before);
            // Versions first: of each the submission is there.
            for (version, kind) in versions_after(self.connection(), before.through).await? {
                known.add_version(version, kind);
            }
            for one in submissions_after(self.connection(), before.last).await? {
                known.add(one);
            }
            *self
                .known
                .now
                .write()
                .unwrap_or_else(PoisonError::into_inner) = Arc::new(known);
        }
        Ok(&self.known)
    }

    /// The dataset as far as an answer rests on some kinds: as it was when something of them last changed. It holds the same
    /// facts of them, so that what is kept of it is found though others have changed since.
    pub(crate) async fn resting_on(
        &self,
        kinds: Kinds,
        dataset: &Dataset,
    ) -> Result<Dataset, DbErr> {
        let mut resting = dataset.clone().within(kinds);
        if dataset.mixture.is_some() || dataset.release.is_some() {
            return Ok(resting);
        }
        let known = self.known(dataset).await?.now();
        if !resting.waiting.is_empty() {
            resting.waiting = known.of_kinds(&resting.waiting, kinds);
        }
        if resting.is_plain() {
            resting.version = known.last_change(kinds, dataset.version);
        }
        Ok(resting)
    }
}

/// Versions after one with the kind of what changed in them, in order.
#[expect(
    clippy::disallowed_methods,
    reason = "a version is no fact: it is asked what changed in it"
)]
async fn versions_after(
    db: &impl ConnectionTrait,
    version: i64,
) -> Result<Vec<(i64, Kind)>, DbErr> {
    dataset_version::Entity::find()
        .select_only()
        .column(dataset_version::Column::Version)
        .column(submission::Column::Kind)
        .join(
            JoinType::InnerJoin,
            dataset_version::Entity::belongs_to(submission_event::Entity)
                .from(dataset_version::Column::SubmissionEventId)
                .to(submission_event::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            submission_event::Entity::belongs_to(submission::Entity)
                .from(submission_event::Column::SubmissionId)
                .to(submission::Column::Id)
                .into(),
        )
        .filter(dataset_version::Column::Version.gt(version))
        .order_by_asc(dataset_version::Column::Version)
        .into_tuple()
        .all(db)
        .await
}

/// Submissions after one, in order of receipt.
#[expect(
    clippy::disallowed_methods,
    reason = "submissions are no facts: they never stop being what they are"
)]
async fn submissions_after(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Vec<submission::Model>, DbErr> {
    submission::Entity::find()
        .filter(submission::Column::Id.gt(id))
        .order_by_asc(submission::Column::Id)
        .all(db)
        .await
}

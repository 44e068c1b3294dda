//! Lineage: from a row to the file it came in, and to what the reference data cite.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use entity::{citation, received_row, submission, submission_event};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Store, portions};

/// Where a row comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The row as received.
    pub row: Arc<received_row::Model>,
    /// The file.
    pub submission: Arc<submission::Model>,
    /// What happened to the file, in order.
    pub events: Arc<[submission_event::Model]>,
    /// Documents and sections, for reference data.
    pub citations: Arc<[citation::Model]>,
}

/// What of a row's origin never changes.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    row: Arc<received_row::Model>,
    submission: Arc<submission::Model>,
    citations: Arc<[citation::Model]>,
}

/// A row, and which of the passages that it cites; the first where it cites none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// The row.
    pub row_id: i64,
    /// Which passage, from 0.
    pub nth: usize,
}

/// How many passages a row cites, for rows that cite more than one.
#[derive(Clone, Debug, Default)]
pub struct Cited(HashMap<i64, usize>);

impl Cited {
    /// Reads it: one statement, whatever is asked.
    #[expect(
        clippy::disallowed_methods,
        reason = "a row's citations never change, in whatever dataset it counts"
    )]
    pub(crate) async fn load(store: &Store) -> Result<Self, DbErr> {
        let last: Vec<(i64, i64)> = citation::Entity::find()
            .select_only()
            .column(citation::Column::RowId)
            .column_as(citation::Column::Ordinal.max(), "last")
            .filter(citation::Column::Ordinal.gt(1))
            .group_by(citation::Column::RowId)
            .into_tuple()
            .all(store.connection())
            .await?;
        let count = |(row, last): (i64, i64)| (row, usize::try_from(last).unwrap_or(1));
        Ok(Self(last.into_iter().map(count).collect()))
    }

    /// How many rows it knows.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The passages of rows, each row once, in order of receipt: by submission and row.
    pub(crate) fn passages(&self, mut rows: Vec<i64>) -> Arc<[Passage]> {
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter()
            .flat_map(|row_id| {
                let cited = self.0.get(&row_id).copied().unwrap_or(1);
                (0..cited).map(move |nth| Passage { row_id, nth })
            })
            .collect()
    }
}

/// The origins of rows: four statements, however many rows up to the ids that one statement binds.
pub(crate) async fn origins(store: &Store, rows: &[i64]) -> Result<HashMap<i64, Origin>, DbErr> {
    let received = received(store, rows).await?;
    with_events(store, received).await
}

/// What never changes of rows' origins: three statements.
#[expect(
    clippy::disallowed_methods,
    reason = "rows are reached through facts, which are selected by dataset"
)]
pub(crate) async fn received(store: &Store, rows: &[i64]) -> Result<HashMap<i64, Received>, DbErr> {
    let db = store.connection();
    let mut known = HashMap::with_capacity(rows.len());
    for some in portions(rows) {
        let ids = || some.iter().copied();
        let found = received_row::Entity::find()
            .filter(received_row::Column::Id.is_in(ids()))
            .all(db)
            .await?;
        let submissions: BTreeSet<i64> = found.iter().map(|row| row.submission_id).collect();
        let submissions: HashMap<i64, Arc<submission::Model>> = submission::Entity::find()
            .filter(submission::Column::Id.is_in(submissions))
            .all(db)
            .await?
            .into_iter()
            .map(|one| (one.id, Arc::new(one)))
            .collect();
        let mut citations: HashMap<i64, Vec<citation::Model>> = HashMap::new();
        let cited = citation::Entity::find()
            .filter(citation::Column::RowId.is_in(ids()))
            .order_by_asc(citation::Column::RowId)
            .order_by_asc(citation::Column::Ordinal)
            .all(db)
            .await?;
        for one in cited {
            citations.entry(one.row_id).or_default().push(one);
        }
        known.extend(found.into_iter().filter_map(|row| {
            let submission = Arc::clone(submissions.get(&row.submission_id)?);
            let citations = citations.remove(&row.id).unwrap_or_default().into();
            let received = Received {
                row: Arc::new(row),
                submission,
                citations,
            };
            Some((received.row.id, received))
        }));
    }
    Ok(known)
}

/// The same with what has happened to the files: one statement.
pub(crate) async fn with_events(
    store: &Store,
    received: HashMap<i64, Received>,
) -> Result<HashMap<i64, Origin>, DbErr> {
    let submissions: BTreeSet<i64> = received.values().map(|one| one.submission.id).collect();
    let submissions: Vec<i64> = submissions.into_iter().collect();
    let mut events: HashMap<i64, Vec<submission_event::Model>> = HashMap::new();
    for one in super::submission::events(store.connection(), &submissions).await? {
        events.entry(one.submission_id).or_default().push(one);
    }
    let events: HashMap<i64, Arc<[submission_event::Model]>> = events
        .into_iter()
        .map(|(submission, events)| (submission, events.into()))
        .collect();
    let with = |(id, one): (i64, Received)| {
        let origin = Origin {
            events: events.get(&one.submission.id).cloned().unwrap_or_default(),
            row: one.row,
            submission: one.submission,
            citations: one.citations,
        };
        (id, origin)
    };
    Ok(received.into_iter().map(with).collect())
}

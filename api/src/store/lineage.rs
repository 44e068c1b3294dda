//! Lineage: from a row to the file it came in, and to what the reference data cite.

use std::collections::HashMap;
use std::sync::Arc;

use entity::{citation, received_row, submission, submission_event};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Store;

/// Where a row comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The row as received.
    pub row: received_row::Model,
    /// The file.
    pub submission: submission::Model,
    /// What happened to the file, in order.
    pub events: Vec<submission_event::Model>,
    /// Documents and sections, for reference data.
    pub citations: Vec<citation::Model>,
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

/// The origins of rows: four statements, however many rows.
#[expect(
    clippy::disallowed_methods,
    reason = "rows are reached through facts, which are selected by dataset"
)]
pub(crate) async fn origins(store: &Store, rows: &[i64]) -> Result<HashMap<i64, Origin>, DbErr> {
    let db = store.connection();
    let ids = || rows.iter().copied();
    let received = received_row::Entity::find()
        .filter(received_row::Column::Id.is_in(ids()))
        .all(db)
        .await?;
    let submissions = received.iter().map(|row| row.submission_id);
    let submissions: HashMap<i64, submission::Model> = submission::Entity::find()
        .filter(submission::Column::Id.is_in(submissions))
        .all(db)
        .await?
        .into_iter()
        .map(|one| (one.id, one))
        .collect();
    let of_submissions: Vec<i64> = submissions.keys().copied().collect();
    let mut events: HashMap<i64, Vec<submission_event::Model>> = HashMap::new();
    for one in super::submission::events(db, &of_submissions).await? {
        events.entry(one.submission_id).or_default().push(one);
    }
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
    Ok(received
        .into_iter()
        .filter_map(|row| {
            let submission = submissions.get(&row.submission_id)?.clone();
            let citations = citations.remove(&row.id).unwrap_or_default();
            let events = events.get(&submission.id).cloned().unwrap_or_default();
            Some((
                row.id,
                Origin {
                    row,
                    submission,
                    events,
                    citations,
                },
            ))
        })
        .collect())
}

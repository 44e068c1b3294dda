//! Lineage: from a row to the file it came in, and to what the reference data cite.

use std::collections::HashMap;

use entity::{citation, received_row, submission, submission_event};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

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

//! The history of a key: every row received for it, with its file and the versions in which it counted.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::{Kind, counted, dataset_version, received_row, submission, submission_event};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::{Origin, Store, lineage, portions};

/// A row that was sent for a key.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// The row and its file.
    pub(crate) origin: Origin,
    /// When it counted, in order.
    pub(crate) counted: Vec<counted::Model>,
}

/// Every row received for a key, in the order of receipt.
#[expect(
    clippy::disallowed_methods,
    reason = "a history is over all datasets; who asks applies scope and time"
)]
pub(crate) async fn of_key(store: &Store, kind: Kind, key: &str) -> Result<Vec<Sent>, DbErr> {
    let db = store.connection();
    let rows = received_row::Entity::find()
        .filter(received_row::Column::Kind.eq(kind))
        .filter(received_row::Column::NaturalKey.eq(key))
        .order_by_asc(received_row::Column::Id)
        .all(db)
        .await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut origins = lineage::origins(store, &ids).await?;
    let mut intervals: HashMap<i64, Vec<counted::Model>> = HashMap::new();
    for some in portions(&ids) {
        let found = counted::Entity::find()
            .filter(counted::Column::RowId.is_in(some.iter().copied()))
            .order_by_asc(counted::Column::OpenedVersion)
            .all(db)
            .await?;
        for one in found {
            intervals.entry(one.row_id).or_default().push(one);
        }
    }
    let sent = ids.iter().filter_map(|id| {
        Some(Sent {
            origin: origins.remove(id)?,
            counted: intervals.remove(id).unwrap_or_default(),
        })
    });
    Ok(sent.collect())
}

/// What made a version.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// When it was committed.
    pub(crate) at: DateTime<Utc>,
    /// The submission whose event made it.
    pub(crate) submission: submission::Model,
    /// All events of that submission.
    pub(crate) events: Vec<submission_event::Model>,
}

/// What made the versions of intervals: four statements, however many up to the ids that one statement binds.
#[expect(
    clippy::disallowed_methods,
    reason = "versions are what datasets are made of"
)]
pub(crate) async fn made(store: &Store, sent: &[Sent]) -> Result<HashMap<i64, Made>, DbErr> {
    let db = store.connection();
    let intervals = sent.iter().flat_map(|one| &one.counted);
    let versions = intervals.flat_map(|one| [Some(one.opened_version), one.closed_version]);
    let versions: BTreeSet<i64> = versions.flatten().collect();
    let versions: Vec<i64> = versions.into_iter().collect();
    let (mut found, mut events) = (Vec::new(), Vec::new());
    for some in portions(&versions) {
        let of_versions = dataset_version::Entity::find()
            .filter(dataset_version::Column::Version.is_in(some.iter().copied()))
            .all(db)
            .await?;
        let of_events = of_versions.iter().map(|one| one.submission_event_id);
        let of_events = submission_event::Entity::find()
            .filter(submission_event::Column::Id.is_in(of_events))
            .all(db)
            .await?;
        found.extend(of_versions);
        events.extend(of_events);
    }
    let submission_of: HashMap<i64, i64> = events
        .iter()
        .map(|one| (one.id, one.submission_id))
        .collect();
    let ids: BTreeSet<i64> = events.iter().map(|one| one.submission_id).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let mut submissions: HashMap<i64, submission::Model> = HashMap::with_capacity(ids.len());
    for some in portions(&ids) {
        let of_events = submission::Entity::find()
            .filter(submission::Column::Id.is_in(some.iter().copied()))
            .all(db)
            .await?;
        submissions.extend(of_events.into_iter().map(|one| (one.id, one)));
    }
    let mut lives: HashMap<i64, Vec<submission_event::Model>> = HashMap::new();
    for event in super::submission::events(db, &ids).await? {
        lives.entry(event.submission_id).or_default().push(event);
    }
    let made = found.into_iter().filter_map(|one| {
        let id = submission_of.get(&one.submission_event_id)?;
        let made = Made {
            at: one.committed_at.utc(),
            submission: submissions.get(id)?.clone(),
            events: lives.get(id).cloned().unwrap_or_default(),
        };
        Some((one.version, made))
    });
    Ok(made.collect())
}

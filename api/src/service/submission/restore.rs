//! What counts again when a submission is withdrawn: of each of its keys, the row that was accepted last of the others.

use std::collections::{HashMap, HashSet};

use entity::{Kind, RowAction, SubmissionEvent, counted, received_row, submission};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::open_intervals::open_intervals;
use super::version::IntervalChange;
use crate::store::{Writer, among};

/// A row of an accepted submission that has not been withdrawn.
struct Accepted {
    row_id: i64,
    submission_id: i64,
    action: RowAction,
}

/// Which intervals end and which rows count again when an accepted submission is withdrawn.
pub(super) async fn what_it_replaced(
    writer: &Writer,
    model: &submission::Model,
) -> Result<IntervalChange, DbErr> {
    if model.kind == Kind::ActivityPlan {
        return whole_version(writer, model).await;
    }
    let mut change = IntervalChange::default();
    let open = intervals_of(writer, model).await?;
    for (key, rows) in accepted_rows(writer, model).await? {
        // In the order of acceptance; the last of them is what counts for the key, or what took it away.
        let was_last = rows.last().is_some_and(|row| row.submission_id == model.id);
        let before = rows.iter().rev().find(|row| row.submission_id != model.id);
        let own = |row_id: i64| {
            (model.first_row_id..model.first_row_id + model.row_count).contains(&row_id)
        };
        let counts_again = match open.get(&key) {
            Some((interval, row_id)) if own(*row_id) => {
                change.closing.push(*interval);
                true
            }
            // Another's row counts, of equal content or of a later acceptance.
            Some(_) => false,
            // It was removed: by this submission, or by a later one.
            None => was_last,
        };
        let before = before.filter(|row| counts_again && row.action == RowAction::Set);
        change.opening.extend(before.map(|row| (row.row_id, key)));
    }
    Ok(change)
}

/// A version of a plan is one file: what counts again is the file of the version that was accepted last of the others, as
/// a whole, with what this one had left out and without what it had added.
#[expect(
    clippy::disallowed_methods,
    reason = "under the write lock what was accepted is the present dataset"
)]
async fn whole_version(
    writer: &Writer,
    model: &submission::Model,
) -> Result<IntervalChange, DbErr> {
    let db = writer.transaction();
    let of_version = || {
        submission::Entity::find()
            .filter(submission::Column::Kind.eq(model.kind))
            .filter(submission::Column::Assignment.eq(model.assignment.clone()))
            .filter(submission::Column::PlanVersion.eq(model.plan_version))
    };
    let ids: Vec<i64> = of_version()
        .select_only()
        .column(submission::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut accepted: HashMap<i64, i64> = HashMap::new();
    for one in crate::store::submission::events(db, &ids).await? {
        match one.event {
            SubmissionEvent::Accepted => accepted.insert(one.submission_id, one.id),
            SubmissionEvent::Withdrawn => accepted.remove(&one.submission_id),
            _ => None,
        };
    }
    accepted.remove(&model.id);
    let last = accepted.into_iter().max_by_key(|(_, event)| *event);
    let mut wanted: HashMap<String, (i64, String)> = HashMap::new();
    if let Some((last, _)) = last {
        let rows = received_row::Entity::find()
            .filter(received_row::Column::SubmissionId.eq(last))
            .filter(received_row::Column::Action.eq(RowAction::Set))
            .all(db)
            .await?;
        let row = |row: received_row::Model| (row.natural_key, (row.id, row.content_sha256));
        wanted.extend(rows.into_iter().map(row));
    }
    let mut change = IntervalChange::default();
    let own = |row: i64| (model.first_row_id..model.first_row_id + model.row_count).contains(&row);
    let of_version = || {
        Query::select()
            .column(received_row::Column::Id)
            .from(received_row::Entity)
            .and_where(among(received_row::Column::SubmissionId, &ids))
            .to_owned()
    };
    let open = counted::Entity::find()
        .filter(counted::Column::ClosedVersion.is_null())
        .filter(counted::Column::RowId.in_subquery(of_version()))
        .all(db)
        .await?;
    let contents: HashMap<i64, String> = received_row::Entity::find()
        .filter(among(received_row::Column::SubmissionId, &ids))
        .select_only()
        .columns([
            received_row::Column::Id,
            received_row::Column::ContentSha256,
        ])
        .into_tuple::<(i64, String)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    for interval in open {
        let stays = wanted
            .get(&interval.natural_key)
            .is_some_and(|(_, content)| {
                !own(interval.row_id) && contents.get(&interval.row_id) == Some(content)
            });
        if stays {
            wanted.remove(&interval.natural_key);
        } else {
            change.closing.push(interval.id);
        }
    }
    let mut opening: Vec<(i64, String)> = wanted
        .into_iter()
        .map(|(key, (row_id, _))| (row_id, key))
        .collect();
    opening.sort();
    change.opening = opening;
    Ok(change)
}

/// The open interval and row of each key of a submission.
async fn intervals_of(
    writer: &Writer,
    model: &submission::Model,
) -> Result<HashMap<String, (i64, i64)>, DbErr> {
    let these = counted::Column::NaturalKey.in_subquery(keys_of(model));
    let open = open_intervals(writer, model.kind, Condition::all().add(these)).await?;
    Ok(open
        .into_iter()
        .map(|(id, key, row_id)| (key, (id, row_id)))
        .collect())
}

/// The rows of each key of a submission in all submissions that are accepted and not withdrawn, in the order of their
/// acceptance.
#[expect(
    clippy::disallowed_methods,
    reason = "under the write lock what was accepted is the present dataset"
)]
async fn accepted_rows(
    writer: &Writer,
    model: &submission::Model,
) -> Result<Vec<(String, Vec<Accepted>)>, DbErr> {
    let db = writer.transaction();
    let rows: Vec<(i64, i64, String, RowAction)> = received_row::Entity::find()
        .filter(received_row::Column::Kind.eq(model.kind))
        .filter(received_row::Column::NaturalKey.in_subquery(keys_of(model)))
        .order_by_asc(received_row::Column::Id)
        .select_only()
        .columns([
            received_row::Column::Id,
            received_row::Column::SubmissionId,
            received_row::Column::NaturalKey,
            received_row::Column::Action,
        ])
        .into_tuple()
        .all(db)
        .await?;
    let submissions: HashSet<i64> = rows.iter().map(|(_, submission, ..)| *submission).collect();
    let mut events: HashMap<i64, Vec<(i64, SubmissionEvent)>> = HashMap::new();
    let ids: Vec<i64> = submissions.into_iter().collect();
    for one in crate::store::submission::events(db, &ids).await? {
        let of = events.entry(one.submission_id).or_default();
        of.push((one.id, one.event));
    }
    let accepted_at = |submission: &i64| {
        let events = events.get(submission)?;
        let withdrawn = events
            .iter()
            .any(|(_, event)| *event == SubmissionEvent::Withdrawn);
        let accepted = events
            .iter()
            .find(|(_, event)| *event == SubmissionEvent::Accepted);
        accepted.filter(|_| !withdrawn).map(|(id, _)| *id)
    };
    let mut by_key: HashMap<String, Vec<(i64, Accepted)>> = HashMap::new();
    for (row_id, submission_id, key, action) in rows {
        if let Some(accepted) = accepted_at(&submission_id) {
            let row = Accepted {
                row_id,
                submission_id,
                action,
            };
            by_key.entry(key).or_default().push((accepted, row));
        }
    }
    let mut keys: Vec<_> = by_key.into_iter().collect();
    keys.sort_by(|(one, _), (other, _)| one.cmp(other));
    let ordered = keys.into_iter().map(|(key, mut rows)| {
        rows.sort_by_key(|(accepted, _)| *accepted);
        (key, rows.into_iter().map(|(_, row)| row).collect())
    });
    Ok(ordered.collect())
}

/// The keys of a submission's rows.
fn keys_of(model: &submission::Model) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(received_row::Column::NaturalKey)
        .from(received_row::Entity)
        .and_where(received_row::Column::SubmissionId.eq(model.id))
        .to_owned()
}

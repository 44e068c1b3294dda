//! Compares the rows of a file with what counts now: new, correction, unchanged, removal.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entity::{
    Kind, RowAction, SubmissionEvent, Verdict, counted, normal_form, received_row, submission,
    submission_event,
};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::delivery::{Actor, Delivery};
use super::open_intervals::open_intervals;
use crate::intake::{Findings, Row, Rule};
use crate::kept::Share;
use crate::store::{Dataset, Writer, among, facts, portions};

/// What becomes of each row, in the order of the rows; after them removals of what a whole version leaves out.
pub(super) struct Comparison(pub(super) Vec<Change>);

/// What a row does to what counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// No earlier row of its key.
    New,
    /// Takes the place of the interval with this id; of none where what it corrects waits itself.
    Corrects(Option<i64>),
    /// Takes the interval with this id away; none where what it removes waits itself.
    Removes(Option<i64>),
    /// Says what counts already.
    Unchanged,
}

impl Comparison {
    /// New, corrected, unchanged.
    pub(super) fn counts(&self) -> [i64; 3] {
        let mut counts = [0; 3];
        for change in &self.0 {
            match change {
                Change::New => counts[0] += 1,
                Change::Corrects(_) | Change::Removes(_) => counts[1] += 1,
                Change::Unchanged => counts[2] += 1,
            }
        }
        counts
    }

    /// Whether what counts becomes something else.
    pub(super) fn changes_anything(&self) -> bool {
        self.0.iter().any(|change| *change != Change::Unchanged)
    }
}

/// The latest effective submission of the file's assignment, kind and sender, where it is this very file.
///
/// The reference data are several files of a kind: of them, each content is taken once.
#[expect(
    clippy::disallowed_methods,
    reason = "submissions are no facts of a dataset"
)]
pub(super) async fn latest_alike(
    writer: &Writer,
    delivery: &Delivery,
    sha256: &str,
) -> Result<Option<i64>, DbErr> {
    let mut effective = submission::Entity::find()
        .filter(submission::Column::Kind.eq(delivery.kind))
        .filter(submission::Column::OrganisationCode.eq(delivery.organisation.as_str()))
        .filter(submission::Column::Verdict.is_in([Verdict::Accepted, Verdict::Received]))
        .filter(submission::Column::Id.not_in_subquery(ended()));
    effective = match &delivery.assignment {
        Some(assignment) => {
            effective.filter(submission::Column::Assignment.eq(assignment.as_str()))
        }
        None => effective.filter(submission::Column::Assignment.is_null()),
    };
    // The same rows may be another version of a plan, or one decided on another day.
    if let Some(version) = delivery.plan_version {
        effective = effective.filter(submission::Column::PlanVersion.eq(version));
    }
    if let Some(decided_on) = delivery.decided_on {
        effective = effective.filter(submission::Column::DecidedOn.eq(decided_on));
    }
    if delivery.actor == Actor::Reference {
        effective = effective.filter(submission::Column::Sha256.eq(sha256));
    }
    let latest = effective
        .order_by_desc(submission::Column::Id)
        .one(writer.transaction())
        .await?;
    let alike = latest.filter(|latest| latest.sha256 == sha256);
    Ok(alike.map(|latest| latest.id))
}

/// Submissions that were returned or withdrawn: they have no effect any more.
fn ended() -> SelectStatement {
    let ending = [SubmissionEvent::Returned, SubmissionEvent::Withdrawn];
    Query::select()
        .column(submission_event::Column::SubmissionId)
        .from(submission_event::Entity)
        .and_where(submission_event::Column::Event.is_in(ending))
        .to_owned()
}

/// Compares each row with what counts in a dataset for its key; a removal of nothing is noted.
pub(super) async fn with_counting<F>(
    writer: &Writer,
    dataset: &Dataset,
    delivery: &Delivery,
    rows: &[Row<F>],
    findings: &mut Findings,
) -> Result<Comparison, DbErr> {
    let kind = delivery.kind;
    let keys: Vec<&str> = rows.iter().map(|row| row.head.key.as_str()).collect();
    let mut counting = counting(writer, kind, &keys).await?;
    kept_in_another_form(writer, kind, &keys, &mut counting).await?;
    if !dataset.waiting.is_empty() {
        stand_waiting_before(writer, dataset, kind, &keys, &mut counting).await?;
    }
    let mut changes = Vec::with_capacity(rows.len());
    for row in rows {
        let change = match (counting.get(&row.head.key), row.head.action) {
            (None, RowAction::Set) => Change::New,
            (Some((_, sha256)), RowAction::Set) if row.head.content_sha256 == **sha256 => {
                Change::Unchanged
            }
            (Some((id, _)), RowAction::Set) => Change::Corrects(*id),
            (Some((id, _)), RowAction::Remove) => Change::Removes(*id),
            (None, RowAction::Remove) => {
                findings.missing_to_remove(row.head.number, &row.head.key, Rule::UnknownCode);
                Change::Unchanged
            }
        };
        changes.push(change);
    }
    if let Some(prefix) = delivery.replaces_whole() {
        let sent: HashSet<&str> = rows.iter().map(|row| row.head.key.as_str()).collect();
        changes.extend(left_out(writer, dataset, kind, &prefix, &sent).await?);
    }
    Ok(Comparison(changes))
}

/// What counts for a key: its open interval, where it has one, and its content.
type Counting = HashMap<String, (Option<i64>, String)>;

/// Removals of what counts in a dataset under a beginning of keys and is not among the rows sent.
#[expect(
    clippy::disallowed_methods,
    reason = "the rows are those that count in the dataset, and their intervals the open ones"
)]
async fn left_out(
    writer: &Writer,
    dataset: &Dataset,
    kind: Kind,
    prefix: &str,
    sent: &HashSet<&str>,
) -> Result<Vec<Change>, DbErr> {
    let counting: Vec<(i64, String)> = received_row::Entity::find()
        .filter(received_row::Column::Id.in_subquery(facts::counted_rows(kind, dataset)))
        .order_by_asc(received_row::Column::Id)
        .select_only()
        .columns([received_row::Column::Id, received_row::Column::NaturalKey])
        .into_tuple()
        .all(writer.transaction())
        .await?;
    let left: Vec<i64> = counting
        .into_iter()
        .filter(|(_, key)| key.starts_with(prefix) && !sent.contains(key.as_str()))
        .map(|(row_id, _)| row_id)
        .collect();
    let mut open: HashMap<i64, i64> = HashMap::with_capacity(left.len());
    for some in portions(&left) {
        let found: Vec<(i64, i64)> = counted::Entity::find()
            .filter(counted::Column::RowId.is_in(some.iter().copied()))
            .filter(counted::Column::ClosedVersion.is_null())
            .select_only()
            .columns([counted::Column::RowId, counted::Column::Id])
            .into_tuple()
            .all(writer.transaction())
            .await?;
        open.extend(found);
    }
    let removes = |row_id: i64| Change::Removes(open.get(&row_id).copied());
    Ok(left.into_iter().map(removes).collect())
}

/// The open interval and content of each key that counts.
#[expect(
    clippy::disallowed_methods,
    reason = "under the write lock the open intervals are the present dataset"
)]
async fn counting(writer: &Writer, kind: Kind, keys: &[&str]) -> Result<Counting, DbErr> {
    let mut found = HashMap::with_capacity(keys.len());
    for some in portions(keys) {
        let these = counted::Column::NaturalKey.is_in(some.iter().copied());
        let open = open_intervals(writer, kind, Condition::all().add(these)).await?;
        let ids: Vec<i64> = open.iter().map(|(_, _, row_id)| *row_id).collect();
        let contents: HashMap<i64, String> = received_row::Entity::find()
            .filter(received_row::Column::Id.is_in(ids))
            .select_only()
            .columns([
                received_row::Column::Id,
                received_row::Column::ContentSha256,
            ])
            .into_tuple::<(i64, String)>()
            .all(writer.transaction())
            .await?
            .into_iter()
            .collect();
        for (id, key, row_id) in open {
            let content = contents.get(&row_id).cloned().unwrap_or_default();
            found.insert(key, (Some(id), content));
        }
    }
    Ok(found)
}

/// Adds what counts for a key that was kept before keys had one form, such as one with a dash in the place of a hyphen: a
/// row of the same reference corrects it, or takes it away, and does not count beside it.
#[expect(
    clippy::disallowed_methods,
    reason = "under the write lock the open intervals are the present dataset"
)]
async fn kept_in_another_form(
    writer: &Writer,
    kind: Kind,
    keys: &[&str],
    counting: &mut Counting,
) -> Result<(), DbErr> {
    // The kinds whose keys hold what a sender made up.
    if !matches!(
        kind,
        Kind::Payments | Kind::Repayments | Kind::RepaymentClaims | Kind::SupportEvents
    ) {
        return Ok(());
    }
    let wanted: HashSet<&str> = keys
        .iter()
        .copied()
        .filter(|key| !counting.contains_key(*key))
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let others = keys_in_another_form(writer, kind).await?;
    let others = others
        .iter()
        .filter(|(normal, _)| wanted.contains(&**normal));
    let kept: Vec<&str> = others.map(|(_, kept)| kept.as_str()).collect();
    for some in portions(&kept) {
        let these = counted::Column::NaturalKey.is_in(some.iter().copied());
        for (id, key, row_id) in open_intervals(writer, kind, Condition::all().add(these)).await? {
            let row = received_row::Entity::find_by_id(row_id)
                .one(writer.transaction())
                .await?;
            let content = row.map(|row| row.content_sha256).unwrap_or_default();
            counting.insert(key_in_normal_form(&key), (Some(id), content));
        }
    }
    Ok(())
}

/// Keys of a kind that have ever counted in another form than keys have now, each with the form that it would have. There
/// come no more of them: they are looked for once.
#[expect(
    clippy::disallowed_methods,
    reason = "keys that count no longer may count again, when what corrected them is withdrawn"
)]
async fn keys_in_another_form(
    writer: &Writer,
    kind: Kind,
) -> Result<Arc<[(String, String)]>, DbErr> {
    let (kept, name) = (writer.store().kept(), "keys in another form");
    if let Some(found) = kept.get(Share::Bases, name, kind).await {
        return Ok(found);
    }
    let keys: Vec<String> = counted::Entity::find()
        .filter(counted::Column::Kind.eq(kind))
        .select_only()
        .column(counted::Column::NaturalKey)
        .distinct()
        .into_tuple()
        .all(writer.transaction())
        .await?;
    let with_form = |key: String| {
        let normal = key_in_normal_form(&key);
        (normal != key).then_some((normal, key))
    };
    let found: Arc<[(String, String)]> = keys.into_iter().filter_map(with_form).collect();
    kept.insert(Share::Bases, name, kind, Arc::clone(&found))
        .await;
    Ok(found)
}

/// A natural key as it is made now, each part in its normal form.
fn key_in_normal_form(key: &str) -> String {
    let parts: Vec<_> = key.split('|').map(normal_form).collect();
    parts.join("|")
}

/// Puts the rows that wait before what counts, in order of receipt.
#[expect(
    clippy::disallowed_methods,
    reason = "rows are reached through the submissions that wait in the dataset"
)]
async fn stand_waiting_before(
    writer: &Writer,
    dataset: &Dataset,
    kind: Kind,
    keys: &[&str],
    counting: &mut Counting,
) -> Result<(), DbErr> {
    for some in portions(keys) {
        let waiting = received_row::Entity::find()
            .filter(received_row::Column::Kind.eq(kind))
            .filter(among(received_row::Column::SubmissionId, &dataset.waiting))
            .filter(received_row::Column::NaturalKey.is_in(some.iter().copied()))
            .order_by_asc(received_row::Column::Id)
            .all(writer.transaction())
            .await?;
        for row in waiting {
            match row.action {
                RowAction::Set => {
                    counting.insert(row.natural_key, (None, row.content_sha256));
                }
                RowAction::Remove => {
                    counting.remove(&row.natural_key);
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::key_in_normal_form;

    #[test]
    fn a_key_of_before_is_found_by_the_key_of_now() {
        for (kept, now) in [
            ("KOM-2017|BET–17", "KOM-2017|BET-17"),
            ("KOM-2017|BET\u{a0}17", "KOM-2017|BET 17"),
            ("KOM-2017|O\u{308}", "KOM-2017|Ö"),
            ("KOM-2017|BET-17", "KOM-2017|BET-17"),
            ("A||1", "A||1"),
        ] {
            assert_eq!(key_in_normal_form(kept), now);
        }
    }
}

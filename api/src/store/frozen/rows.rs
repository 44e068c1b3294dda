//! Reading the rows of a sealed table: one statement a table, portion by portion, in the order of its key.

use std::sync::Arc;

use entity::{IndicatorCode, Kind, Moment, RecipientCode, SubmissionEvent};
use futures::TryStreamExt;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement, StreamTrait,
    Value,
};

use super::super::Withheld;
use super::tables::{Form, Frozen, FrozenColumn, LeftOut, Rows};
use crate::clock::civil_date;
use crate::policy::places::tells_places;

/// Rows handed on at a time.
const PORTION: usize = 20_000;

/// The version that is sealed, and its instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    /// The version.
    pub(crate) version: i64,
    /// Its instant: what came later is not in it.
    pub(crate) as_of: Moment,
    /// What is withheld of it, by its own registers and by those that count when it is sealed.
    pub(crate) withheld: Arc<Withheld>,
}

/// Hands on the rows of a table, in the order of its key.
pub(crate) async fn each_portion<E: From<DbErr>>(
    db: &DatabaseTransaction,
    frozen: &Frozen,
    point: &Point,
    mut take: impl FnMut(Vec<Vec<Value>>) -> Result<(), E>,
) -> Result<(), E> {
    let names = frozen.columns.iter().map(|one| match one.left_out {
        LeftOut::DraftNote => decided_note(point),
        LeftOut::Unaccepted => sealed_event(one.name, point),
        _ => quoted(one.name),
    });
    let names: Vec<String> = names.collect();
    let backend = ConnectionTrait::get_database_backend(db);
    let order: Vec<String> = frozen
        .key
        .iter()
        .map(|name| by_bytes(frozen, name, backend))
        .collect();
    let sql = format!(
        "SELECT {} FROM \"{}\" WHERE {} ORDER BY {}",
        names.join(", "),
        frozen.table,
        condition(frozen.rows, point),
        order.join(", ")
    );
    let statement = Statement::from_string(backend, sql);
    let mut found = db.stream_raw(statement).await?;
    let mut portion = Vec::new();
    while let Some(row) = found.try_next().await? {
        portion.push(values(&row, frozen, point)?);
        if portion.len() == PORTION {
            take(std::mem::take(&mut portion))?;
        }
    }
    take(portion)
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// A column to order by: texts by their bytes, whatever the database's own order is, so that the same rows are one file.
fn by_bytes(frozen: &Frozen, name: &str, backend: DbBackend) -> String {
    let mut columns = frozen.columns.iter();
    let is_text = columns.any(|one| one.name == name && one.form == Form::Text);
    match backend {
        DbBackend::Postgres if is_text => format!("{} COLLATE \"C\"", quoted(name)),
        _ => quoted(name),
    }
}

/// Which rows of a table had come by then. Numbers and words of our own alone are written into it.
fn condition(rows: Rows, point: &Point) -> String {
    let at = point.as_of.micros();
    let accepted = format!(
        "(SELECT submission_id FROM submission_event WHERE event = '{}' AND at <= {at})",
        SubmissionEvent::Accepted.code()
    );
    let received = format!("(SELECT id FROM received_row WHERE submission_id IN {accepted})");
    match rows {
        Rows::Submissions(column) => format!("{column} IN {accepted}"),
        Rows::Events => format!("submission_id IN {accepted} AND at <= {at}"),
        Rows::Received(column) => format!("{column} IN {received}"),
        Rows::OpenTexts => format!(
            "(id IN (SELECT text_id FROM narrative WHERE row_id IN {received}) \
             OR id IN (SELECT {} FROM activity_plan WHERE row_id IN {received}))",
            decided_note(point)
        ),
        Rows::Versions(column) => format!("{column} <= {}", point.version),
        Rows::PersonTables => format!("at <= {at}"),
        Rows::PersonPatterns => {
            format!("release_id IN (SELECT id FROM person_table_release WHERE at <= {at})")
        }
    }
}

/// The event of a version: itself where it is sealed, else the last one before it that is; the first one of all where there
/// is none before.
fn sealed_event(column: &str, point: &Point) -> String {
    let sealed = condition(Rows::Events, point);
    let own = quoted(column);
    format!(
        "COALESCE( \
         (SELECT id FROM submission_event WHERE id <= {own} AND {sealed} ORDER BY id DESC LIMIT 1), \
         (SELECT MIN(id) FROM submission_event WHERE {sealed}))"
    )
}

/// The number of what a row of a plan says of the change: of versions of which every row that counts was decided by the
/// day of the release.
fn decided_note(point: &Point) -> String {
    let (version, day) = (point.version, civil_date(point.as_of.utc()));
    format!(
        "CASE WHEN decided_on <= '{day}' AND (assignment, plan_version) NOT IN ( \
         SELECT undecided.assignment, undecided.plan_version FROM activity_plan AS undecided \
         JOIN counted ON counted.row_id = undecided.row_id AND counted.opened_version <= {version} \
         AND (counted.closed_version IS NULL OR counted.closed_version > {version}) \
         WHERE undecided.decided_on IS NULL OR undecided.decided_on > '{day}') \
         THEN change_note_id END"
    )
}

/// Whether what a row says is withheld: where the recipient is that it is a period of, the counts of the indicator that it
/// defines, or the sum of what it says of places.
fn is_withheld(row: &QueryResult, frozen: &Frozen, withheld: &Withheld) -> Result<bool, DbErr> {
    let code = |name: &str| row.try_get::<String>("", name);
    Ok(match frozen.table.as_str() {
        "recipient" => {
            let code = RecipientCode::parse(&code("code")?);
            code.ok().is_none_or(|code| withheld.holds_place(&code))
        }
        "indicator_definition" => {
            let code = IndicatorCode::parse(&code("indicator")?);
            code.ok().is_none_or(|code| withheld.holds_counts(&code))
        }
        "received_row" => Kind::of(&code("kind")?).is_none_or(tells_places),
        _ => false,
    })
}

fn values(row: &QueryResult, frozen: &Frozen, point: &Point) -> Result<Vec<Value>, DbErr> {
    let is_withheld = is_withheld(row, frozen, &point.withheld)?;
    let value = |(at, column): (usize, &FrozenColumn)| {
        let whole = || row.try_get_by_index::<Option<i64>>(at);
        Ok(match (column.left_out, column.form) {
            (LeftOut::FreeText, _) => Value::BigInt(None),
            (LeftOut::Actor | LeftOut::FileName, _) => Value::from(String::new()),
            (LeftOut::Later, _) => {
                Value::BigInt(whole()?.filter(|version| *version <= point.version))
            }
            (LeftOut::ProtectedPlace, _) if is_withheld => Value::String(None),
            (LeftOut::PlaceSum, _) if is_withheld => Value::from(String::new()),
            (LeftOut::Protection, _) if is_withheld => Value::Bool(Some(true)),
            (_, Form::Whole | Form::Money | Form::Instant) => Value::BigInt(whole()?),
            (_, Form::Text) => Value::String(row.try_get_by_index(at)?),
            (_, Form::Bytes) => Value::Bytes(row.try_get_by_index(at)?),
            (_, Form::Flag) => Value::Bool(row.try_get_by_index(at)?),
            (_, Form::Day) => Value::ChronoDate(row.try_get_by_index(at)?),
        })
    };
    frozen.columns.iter().enumerate().map(value).collect()
}

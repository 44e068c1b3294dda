//! Where a text or a file stands: every row and every kept file.

use std::collections::{BTreeMap, BTreeSet};

use entity::{file_content, free_text, received_row, redaction, submission, submission_event};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

use super::{Error, FilePlace, Removal, Target, TextPlace};
use crate::intake::{Limits, holds_text};
use crate::store::{TEXTS, Writer, portions};

#[derive(FromQueryResult)]
struct Held {
    row_id: i64,
    text: i64,
}

/// Rows of a table whose column holds certain texts, or the text of one row.
async fn held(writer: &Writer, table: &str, column: &str, of: &str) -> Result<Vec<Held>, DbErr> {
    let sql = format!(
        "SELECT row_id, {column}_id AS text FROM {table} WHERE {column}_id IS NOT NULL AND {of} ORDER BY row_id"
    );
    let db = writer.transaction();
    let statement = Statement::from_string(db.get_database_backend(), sql);
    Held::find_by_statement(statement).all(db).await
}

/// What goes with a file: its bytes.
#[expect(clippy::disallowed_methods, reason = "files are no facts of a dataset")]
pub(super) async fn file(writer: &Writer, sha256: &str) -> Result<Removal, Error> {
    let db = writer.transaction();
    let known = file_content::Entity::find_by_id(sha256.to_owned())
        .select_only()
        .column(file_content::Column::RedactedAt)
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    match known {
        None => return Err(Error::NotFound(format!("kept file {sha256}"))),
        Some(Some(_)) => return Err(already(writer, "file_content", sha256).await?),
        Some(None) => {}
    }
    let submissions = submissions_of(writer, sha256).await?;
    let mut texts_left = 0;
    for (_, table, column) in TEXTS {
        for one in &submissions {
            let rows = format!(
                "row_id BETWEEN {} AND {} AND {column}_id IN (SELECT id FROM free_text WHERE body IS NOT NULL)",
                one.first_row_id,
                one.first_row_id + one.row_count - 1
            );
            texts_left += held(writer, table, column, &rows).await?.len() as u64;
        }
    }
    Ok(Removal {
        texts: Vec::new(),
        files: vec![FilePlace {
            sha256: sha256.to_owned(),
            submissions: submissions.into_iter().map(|one| one.id).collect(),
        }],
        texts_left,
        releases: Vec::new(),
    })
}

/// What goes with a text: every row and reason that holds it, and every kept file in which it stands.
#[expect(clippy::disallowed_methods, reason = "texts are no facts of a dataset")]
pub(super) async fn text(
    writer: &Writer,
    target: &Target,
    limits: Limits,
) -> Result<Removal, Error> {
    let db = writer.transaction();
    let id = id_of(writer, target).await?;
    let Some(text) = free_text::Entity::find_by_id(id).one(db).await? else {
        return Err(Error::NotFound(format!("free text {id}")));
    };
    let Some(body) = text.body else {
        return Err(already(writer, "free_text", &id.to_string()).await?);
    };
    let same: Vec<i64> = free_text::Entity::find()
        .filter(free_text::Column::Sha256.eq(text.sha256))
        .filter(free_text::Column::Body.is_not_null())
        .order_by_asc(free_text::Column::Id)
        .select_only()
        .column(free_text::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(Removal {
        texts: places(writer, &same).await?,
        files: files_with(writer, &body, limits).await?,
        texts_left: 0,
        releases: Vec::new(),
    })
}

/// The id of the text that is meant.
#[expect(
    clippy::disallowed_methods,
    reason = "rows and events are reached through their submission"
)]
async fn id_of(writer: &Writer, target: &Target) -> Result<i64, Error> {
    let db = writer.transaction();
    let (found, what) = match target {
        Target::Text {
            submission,
            row,
            column,
        } => {
            let what =
                format!("text in the column {column} of row {row} of submission {submission}");
            let received = received_row::Entity::find()
                .filter(received_row::Column::SubmissionId.eq(*submission))
                .filter(received_row::Column::RowNumber.eq(*row))
                .one(db)
                .await?;
            let Some(received) = received else {
                return Err(Error::NotFound(what));
            };
            let place = TEXTS
                .iter()
                .find(|(kind, _, known)| *kind == received.kind && known == column);
            let Some((_, table, column)) = place else {
                return Err(Error::NotFound(what));
            };
            let row = format!("row_id = {}", received.id);
            let held = held(writer, table, column, &row).await?;
            (held.first().map(|held| held.text), what)
        }
        Target::Reason { submission, event } => {
            let what = format!("reason in the event {event} of submission {submission}");
            let found = submission_event::Entity::find()
                .filter(submission_event::Column::SubmissionId.eq(*submission))
                .order_by_asc(submission_event::Column::Id)
                .offset(event.saturating_sub(1))
                .one(db)
                .await?;
            (found.and_then(|event| event.reason_id), what)
        }
        Target::File(sha256) => (None, format!("text in the file {sha256}")),
    };
    found.ok_or(Error::NotFound(what))
}

/// Where texts stand: rows of every kind, and reasons of events.
#[expect(
    clippy::disallowed_methods,
    reason = "every place of a text is looked for, whatever dataset it counts in"
)]
async fn places(writer: &Writer, texts: &[i64]) -> Result<Vec<TextPlace>, Error> {
    let db = writer.transaction();
    let mut places = Vec::new();
    for some in portions(texts) {
        let ids: Vec<String> = some.iter().map(ToString::to_string).collect();
        let ids = ids.join(", ");
        for (_, table, column) in TEXTS {
            let held = held(writer, table, column, &format!("{column}_id IN ({ids})")).await?;
            let row_ids: Vec<i64> = held.iter().map(|held| held.row_id).collect();
            let mut rows: BTreeMap<i64, received_row::Model> = BTreeMap::new();
            for some in portions(&row_ids) {
                let found = received_row::Entity::find()
                    .filter(received_row::Column::Id.is_in(some.iter().copied()))
                    .all(db)
                    .await?;
                rows.extend(found.into_iter().map(|row| (row.id, row)));
            }
            places.extend(held.iter().filter_map(|held| {
                let row = rows.get(&held.row_id)?;
                Some(TextPlace {
                    text: held.text,
                    submission: row.submission_id,
                    row: Some(row.row_number),
                    column: (*column).to_owned(),
                })
            }));
        }
        let events = submission_event::Entity::find()
            .filter(submission_event::Column::ReasonId.is_in(some.iter().copied()))
            .all(db)
            .await?;
        places.extend(events.into_iter().filter_map(|event| {
            Some(TextPlace {
                text: event.reason_id?,
                submission: event.submission_id,
                row: None,
                column: "reason".to_owned(),
            })
        }));
    }
    places.sort();
    Ok(places)
}

/// The kept files in which a text stands, one after the other: a removal is rare, and nothing may be passed over.
#[expect(clippy::disallowed_methods, reason = "files are no facts of a dataset")]
async fn files_with(writer: &Writer, text: &str, limits: Limits) -> Result<Vec<FilePlace>, Error> {
    let db = writer.transaction();
    let kept: Vec<String> = file_content::Entity::find()
        .filter(file_content::Column::Bytes.is_not_null())
        .order_by_asc(file_content::Column::Sha256)
        .select_only()
        .column(file_content::Column::Sha256)
        .into_tuple()
        .all(db)
        .await?;
    let mut files = Vec::new();
    for sha256 in kept {
        let content = file_content::Entity::find_by_id(sha256.clone())
            .one(db)
            .await?;
        let Some(bytes) = content.and_then(|content| content.bytes) else {
            continue;
        };
        let submissions = submissions_of(writer, &sha256).await?;
        // The name says how a file is read, and the same bytes may have come under several.
        let mut names: BTreeSet<String> = submissions
            .iter()
            .map(|one| one.file_name.clone())
            .collect();
        if names.is_empty() {
            names.insert(String::new());
        }
        let text = text.to_owned();
        let holds = tokio::task::spawn_blocking(move || {
            let holds = |name: &String| holds_text(name, &bytes, &text, limits);
            names.iter().any(holds)
        });
        // A search that ended in a panic has read nothing: the file is taken to hold the text.
        if holds.await.unwrap_or(true) {
            let submissions = submissions.into_iter().map(|one| one.id).collect();
            files.push(FilePlace {
                sha256,
                submissions,
            });
        }
    }
    Ok(files)
}

#[expect(
    clippy::disallowed_methods,
    reason = "submissions are no facts of a dataset"
)]
async fn submissions_of(writer: &Writer, sha256: &str) -> Result<Vec<submission::Model>, DbErr> {
    submission::Entity::find()
        .filter(submission::Column::Sha256.eq(sha256))
        .filter(submission::Column::RowCount.gt(0))
        .order_by_asc(submission::Column::Id)
        .all(writer.transaction())
        .await
}

#[expect(
    clippy::disallowed_methods,
    reason = "tombstones are no facts of a dataset"
)]
async fn already(writer: &Writer, target: &str, key: &str) -> Result<Error, DbErr> {
    let tombstone = redaction::Entity::find()
        .filter(redaction::Column::Target.eq(target))
        .filter(redaction::Column::TargetKey.eq(key))
        .one(writer.transaction())
        .await?;
    Ok(match tombstone {
        Some(tombstone) => Error::Already(tombstone.decision),
        None => Error::NotFound(format!("content of {target} {key}")),
    })
}

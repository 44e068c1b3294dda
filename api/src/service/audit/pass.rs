//! One pass over the rows of a table, held against what the audit chain promises of them.

use std::collections::BTreeMap;

use futures::StreamExt;
use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryOrder,
    RuntimeErr, Value,
};
use sha2::{Digest, Sha256};

use super::fault::Faults;
use super::promises::{Promise, Promises};
use super::verify::Verification;
use crate::intake::hex;
use crate::store::evidence::{Key, Row, Run, Shape};

/// Holds a table against what the chain promises of it, in one pass.
#[expect(
    clippy::disallowed_methods,
    reason = "every row is verified, whatever dataset it counts in"
)]
pub(super) async fn table<E>(
    snapshot: &DatabaseTransaction,
    promises: &mut Promises,
    found: &mut Verification,
) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let shape = Shape::<E>::new();
    let mut rows = E::find();
    for column in &shape.order {
        rows = rows.order_by_asc(*column);
    }
    let mut pass = Pass {
        table: &shape.table,
        promises: promises.rows.remove(&shape.table).unwrap_or_default(),
        redacted: &mut promises.redacted,
        open: None,
        found,
    };
    let mut rows = rows.stream(snapshot).await?;
    while let Some(model) = rows.next().await {
        if let Some(model) = readable(model, &shape.table, &mut pass.found.faults)? {
            let values = shape.values(model.into_active_model())?;
            pass.row(shape.row_as_it_is(&values)?);
        }
    }
    pass.end();
    Ok(())
}

/// One pass over the rows of a table.
struct Pass<'a> {
    table: &'a str,
    promises: BTreeMap<Key, Promise>,
    redacted: &'a mut BTreeMap<(String, String), i64>,
    open: Option<(Promise, Run)>,
    found: &'a mut Verification,
}

impl Pass<'_> {
    fn row(&mut self, row: Row) {
        self.found.rows += 1;
        self.content(&row);
        if let Some((promise, run)) = &mut self.open
            && row.key <= promise.to
            && !matches!(row.key, Key::Text(_))
        {
            run.add(row);
            return;
        }
        self.close();
        if let Key::Text(_) = row.key {
            match self.promises.remove(&row.key) {
                Some(promise) => self.open = Some((promise, Run::of(row))),
                None => self.stray(&row.key),
            }
            return;
        }
        // What was promised before this row and has not been met is not there.
        while let Some(entry) = self.promises.first_entry() {
            if *entry.key() > row.key {
                break;
            }
            let promise = entry.remove();
            if row.key <= promise.to {
                self.open = Some((promise, Run::of(row)));
                return;
            }
            self.missing(&promise);
        }
        self.stray(&row.key);
    }

    fn end(mut self) {
        self.close();
        for promise in std::mem::take(&mut self.promises).into_values() {
            self.missing(&promise);
        }
    }

    fn close(&mut self) {
        let Some((promise, run)) = self.open.take() else {
            return;
        };
        let (count, sha256) = run.finish();
        let (event, promised) = (promise.event, promise.count);
        let what = if count < promised {
            format!("{} of {promised} row(s) are missing", promised - count)
        } else if count > promised {
            format!("there are {} row(s) too many", count - promised)
        } else if sha256 != promise.sha256 {
            "what is stored has been changed".to_owned()
        } else {
            return;
        };
        self.note(&promise, format!("{what}; event {event} vouches for them"));
    }

    fn missing(&mut self, promise: &Promise) {
        let (event, count) = (promise.event, promise.count);
        self.note(
            promise,
            format!("{count} row(s) are missing; event {event} vouches for them"),
        );
    }

    fn note(&mut self, promise: &Promise, what: String) {
        let place = if promise.from == promise.to {
            format!("{} {}", self.table, promise.from)
        } else {
            format!("{} {}–{}", self.table, promise.from, promise.to)
        };
        self.found.faults.note(place, what);
    }

    fn stray(&mut self, key: &Key) {
        let place = format!("{} {key}", self.table);
        self.found
            .faults
            .note(place, "no event vouches for this row".to_owned());
    }

    /// A free text or a file: its content is what its hash says, or a decision has emptied it.
    fn content(&mut self, row: &Row) {
        let Some((_, column)) = migration::REDACTED_ONCE
            .iter()
            .find(|(table, _)| *table == self.table)
        else {
            return;
        };
        let of = |name: &str| row.loose.iter().find(|(known, _)| *known == name);
        let sha256 = match of(column) {
            Some((_, Value::String(Some(text)))) => hex(&Sha256::digest(text)),
            Some((_, Value::Bytes(Some(bytes)))) => hex(&Sha256::digest(bytes)),
            _ => return self.gone(row, of("redacted_at")),
        };
        if !matches!(of("sha256"), Some((_, Value::String(Some(said)))) if *said == sha256) {
            let place = format!("{} {}", self.table, row.key);
            let what = "its content is not what its hash says".to_owned();
            self.found.faults.note(place, what);
        }
    }

    /// A content that is not there: a decision took it, at that time.
    fn gone(&mut self, row: &Row, at: Option<&(&str, Value)>) {
        let taken = (self.table.to_owned(), row.key.to_string());
        let what = match (self.redacted.remove(&taken), at) {
            (Some(decided), Some((_, Value::BigInt(Some(at))))) if decided == *at => return,
            (Some(_), _) => "it was not emptied when the decision was carried out",
            (None, _) => "its content is gone, and no decision has taken it",
        };
        let place = format!("{} {}", self.table, row.key);
        self.found.faults.note(place, what.to_owned());
    }
}

/// A row, or none where what is stored is no value of its column: that is a fault and not the database's failure.
pub(super) fn readable<T>(
    row: Result<T, DbErr>,
    table: &str,
    faults: &mut Faults,
) -> Result<Option<T>, DbErr> {
    use sea_orm::sqlx::Error;
    match row {
        Ok(row) => Ok(Some(row)),
        Err(error @ (DbErr::Type(_) | DbErr::TryIntoErr { .. } | DbErr::Json(_))) => {
            faults.note(table.to_owned(), format!("a row cannot be read: {error}"));
            Ok(None)
        }
        Err(DbErr::Query(RuntimeErr::SqlxError(error)))
            if matches!(*error, Error::ColumnDecode { .. } | Error::Decode(_)) =>
        {
            faults.note(table.to_owned(), format!("a row cannot be read: {error}"));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

//! Holds the database against its audit chain: any change or gap in what the chain vouches for is a fault.
//!
//! Everything is read in one snapshot: the chains first, then each table once in the order of its keys.

use std::collections::BTreeMap;

use entity::{audit_event, counted, read_event, redaction};
use futures::StreamExt;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, RuntimeErr, Value,
};
use sha2::{Digest, Sha256};

use super::chain::{self, Head, Walk};
use super::fault::Faults;
use super::guards;
use super::tables::tables;
use crate::intake::hex;
use crate::store::Store;
use crate::store::evidence::{Key, Row, Run, Shape, Vouched, hash_of_closed};

/// What a verification found.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// Number of events in the chain.
    pub events: u64,
    /// The chain's last event.
    pub head: Option<Head>,
    /// Number of events in the chain of reads.
    pub reads: u64,
    /// That chain's last event.
    pub head_of_reads: Option<Head>,
    /// Number of rows held against the chain.
    pub rows: u64,
    /// What is wrong.
    pub faults: Faults,
}

/// Verifies a store; `heads` are hashes noted before, which the chain must still contain.
///
/// # Errors
/// The database fails.
pub async fn verify(store: &Store, heads: &[String]) -> Result<Verification, DbErr> {
    let snapshot = store.begin_read().await?;
    let mut found = Verification::default();
    let mut wanted = heads.to_vec();
    let mut promises = Promises::default();
    chains(&snapshot, &mut promises, &mut wanted, &mut found).await?;
    for hash in wanted {
        let place = format!("head {hash}");
        let what = "no chain contains it: it was cut or made anew".to_owned();
        found.faults.note(place, what);
    }
    promises.redacted = redactions(&snapshot, &mut found.faults).await?;
    macro_rules! each {
        ($($name:ident),+ $(,)?) => {
            $(Box::pin(table::<entity::$name::Entity>(&snapshot, &mut promises, &mut found)).await?;)+
        };
    }
    tables!(each);
    promises.rest(&mut found.faults);
    closings(&snapshot, &promises.closed, &mut found.faults).await?;
    guards::check(&snapshot, &mut found.faults).await?;
    snapshot.rollback().await?;
    Ok(found)
}

/// Walks both chains, and notes what the first vouches for.
#[expect(
    clippy::disallowed_methods,
    reason = "the audit chains are no facts of a dataset"
)]
async fn chains(
    snapshot: &DatabaseTransaction,
    promises: &mut Promises,
    wanted: &mut Vec<String>,
    found: &mut Verification,
) -> Result<(), DbErr> {
    // What the reads have seen of the writes is known once they have been walked: they come first.
    let (mut of_writes, mut of_reads) = (BTreeMap::new(), BTreeMap::new());
    let mut hashes = BTreeMap::new();
    {
        let mut nothing = BTreeMap::new();
        let mut walk = Walk::new("read_event", &mut nothing, wanted);
        let mut events = read_event::Entity::find()
            .order_by_asc(read_event::Column::Id)
            .stream(snapshot)
            .await?;
        while let Some(event) = events.next().await {
            let Some(event) = readable(event, "read_event", &mut found.faults)? else {
                continue;
            };
            let event = chain::of_reads(event);
            walk.pass(&event, &mut found.faults);
            for vouched in chain::vouched("read_event", &event, &mut found.faults) {
                if let Vouched::Head { id, hash, .. } = vouched {
                    of_writes.insert(id, hash);
                }
            }
            hashes.insert(event.id, event.hash);
        }
        (found.reads, found.head_of_reads) = (walk.events, walk.head);
    }
    {
        let mut walk = Walk::new("audit_event", &mut of_writes, wanted);
        let mut events = audit_event::Entity::find()
            .order_by_asc(audit_event::Column::Id)
            .stream(snapshot)
            .await?;
        while let Some(event) = events.next().await {
            let Some(event) = readable(event, "audit_event", &mut found.faults)? else {
                continue;
            };
            walk.pass(&event, &mut found.faults);
            for vouched in chain::vouched("audit_event", &event, &mut found.faults) {
                if let Vouched::Head { id, hash, .. } = vouched {
                    of_reads.insert(id, hash);
                } else {
                    promises.add(event.id, vouched, &mut found.faults);
                }
            }
        }
        (found.events, found.head) = (walk.events, walk.head);
    }
    of_reads.retain(|id, hash| hashes.get(id) != Some(hash));
    for (chain, unmet) in [("audit_event", of_writes), ("read_event", of_reads)] {
        for id in unmet.into_keys() {
            let what = "the other chain has seen another event of this number".to_owned();
            found.faults.note(format!("{chain} {id}"), what);
        }
    }
    Ok(())
}

/// When each redacted content was, by its tombstone.
#[expect(
    clippy::disallowed_methods,
    reason = "tombstones are no facts of a dataset"
)]
async fn redactions(
    snapshot: &DatabaseTransaction,
    faults: &mut Faults,
) -> Result<BTreeMap<(String, String), i64>, DbErr> {
    let mut all = BTreeMap::new();
    let mut found = redaction::Entity::find().stream(snapshot).await?;
    while let Some(one) = found.next().await {
        if let Some(one) = readable(one, "redaction", faults)? {
            all.insert((one.target, one.target_key), one.at.micros());
        }
    }
    Ok(all)
}

/// Rows that an event vouches for.
struct Promise {
    event: i64,
    from: Key,
    to: Key,
    count: u64,
    sha256: String,
}

/// What the events of the chain vouch for.
#[derive(Default)]
struct Promises {
    rows: BTreeMap<String, BTreeMap<Key, Promise>>,
    closed: BTreeMap<i64, (i64, u64, String)>,
    /// When a decision took the content of a table and key, until it has been met.
    redacted: BTreeMap<(String, String), i64>,
}

impl Promises {
    fn add(&mut self, event: i64, vouched: Vouched, faults: &mut Faults) {
        let twice = match vouched {
            Vouched::Rows {
                table,
                from,
                to,
                count,
                sha256,
            } => {
                let promise = Promise {
                    event,
                    from: from.clone(),
                    to,
                    count,
                    sha256,
                };
                let rows = self.rows.entry(table.clone()).or_default();
                let twice = rows.insert(from.clone(), promise).is_some();
                twice.then(|| format!("{table} {from}"))
            }
            Vouched::Closed {
                version,
                count,
                sha256,
            } => {
                let promise = (event, count, sha256);
                let twice = self.closed.insert(version, promise).is_some();
                twice.then(|| format!("counted, closed in version {version}"))
            }
            Vouched::Head { .. } => None,
        };
        if let Some(place) = twice {
            faults.note(place, format!("event {event} vouches for it once more"));
        }
    }

    /// What was promised and has not been met anywhere.
    fn rest(&self, faults: &mut Faults) {
        for (table, key) in self.redacted.keys() {
            let what = "a decision took its content away, and it is there".to_owned();
            faults.note(format!("{table} {key}"), what);
        }
        for (table, promises) in &self.rows {
            for promise in promises.values() {
                let place = format!("{table} {}", promise.from);
                let event = promise.event;
                faults.note(
                    place,
                    format!("event {event} vouches for rows of no known table"),
                );
            }
        }
    }
}

/// Holds a table against what the chain promises of it, in one pass.
#[expect(
    clippy::disallowed_methods,
    reason = "every row is verified, whatever dataset it counts in"
)]
async fn table<E>(
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

/// Holds the closings of intervals against what the chain promises, version by version.
#[expect(
    clippy::disallowed_methods,
    reason = "every interval is verified, whatever dataset it belongs to"
)]
async fn closings(
    snapshot: &DatabaseTransaction,
    promised: &BTreeMap<i64, (i64, u64, String)>,
    faults: &mut Faults,
) -> Result<(), DbErr> {
    let mut closed: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut intervals = counted::Entity::find()
        .filter(counted::Column::ClosedVersion.is_not_null())
        .order_by_asc(counted::Column::Id)
        .select_only()
        .columns([counted::Column::ClosedVersion, counted::Column::Id])
        .into_tuple::<(i64, i64)>()
        .stream(snapshot)
        .await?;
    while let Some(interval) = intervals.next().await {
        if let Some((version, id)) = readable(interval, "counted", faults)? {
            closed.entry(version).or_default().push(id);
        }
    }
    let versions = closed.keys().chain(promised.keys()).copied();
    for version in versions.collect::<std::collections::BTreeSet<i64>>() {
        let place = format!("counted, closed in version {version}");
        let ids = closed.get(&version).map_or(&[][..], Vec::as_slice);
        let (count, sha256) = hash_of_closed(ids);
        match promised.get(&version) {
            None => faults.note(
                place,
                format!("no event vouches for the end of {count} interval(s), the first {}", ids[0]),
            ),
            Some((event, promised, said)) if (*promised, said) != (count, &sha256) => faults.note(
                place,
                format!("event {event} vouches for the end of {promised} other interval(s) than these {count}"),
            ),
            Some(_) => {}
        }
    }
    Ok(())
}

/// A row, or none where what is stored is no value of its column: that is a fault and not the database's failure.
fn readable<T>(
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

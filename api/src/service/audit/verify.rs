//! Holds the database against its audit chain: any change or gap in what the chain vouches for is a fault.
//!
//! Everything is read in one snapshot: the chains first, then each table once in the order of its keys.

use std::collections::BTreeMap;

use entity::{audit_event, counted, read_event, redaction};
use futures::StreamExt;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::chain::{self, Head, Walk};
use super::fault::Faults;
use super::guards;
use super::pass::{readable, table};
use super::promises::Promises;
use super::tables::tables;
use crate::store::Store;
use crate::store::evidence::{Vouched, hash_of_closed};

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

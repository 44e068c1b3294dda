//! A chain of events: how one is hashed, how what it vouches for stands in it, and whether every link holds.

use std::collections::BTreeMap;

use entity::{Moment, audit_event, read_event};
use sha2::{Digest, Sha256};

use super::fault::Faults;
use crate::intake::hex;
use crate::store::evidence::Vouched;

/// The last event of a chain: kept elsewhere, it proves that the chain was not cut or made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the event.
    pub id: i64,
    /// Its hash.
    pub hash: String,
    /// When it happened.
    pub at: Moment,
}

/// The hash of an event: SHA-256 over its parts, each with its length before it.
pub(super) fn hash_of(event: &audit_event::Model) -> String {
    let mut hasher = Sha256::new();
    let (id, at) = (event.id.to_string(), event.at.micros().to_string());
    for part in [
        &id,
        &at,
        &event.actor,
        &event.action,
        &event.subject,
        &event.detail,
        &event.previous_hash,
    ] {
        hasher.update(part.len().to_string());
        hasher.update(":");
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// The detail of an event: a line for a reader, then a line for each thing that the event vouches for.
pub(super) fn detail(line: &str, vouched: &[Vouched]) -> Result<String, sea_orm::DbErr> {
    let mut text = line.replace('\n', " ");
    for one in vouched {
        let line =
            serde_json::to_string(one).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
        text.push('\n');
        text.push_str(&line);
    }
    Ok(text)
}

/// An event of the chain of reads, which has the same parts.
pub(super) fn of_reads(event: read_event::Model) -> audit_event::Model {
    audit_event::Model {
        id: event.id,
        at: event.at,
        actor: event.actor,
        action: event.action,
        subject: event.subject,
        detail: event.detail,
        previous_hash: event.previous_hash,
        hash: event.hash,
    }
}

/// Walks the events of a chain in the order of their numbers.
pub(super) struct Walk<'a> {
    table: &'static str,
    /// Number of events passed.
    pub(super) events: u64,
    /// The last event passed.
    pub(super) head: Option<Head>,
    /// Heads of this chain that the other one holds.
    seen: &'a mut BTreeMap<i64, String>,
    wanted: &'a mut Vec<String>,
}

impl<'a> Walk<'a> {
    /// A walk from the first event on; of the hashes wanted and seen, those that are met are taken away.
    pub(super) fn new(
        table: &'static str,
        seen: &'a mut BTreeMap<i64, String>,
        wanted: &'a mut Vec<String>,
    ) -> Self {
        Self {
            table,
            events: 0,
            head: None,
            seen,
            wanted,
        }
    }

    /// Passes an event: whether it follows the one before, and says what it said when it was written.
    pub(super) fn pass(&mut self, event: &audit_event::Model, faults: &mut Faults) {
        let place = || format!("{} {}", self.table, event.id);
        let (expected, previous) = match &self.head {
            Some(head) => (head.id + 1, head.hash.as_str()),
            None => (1, ""),
        };
        if event.id > expected {
            let missing = format!("{} {expected}", self.table);
            let count = event.id - expected;
            faults.note(
                missing,
                format!("{count} event(s) are missing from here on"),
            );
        } else if event.id < expected {
            faults.note(place(), "the number has been given already".to_owned());
        } else if event.previous_hash != previous {
            faults.note(
                place(),
                "it does not hold the hash of the event before".to_owned(),
            );
        }
        if hash_of(event) != event.hash {
            faults.note(
                place(),
                "its hash is not the hash of what it says".to_owned(),
            );
        }
        self.wanted.retain(|hash| *hash != event.hash);
        if self.seen.get(&event.id) == Some(&event.hash) {
            self.seen.remove(&event.id);
        }
        self.events += 1;
        self.head = Some(Head {
            id: event.id,
            hash: event.hash.clone(),
            at: event.at,
        });
    }
}

/// What an event vouches for; a line that says nothing known is a fault.
pub(super) fn vouched(
    table: &str,
    event: &audit_event::Model,
    faults: &mut Faults,
) -> Vec<Vouched> {
    let mut all = Vec::new();
    for line in event.detail.lines().skip(1) {
        match serde_json::from_str(line) {
            Ok(one) => all.push(one),
            Err(_) => faults.note(
                format!("{table} {}", event.id),
                "a line of what it vouches for cannot be read".to_owned(),
            ),
        }
    }
    all
}

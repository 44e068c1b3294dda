//! What the events of the audit chain vouch for, until it has been met.

use std::collections::BTreeMap;

use super::fault::Faults;
use crate::store::evidence::{Key, Vouched};

/// Rows that an event vouches for.
pub(super) struct Promise {
    pub(super) event: i64,
    pub(super) from: Key,
    pub(super) to: Key,
    pub(super) count: u64,
    pub(super) sha256: String,
}

/// What the events of the chain vouch for.
#[derive(Default)]
pub(super) struct Promises {
    pub(super) rows: BTreeMap<String, BTreeMap<Key, Promise>>,
    pub(super) closed: BTreeMap<i64, (i64, u64, String)>,
    /// When a decision took the content of a table and key, until it has been met.
    pub(super) redacted: BTreeMap<(String, String), i64>,
}

impl Promises {
    /// Takes down what an event says; vouching for the same twice is a fault.
    pub(super) fn add(&mut self, event: i64, vouched: Vouched, faults: &mut Faults) {
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
    pub(super) fn rest(&self, faults: &mut Faults) {
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

//! Reversals of payments and repayments: what one may take back, and what becomes of those that stand already.

use std::collections::{HashMap, HashSet};

use crate::intake::basis::{Transfer, pair, transfer_key};
use crate::intake::check::{facts, place};
use crate::intake::finding::{Findings, Place};
use crate::intake::row::Row;
use crate::intake::rule::Rule;

/// The rounds and recipients whose money the rows change: as it is sent, and as it was before.
pub(super) fn touched<'a, T: Transfer>(
    rows: &'a [Row<T>],
    before: &HashMap<String, T>,
) -> Vec<(Place<'a>, String)> {
    let of = |row: &'a Row<T>| {
        let pair_of = |one: &T| (place(&row.head), pair(one.round(), one.recipient()));
        let before = before.get(&row.head.key).map(pair_of);
        row.fact.as_ref().map(pair_of).into_iter().chain(before)
    };
    rows.iter().flat_map(of).collect()
}

/// The reversals among the transfers of some rounds, as they will be once a file counts.
pub(super) struct Reversals<'a, T> {
    transfers: &'a HashMap<String, T>,
    /// Reversals by the transfer that they take back.
    by_reversed: HashMap<String, Vec<&'a T>>,
}

impl<'a, T: Transfer> Reversals<'a, T> {
    /// Of transfers by natural key.
    pub(super) fn of(transfers: &'a HashMap<String, T>) -> Self {
        let mut by_reversed: HashMap<String, Vec<&T>> = HashMap::new();
        for one in transfers.values() {
            if let Some(reversed) = one.reverses() {
                let key = transfer_key(one.round(), reversed);
                by_reversed.entry(key).or_default().push(one);
            }
        }
        Self {
            transfers,
            by_reversed,
        }
    }

    /// A reversal names a transfer of the same round and recipient that is no reversal itself, and all its reversals take
    /// back no more than it was.
    pub(super) fn check(&self, fact: &T, at: Place<'_>, findings: &mut Findings) {
        if let Some(reversed) = fact.reverses()
            && !self.is_sound(fact, reversed)
        {
            findings.row(at, Rule::UnknownCode, Some("reverses"), reversed);
        }
    }

    /// A stored reversal that no longer fits what it reverses is a warning on the file that changed that.
    pub(super) fn check_stored(
        &self,
        rows: &[Row<T>],
        before: &HashMap<String, T>,
        findings: &mut Findings,
    ) {
        let sent: HashSet<&str> = facts(rows).map(|(head, _)| head.key.as_str()).collect();
        for row in rows {
            let Some(changed) = before.get(&row.head.key) else {
                continue;
            };
            let of_it = self.by_reversed.get(&row.head.key).into_iter().flatten();
            let broken = of_it
                .filter(|one| !sent.contains(transfer_key(one.round(), one.reference()).as_str()))
                .any(|one| !self.is_sound(one, changed.reference()));
            if broken {
                let reference = (changed.reference(), changed.reference());
                let rule = Rule::UnknownCode;
                findings.knock_on(place(&row.head), rule, Some("reference"), reference);
            }
        }
    }

    fn is_sound(&self, reversal: &T, reversed: &str) -> bool {
        let key = transfer_key(reversal.round(), reversed);
        let all = self.by_reversed.get(&key).into_iter().flatten();
        let taken_back: i128 = all.map(|one| i128::from(one.amount().ore())).sum();
        self.transfers.get(&key).is_some_and(|reversed| {
            reversed.recipient() == reversal.recipient()
                && reversed.reverses().is_none()
                && taken_back <= i128::from(reversed.amount().ore())
        })
    }
}

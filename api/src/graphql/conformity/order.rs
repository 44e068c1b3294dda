//! Puts an object's keys in the plan's order, in place.

use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, Value};

use super::plan::Plan;

/// The fields of an object.
pub(super) type Object = IndexMap<Name, Value>;

/// In few keys a search from here on is faster than a hash.
const FEW: usize = 24;

/// Keys that the plan does not have come last.
pub(super) fn order(object: &mut Object, plan: &Plan<'_>) {
    let mut at = 0;
    for entry in &plan.entries {
        let Some((key, _)) = object.get_index(at) else {
            return;
        };
        if key != entry.key {
            let Some(found) = find(object, entry.key, at) else {
                continue;
            };
            object.swap_indices(at, found);
        }
        at += 1;
    }
}

fn find(object: &Object, key: &Name, from: usize) -> Option<usize> {
    if object.len() > FEW {
        return object.get_index_of(key);
    }
    let found = object.keys().skip(from).position(|other| other == key)?;
    Some(from + found)
}

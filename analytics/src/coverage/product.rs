//! The lines of coverage: every group of recipients by every value of events.

use std::collections::{BTreeMap, BTreeSet};

use super::CoverageDimension;
use super::activity::main_number;
use super::member::Member;
use crate::key::{Key, KeyValue};
use crate::{Error, MOST_LINES};

/// Every line's key, sorted, and the members that should be reached there. `values` gives the
/// values of a dimension of events. Recipients' groups without members are no lines.
pub(super) fn product<'m, 'r>(
    dimensions: &[CoverageDimension],
    members: &'m [Member<'r>],
    values: impl Fn(CoverageDimension) -> Result<BTreeSet<KeyValue>, Error>,
) -> Result<BTreeMap<Key, Vec<&'m Member<'r>>>, Error> {
    let mut keys = vec![Key::new()];
    for (index, &dimension) in dimensions.iter().enumerate() {
        let values: BTreeSet<KeyValue> = if dimension.is_of_recipient() {
            let own = members.iter().filter_map(|member| member.value(dimension));
            own.collect()
        } else {
            values(dimension)?
        };
        // Counted before it is made: seven dimensions would make millions of keys.
        let lines = keys.len().saturating_mul(values.len());
        if lines > MOST_LINES {
            return Err(Error::TooManyLines(lines));
        }
        let asked = &dimensions[..=index];
        keys = keys
            .iter()
            .flat_map(|key| {
                values
                    .iter()
                    .map(|value| [key.as_slice(), std::slice::from_ref(value)].concat())
            })
            .filter(|key| is_possible(asked, key))
            .collect();
    }
    let by_recipient = dimensions.iter().any(|asked| asked.is_of_recipient());
    let groups = by_group(dimensions, members);
    Ok(keys
        .into_iter()
        .filter_map(|key| {
            let members = groups.get(&own_part(dimensions, &key));
            if by_recipient && members.is_none() {
                return None;
            }
            Some((key, members.cloned().unwrap_or_default()))
        })
        .collect())
}

/// The part of a key that members have values for; None where only events have one.
type OwnPart = Vec<Option<KeyValue>>;

fn by_group<'m, 'r>(
    dimensions: &[CoverageDimension],
    members: &'m [Member<'r>],
) -> BTreeMap<OwnPart, Vec<&'m Member<'r>>> {
    let mut groups: BTreeMap<OwnPart, Vec<&Member<'_>>> = BTreeMap::new();
    for member in members {
        let own = dimensions.iter().map(|asked| member.value(*asked));
        groups.entry(own.collect()).or_default().push(member);
    }
    groups
}

fn own_part(dimensions: &[CoverageDimension], key: &[KeyValue]) -> OwnPart {
    let parts = dimensions.iter().zip(key);
    parts
        .map(|(asked, value)| {
            let own = asked.is_of_recipient() || *asked == CoverageDimension::EventYear;
            own.then(|| value.clone())
        })
        .collect()
}

/// A main activity by number and one as it stands must be the same.
fn is_possible(dimensions: &[CoverageDimension], key: &[KeyValue]) -> bool {
    let value = |wanted| {
        let position = dimensions.iter().position(|asked| *asked == wanted)?;
        key.get(position)?.code().ok()
    };
    let number = value(CoverageDimension::MainActivity);
    let code = value(CoverageDimension::MainActivityCode);
    number
        .zip(code)
        .is_none_or(|(number, code)| main_number(&code) == number)
}

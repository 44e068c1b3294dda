//! Elimination among equations in whole numbers: a column is taken out of a row, and whether a sum follows from what is left.

use std::collections::BTreeMap;

use super::Known;

/// Whether a sum is a combination of eliminated equations, each of which begins with a number that no other has.
pub(super) fn follows(terms: &[(usize, i128)], equations: &[Known]) -> bool {
    let mut left: BTreeMap<usize, i128> = terms.iter().copied().collect();
    for one in equations {
        let (first, by) = one.terms[0];
        let from = left.get(&first).copied().unwrap_or(0);
        if from == 0 {
            continue;
        }
        left.values_mut().for_each(|factor| *factor *= by);
        for (at, factor) in &one.terms {
            *left.entry(*at).or_default() -= factor * from;
        }
    }
    left.values().all(|factor| *factor == 0)
}

/// Takes a column out of a row by another, and what all its cells share.
pub(super) fn subtract(
    row: &mut BTreeMap<usize, i128>,
    own: &BTreeMap<usize, i128>,
    column: usize,
) {
    let (by, from) = (own[&column], row[&column]);
    row.values_mut().for_each(|cell| *cell *= by);
    for (at, cell) in own {
        *row.entry(*at).or_default() -= cell * from;
    }
    row.retain(|_, cell| *cell != 0);
    let shared = row
        .values()
        .fold(0, |shared, cell| divisor(shared, *cell))
        .max(1);
    row.values_mut().for_each(|cell| *cell /= shared);
}

fn divisor(one: i128, other: i128) -> i128 {
    if other == 0 {
        one.abs()
    } else {
        divisor(other, one % other)
    }
}

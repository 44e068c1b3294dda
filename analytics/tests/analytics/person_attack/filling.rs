//! The search for another filling of a table that agrees with everything known of it.

use std::collections::BTreeSet;

use super::{ANY, Attack, Known, value};

/// Steps of one that a filling may be away from the true one: near ones are looked for first.
const STEPS: [usize; 7] = [4, 8, 12, 16, 20, 26, 32];
/// Fillings that are looked at for one number of steps.
const MOST_TRIED: usize = 60_000;

/// A search among fillings near the true one: what does not hold is mended, step by step, in every way.
pub(super) struct Search {
    known: Vec<Known>,
    /// By number, what it is part of.
    parts: Vec<Vec<usize>>,
    /// By number, the bounds that are known of it alone.
    alone: Vec<(i128, i128)>,
    filling: Vec<i128>,
    sums: Vec<i128>,
    moved: Vec<i128>,
    /// What does not hold.
    broken: BTreeSet<usize>,
    tried: usize,
}

impl Search {
    pub(super) fn of(attack: &Attack, target: usize, other: i128) -> Self {
        let mut known = attack.known.clone();
        (known[target].lowest, known[target].highest) = (other, other);
        let mut parts = vec![Vec::new(); attack.truth.len()];
        let mut alone = vec![(0, ANY); attack.truth.len()];
        for (number, one) in known.iter().enumerate() {
            one.terms.iter().for_each(|(at, _)| parts[*at].push(number));
            if let [(at, _)] = one.terms[..] {
                let (lowest, highest) = &mut alone[at];
                (*lowest, *highest) = ((*lowest).max(one.lowest), (*highest).min(one.highest));
            }
        }
        Self {
            sums: known.iter().map(|one| value(one, &attack.truth)).collect(),
            filling: attack.truth.clone(),
            moved: vec![0; attack.truth.len()],
            broken: BTreeSet::from([target]),
            tried: 0,
            known,
            parts,
            alone,
        }
    }

    /// A filling with few steps.
    pub(super) fn found(mut self) -> Option<Vec<i128>> {
        let found = STEPS.into_iter().any(|steps| {
            self.tried = 0;
            self.mend(steps)
        });
        found.then_some(self.filling)
    }

    fn mend(&mut self, steps: usize) -> bool {
        self.tried += 1;
        let mut fewest: Option<(Vec<usize>, i128)> = None;
        for number in &self.broken {
            let (one, sum) = (&self.known[*number], self.sums[*number]);
            let way = if sum < one.lowest { 1 } else { -1 };
            let lacks = (one.lowest - sum).max(sum - one.highest);
            if lacks > i128::try_from(steps).expect("few steps") || self.tried > MOST_TRIED {
                return false;
            }
            let terms = one.terms.iter().map(|(at, _)| *at);
            let ways = terms.filter(|at| self.may_move(*at, way));
            let least = fewest.as_ref().map_or(usize::MAX, |(least, _)| least.len());
            let ways: Vec<usize> = ways.take(least).collect();
            if ways.len() < least {
                fewest = Some((ways, way));
            }
        }
        let Some((ways, way)) = fewest else {
            return true;
        };
        for at in ways {
            self.step(at, way);
            if self.mend(steps - 1) {
                return true;
            }
            self.step(at, -way);
        }
        false
    }

    /// Whether a number may go further one way: it does not go back, and what is known of it alone allows it.
    fn may_move(&self, at: usize, way: i128) -> bool {
        let there = self.filling[at] + way;
        let (lowest, highest) = self.alone[at];
        self.moved[at] * way >= 0 && (there >= lowest || way > 0) && (there <= highest || way < 0)
    }

    fn step(&mut self, at: usize, way: i128) {
        self.filling[at] += way;
        self.moved[at] += way;
        for number in &self.parts[at] {
            self.sums[*number] += way;
            let one = &self.known[*number];
            if (one.lowest..=one.highest).contains(&self.sums[*number]) {
                self.broken.remove(number);
            } else {
                self.broken.insert(*number);
            }
        }
    }
}

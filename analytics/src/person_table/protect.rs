//! Which places a new release hides: what must be hidden, and beside it what keeps it hidden.

use std::collections::HashSet;

use super::counts::Print;
use super::series::{At, Series};
use super::shift::{Cost, Effect, Reach, Shift};
use super::{Counts, Pattern};

/// Why a release cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unprotectable {
    /// Women and men no longer make everybody, as in the releases before.
    #[error("women and men do not make the totals, as they did in the releases before")]
    Sexes,
    /// Whatever is hidden, a hidden count would follow from what was shown before.
    #[error("whatever is hidden, a hidden count would follow from the releases before")]
    Before,
}

/// That a hidden place needs a shift: the release, the place, and after which release the shift has to begin.
pub(super) type Need = (usize, At, Option<usize>);

impl Series {
    /// What a further release hides, so that no hidden count follows from all that is shown in it and before it.
    ///
    /// Each hidden place gets a shift through it; of all shifts the one that hides fewest further totals of everybody,
    /// then fewest counts of everybody, then fewest totals and fewest counts of women and men.
    /// A first release in which that cannot be done shows no women and men, or nothing at all.
    ///
    /// # Errors
    /// [`Unprotectable`], where releases before stand in the way.
    pub fn next(&self, counts: &Counts, threshold: i64) -> Result<Pattern, Unprotectable> {
        let first = self.releases.is_empty();
        if !first && self.by_sex && !counts.is_by_sex() {
            return Err(Unprotectable::Sexes);
        }
        for by_sex in [true, false] {
            if by_sex && !counts.is_by_sex() {
                continue;
            }
            let mut tried = self.with(counts, threshold, by_sex);
            if tried.protect(Print(counts.fingerprint())) {
                return Ok(tried.pattern(self.releases.len()));
            }
            if !first {
                return Err(Unprotectable::Before);
            }
        }
        let mut nothing = self.with(counts, threshold, false);
        nothing.hide_whole();
        Ok(nothing.pattern(0))
    }

    /// Hides in the last release what it takes; whether everything hidden has a shift then.
    fn protect(&mut self, print: Print) -> bool {
        let mut met: HashSet<(usize, At)> = HashSet::new();
        // What must be hidden: what is hidden beside it comes with a shift of its own.
        for need in self.needs() {
            let (release, place, after) = need;
            if after.is_none() && met.contains(&(release, place)) {
                continue;
            }
            let Some((_, effect)) = self.cheapest(need, print) else {
                return false;
            };
            let last = self.releases.len() - 1;
            for (number, changes) in effect.iter().enumerate() {
                for (at, _) in changes {
                    met.insert((number, *at));
                    if number == last {
                        self.releases[last].hidden[*at] = true;
                    }
                }
            }
        }
        true
    }

    /// The shift through a place that costs least. Where a plain one would take a total of everybody away, the others
    /// are looked at too.
    fn cheapest(&self, need: Need, print: Print) -> Option<(Cost, Effect)> {
        let plain = self.cheapest_of(need, print, Reach::Plain);
        if plain
            .as_ref()
            .is_some_and(|((places, _), _)| places[0] == 0)
        {
            return plain;
        }
        let crossed = self.cheapest_of(need, print, Reach::Crossed);
        plain
            .into_iter()
            .chain(crossed)
            .min_by_key(|(cost, _)| *cost)
    }

    fn cheapest_of(&self, need: Need, print: Print, reach: Reach) -> Option<(Cost, Effect)> {
        let (release, place, _) = need;
        let costs = Shift::through(self, need, reach).filter_map(|shift| {
            let effect = shift.effect(self)?;
            let through = effect[release].iter().any(|(at, _)| *at == place);
            let cost = through.then(|| shift.cost(self, &effect, print))??;
            Some((cost, effect))
        });
        costs.min_by_key(|(cost, _)| *cost)
    }

    /// Every hidden place of every release: everybody's first. What has changed by too little since a release needs a
    /// shift that leaves that release as it is.
    pub(super) fn needs(&self) -> Vec<Need> {
        let mut needs = Vec::new();
        for (number, release) in self.releases.iter().enumerate() {
            for at in (0..self.len()).filter(|at| release.hidden[*at]) {
                needs.push((number, at, release.sensitive[at]));
            }
        }
        needs.sort_by_key(|(release, at, _)| (*at, std::cmp::Reverse(*release)));
        needs
    }
}

//! Which places a new release hides: what must be hidden, and beside it what keeps it hidden.

use std::collections::{HashMap, HashSet};

use super::series::{At, Series};
use super::shift::{Beside, Cost, Effect, Reach, Room, Shift, times, width};
use super::{Counts, Pattern, TieKey};

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

/// That a hidden place needs shifts: the release, the place, and after which release they have to begin.
pub(super) type Need = (usize, At, Option<usize>);

/// A way to more room for a place.
struct Way {
    /// Which way it moves the place, and how often it can be gone.
    delta: i64,
    times: i64,
    /// What it costs to hide what it goes through.
    cost: Cost,
    effect: Effect,
}

impl Way {
    /// Whether nothing more is hidden for it.
    fn is_free(&self) -> bool {
        self.cost.0 == [0; 4]
    }
}

/// How far each place can be moved, as the ways that were taken say.
type Met = HashMap<(usize, At), Room>;

impl Series {
    /// What a further release hides, so that of no hidden count more follows from all that is shown in it and before it
    /// than an interval as wide as it is promised to be (docs/STATISTICS.md).
    ///
    /// Each hidden place gets shifts through it; of all the one that hides fewest further totals of everybody, then
    /// fewest counts of everybody, then fewest totals and fewest counts of women and men; among equals the key decides.
    /// A first release in which that cannot be done shows no women and men, or nothing at all. A place of an earlier
    /// release keeps the interval that it had, where that was narrower.
    ///
    /// # Errors
    /// [`Unprotectable`], where releases before stand in the way.
    pub fn next(
        &self,
        counts: &Counts,
        threshold: i64,
        key: TieKey,
    ) -> Result<Pattern, Unprotectable> {
        let first = self.releases.is_empty();
        if !first && self.by_sex && !counts.is_by_sex() {
            return Err(Unprotectable::Sexes);
        }
        for by_sex in [true, false] {
            if by_sex && !counts.is_by_sex() {
                continue;
            }
            let mut tried = self.with(counts, threshold, by_sex);
            if tried.protect(self, key) {
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

    /// Hides in the last release what it takes; whether everything hidden has room then. `before` is the series without
    /// that release.
    fn protect(&mut self, before: &Self, key: TieKey) -> bool {
        let (mut met, mut done) = (Met::new(), HashSet::new());
        // What is hidden beside others needs room as well: until nothing more is.
        while let Some(need) = self.needs().into_iter().find(|need| !done.contains(need)) {
            if !self.make_room(need, before, &mut met, key) {
                return false;
            }
            done.insert(need);
        }
        true
    }

    /// Hides in the last release what gives a place its room; whether it has it then.
    fn make_room(&mut self, need: Need, before: &Self, met: &mut Met, key: TieKey) -> bool {
        let (release, place, after) = need;
        let wanted = width(self.releases[release].threshold, self.by_sex);
        // Ways that begin anywhere are known of the place; those that have to begin later are looked for.
        let known = met.get(&(release, place)).copied().unwrap_or_default();
        let mut room = if after.is_none() {
            known
        } else {
            Room::default()
        };
        while room.span() < wanted {
            let (free, cheapest) = self.ways(need, (room, wanted), key);
            room = free;
            let Some(way) = cheapest.filter(|_| room.span() < wanted) else {
                break;
            };
            room = room.with(way.delta, way.times);
            let last = self.releases.len() - 1;
            for (number, changes) in way.effect.iter().enumerate() {
                for (at, delta) in changes {
                    let own = met.entry((number, *at)).or_default();
                    *own = own.with(*delta, way.times);
                    if number == last {
                        self.releases[last].hidden[*at] = true;
                    }
                }
            }
        }
        room.span() >= wanted || room.span() >= before.had(self, need, wanted)
    }

    /// How wide the interval of a place of an earlier release was before the last one came; more than anything where it
    /// had none.
    fn had(&self, now: &Self, (release, at, after): Need, wanted: i64) -> i64 {
        if release >= self.releases.len() {
            return i64::MAX;
        }
        let Some(at) = self.at_of(&now.place(at)) else {
            return i64::MAX;
        };
        let span = self
            .room((release, at, after), Room::default(), wanted)
            .span();
        if span == 0 { i64::MAX } else { span }
    }

    /// How far a place can be moved with what is hidden, looked for until it is as far as wanted.
    pub(super) fn room(&self, need: Need, from: Room, wanted: i64) -> Room {
        let (release, place, _) = need;
        let mut room = from;
        for reach in [Reach::Plain, Reach::Crossed] {
            for shift in Shift::through(self, need, reach) {
                if room.span() >= wanted {
                    return room;
                }
                let Some(effect) = shift.effect(self) else {
                    continue;
                };
                let own = effect[release].iter().find(|(at, _)| *at == place);
                let Some((_, delta)) = own else {
                    continue;
                };
                if let Some(times) = times(self, &effect, Beside::Nothing) {
                    room = room.with(*delta, times);
                }
            }
        }
        room
    }

    /// How much room a place has by what is hidden already, and the way to more that lacks and costs least. Where a plain
    /// one would take a total of everybody away, or is not enough, the others are looked at too.
    fn ways(&self, need: Need, (room, wanted): (Room, i64), key: TieKey) -> (Room, Option<Way>) {
        let mut all: Vec<Way> = Vec::new();
        let mut free = room;
        for reach in [Reach::Plain, Reach::Crossed] {
            all.extend(self.ways_of(need, reach, key));
            let of_free = all.iter().filter(|way| way.is_free());
            free = of_free.fold(room, |room, way| room.with(way.delta, way.times));
            if free.span() >= wanted {
                return (free, None);
            }
            let is_enough =
                |way: &Way| way.cost.0[0] == 0 && free.with(way.delta, way.times).span() >= wanted;
            if all.iter().any(is_enough) {
                break;
            }
        }
        let cheapest = all.into_iter().filter_map(|way| {
            let span = free.with(way.delta, way.times).span();
            let more = span > free.span();
            more.then(|| (((wanted - span).max(0), way.cost), way))
        });
        let cheapest = cheapest.min_by_key(|(rank, _)| *rank);
        (free, cheapest.map(|(_, way)| way))
    }

    fn ways_of(&self, need: Need, reach: Reach, key: TieKey) -> Vec<Way> {
        let (release, place, _) = need;
        let ways = Shift::through(self, need, reach).filter_map(|shift| {
            let effect = shift.effect(self)?;
            let own = effect[release].iter().find(|(at, _)| *at == place);
            let delta = own.map(|(_, delta)| *delta)?;
            let times = times(self, &effect, Beside::Coverable)?;
            let cost = shift.cost(self, &effect, key);
            Some(Way {
                delta,
                times,
                cost,
                effect,
            })
        });
        ways.collect()
    }

    /// Every hidden place of every release: everybody's first. What has changed by too little since a release needs
    /// shifts that leave that release as it is.
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

//! A shift: some counts one higher, others one lower, so that everything that is shown stays as it is.
//!
//! Where there is a shift through a hidden place, a reader who knows every number shown, in every release, and why each
//! place is hidden, cannot tell the true table from the shifted one, nor from those that are shifted by less: the place
//! has an interval of values. How wide it is at least is [`width`].
//!
//! A shift goes through one or two counties, one or two years, and women, men or both. It applies to a count in every
//! release from one on: a reader may know which counts have not changed between two releases, and by how much the
//! others have. Only what has changed in a release may begin to be shifted there.

use super::TieKey;
use super::protect::Need;
use super::series::{At, Series};

/// By which sexes a count is shifted, and which way.
type Via = &'static [(usize, i64)];

/// Everybody, where there are no other tables.
const ALONE: Via = &[(0, 1)];
/// Women, and so everybody.
const WOMEN: Via = &[(0, 1), (1, 1)];
/// Men, and so everybody.
const MEN: Via = &[(0, 1), (2, 1)];
/// Women instead of men.
const BETWEEN: Via = &[(1, 1), (2, -1)];

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shift {
    /// County, year, which way, and by which sexes.
    steps: Vec<(usize, usize, i64, Via)>,
    /// The first release that it applies to.
    from: usize,
}

/// How far shifts are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Those that go by the same sexes everywhere.
    Plain,
    /// Those that go by women here and by men there.
    Crossed,
}

/// What it costs to hide what a shift goes through: totals of everybody, counts of everybody, other totals, other
/// counts; among equals a number that nobody knows who does not know the key.
pub(super) type Cost = ([usize; 4], u64);

/// What a shift does: by release the places that change.
pub(super) type Effect = Vec<Vec<(At, i64)>>;

/// How far apart the least and the greatest value of a hidden place must be, for those who know everything shown and why
/// it is hidden; everything between them is a value too. Half the threshold, where everybody's table is alone. 1, the
/// number and one beside it, where women's and men's stand beside it: of counts as small as men's often are, more can be
/// had only by hiding totals of everybody, or not at all.
pub(super) const fn width(threshold: i64, by_sex: bool) -> i64 {
    let half = threshold / 2;
    if half > 1 && !by_sex { half } else { 1 }
}

/// How far a hidden place can be moved up and down, as far as that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Room {
    up: i64,
    down: i64,
}

impl Room {
    /// With a way of so much.
    pub(super) fn with(self, delta: i64, times: i64) -> Self {
        if delta > 0 {
            let up = self.up.max(delta.saturating_mul(times));
            Self { up, ..self }
        } else {
            let down = self.down.max((-delta).saturating_mul(times));
            Self { down, ..self }
        }
    }

    /// How wide the interval is.
    pub(super) const fn span(self) -> i64 {
        self.up.saturating_add(self.down)
    }
}

impl Shift {
    /// Every shift through a place of a release that begins after another release, or at the first.
    pub(super) fn through(
        series: &Series,
        (release, place, after): Need,
        reach: Reach,
    ) -> impl Iterator<Item = Self> {
        let (_, county, year) = series.coordinates(place);
        let counties = lines(county, series.counties.len());
        let years = lines(year, series.years.len());
        let by_sex = series.by_sex;
        let froms = after.map_or(0, |after| after + 1)..=release;
        counties.into_iter().flat_map(move |counties| {
            let froms = froms.clone();
            years.clone().into_iter().flat_map(move |years| {
                let mut corners = Vec::new();
                for (county, a) in &counties {
                    for (year, b) in &years {
                        corners.push((*county, *year, a * b));
                    }
                }
                let froms = froms.clone();
                ways(corners.len(), by_sex, reach)
                    .into_iter()
                    .flat_map(move |way| {
                        let steps: Vec<_> = corners
                            .iter()
                            .zip(way)
                            .map(|((county, year, sign), via)| (*county, *year, *sign, via))
                            .collect();
                        froms.clone().flat_map(move |from| {
                            [1, -1].map(|sign| Self {
                                steps: steps
                                    .iter()
                                    .map(|(county, year, own, via)| {
                                        (*county, *year, sign * own, *via)
                                    })
                                    .collect(),
                                from,
                            })
                        })
                    })
            })
        })
    }

    /// What it does, where it goes through counts that there are and that may begin to be shifted.
    pub(super) fn effect(&self, series: &Series) -> Option<Effect> {
        let mut effect = vec![Vec::new(); series.releases.len()];
        let mut anything = false;
        for (county, year, sign, via) in &self.steps {
            for (sex, way) in *via {
                let own = series.at(*sex, *county, *year);
                if !may_begin(series, own, self.from) {
                    return None;
                }
                let releases = series.releases.iter().enumerate().skip(self.from);
                for (number, release) in releases {
                    if release.value[own].is_none() {
                        continue;
                    }
                    anything = true;
                    for at in series.lines(*sex, *county, *year) {
                        add(&mut effect[number], at, sign * way);
                    }
                }
            }
        }
        for release in &mut effect {
            release.retain(|(_, delta)| *delta != 0);
        }
        anything.then_some(effect)
    }

    /// What it would cost to hide all that it goes through in the last release.
    pub(super) fn cost(&self, series: &Series, effect: &Effect, key: TieKey) -> Cost {
        let mut places = [0; 4];
        for (release, changes) in series.releases.iter().zip(effect) {
            for (at, _) in changes.iter().filter(|(at, _)| !release.hidden[*at]) {
                places[weight(series, *at)] += 1;
            }
        }
        (places, self.number(series, key))
    }

    /// The number that breaks ties: of the release that is made, and of the ways that it goes.
    fn number(&self, series: &Series, key: TieKey) -> u64 {
        let mut said: Vec<Vec<u8>> = vec![series.releases.len().to_le_bytes().to_vec()];
        // A shift and the one back hide the same, and which of them can be made says the counts: they share a number.
        let first = self.steps.first().map_or(1, |(_, _, sign, _)| *sign);
        for (county, year, sign, via) in &self.steps {
            said.push(series.counties[*county].as_bytes().to_vec());
            said.push(series.years[*year].to_le_bytes().to_vec());
            said.push((sign * first).to_le_bytes().to_vec());
            for (sex, way) in *via {
                said.push(sex.to_le_bytes().to_vec());
                said.push(way.to_le_bytes().to_vec());
            }
        }
        key.number(said.iter().map(Vec::as_slice))
    }
}

/// How often a shift can be made, one after the other, with what is hidden, and in the last release with what could be
/// hidden beside it: after each everything shown is as it was, and every hidden place holds what it may. None where it
/// shows.
pub(super) fn times(series: &Series, effect: &Effect, beside: Beside) -> Option<i64> {
    let last = series.releases.len() - 1;
    let mut times = i64::MAX;
    for (number, (release, changes)) in series.releases.iter().zip(effect).enumerate() {
        for (at, delta) in changes {
            let value = release.value[*at]?;
            let coverable = beside == Beside::Coverable && number == last && release.can_cover(*at);
            if !release.hidden[*at] && !coverable {
                return None;
            }
            let (lowest, highest) = release.bounds(*at);
            let left = if *delta > 0 {
                highest.saturating_sub(value)
            } else {
                value.saturating_sub(lowest)
            };
            times = times.min(left / delta.abs());
        }
    }
    (times > 0).then_some(times)
}

/// Whether a shift may go through what is shown yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// Through what is hidden alone.
    Nothing,
    /// In the last release also through what could be hidden beside it.
    Coverable,
}

/// By which sexes the corners of a shift may go.
fn ways(corners: usize, by_sex: bool, reach: Reach) -> Vec<Vec<Via>> {
    let same = |via: Via| vec![via; corners];
    match (by_sex, reach) {
        (false, Reach::Plain) => vec![same(ALONE)],
        (true, Reach::Plain) => [WOMEN, MEN, BETWEEN].map(same).into(),
        (false, Reach::Crossed) => Vec::new(),
        (true, Reach::Crossed) => {
            let all = (1_usize << corners) - 1;
            let by = |way: usize| {
                let via = |corner: usize| if way >> corner & 1 == 0 { WOMEN } else { MEN };
                (0..corners).map(via).collect()
            };
            (1..all).map(by).collect()
        }
    }
}

/// The weight of hiding a place.
fn weight(series: &Series, at: At) -> usize {
    let (sex, county, year) = series.coordinates(at);
    let total = county == series.counties.len() || year == series.years.len();
    match (sex, total) {
        (0, true) => 0,
        (0, false) => 1,
        (_, true) => 2,
        (_, false) => 3,
    }
}

/// The ways through a line: itself alone, so that its total changes, or with another; any line through a total.
fn lines(line: usize, count: usize) -> Vec<Vec<(usize, i64)>> {
    if line == count {
        return (0..count).map(|one| vec![(one, 1)]).collect();
    }
    let others = (0..count).filter(|other| *other != line);
    let pairs = others.map(|other| vec![(line, 1), (other, -1)]);
    std::iter::once(vec![(line, 1)]).chain(pairs).collect()
}

/// Whether a count may begin to be shifted in a release: no earlier one had it, or it is another since.
fn may_begin(series: &Series, at: At, from: usize) -> bool {
    let (before, after) = series.releases.split_at(from);
    let new = before.iter().all(|release| release.value[at].is_none());
    new || after.first().is_some_and(|release| release.changed[at])
}

fn add(changes: &mut Vec<(At, i64)>, at: At, delta: i64) {
    match changes.iter_mut().find(|(known, _)| *known == at) {
        Some((_, sum)) => *sum += delta,
        None => changes.push((at, delta)),
    }
}

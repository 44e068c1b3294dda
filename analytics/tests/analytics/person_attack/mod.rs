//! An attack on published tables of persons that shares nothing with what protects them: each number shown is an
//! equation, each hidden one a bound, and whoever attacks knows why a number is hidden and which did not change.
//!
//! [`Attack::recovered`] is what elimination and bounds find. [`Attack::alone`] is stronger: what has no second filling
//! of whole numbers that agrees with everything published. The others ask the same of an interval of values.

mod elimination;
mod filling;

use std::collections::{BTreeMap, BTreeSet};

use elimination::{follows, subtract};
use filling::Search;

/// A place: sex (0 everybody, 1 women, 2 men), county, year; none for totals.
pub(crate) type Spot = (usize, Option<String>, Option<i32>);

/// What is published of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Shown(i64),
    Hidden,
    /// Nobody reported: no number is behind it.
    Nothing,
}

/// A release as everybody reads it, and the numbers behind it that the attack is after.
#[derive(Clone, Debug, Default)]
pub(crate) struct Published {
    pub(crate) threshold: i64,
    pub(crate) places: BTreeMap<Spot, Seen>,
    /// By sex, county and year; counts alone, no totals.
    pub(crate) truth: BTreeMap<(usize, String, i32), i64>,
}

impl Published {
    /// Whether women and men are published beside everybody.
    pub(crate) fn is_by_sex(&self) -> bool {
        let told = |(spot, seen): (&Spot, &Seen)| spot.0 > 0 && *seen != Seen::Nothing;
        self.places.iter().any(told)
    }

    /// The true number of a place.
    pub(crate) fn value(&self, (sex, county, year): &Spot) -> Option<i64> {
        let within = self.truth.iter().filter(|((of, in_county, in_year), _)| {
            of == sex
                && county.as_ref().is_none_or(|county| county == in_county)
                && year.is_none_or(|year| year == *in_year)
        });
        within.map(|(_, value)| *value).reduce(|sum, one| sum + one)
    }
}

/// What is known: a sum of unknown numbers lies within bounds.
#[derive(Clone, Debug)]
struct Known {
    terms: Vec<(usize, i128)>,
    lowest: i128,
    highest: i128,
}

const ANY: i128 = i64::MAX as i128;

/// What is known of a number: at least, at most.
type Bounds = (Option<i128>, Option<i128>);

/// A hidden place that is attacked.
#[derive(Clone, Debug)]
struct Target {
    name: String,
    known: usize,
    truth: i128,
}

/// Everything known of the unknown numbers, and the true ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attack {
    known: Vec<Known>,
    truth: Vec<i128>,
    targets: Vec<Target>,
}

impl Attack {
    /// Everything that follows from the releases, in order of time.
    pub(crate) fn on(releases: &[Published]) -> Self {
        let mut attack = Self::default();
        let mut numbers: BTreeMap<(usize, String, i32), usize> = BTreeMap::new();
        for (number, release) in releases.iter().enumerate() {
            let by_sex = release.is_by_sex();
            let shows_something =
                (release.places.values()).any(|seen| matches!(seen, Seen::Shown(_)));
            let least = |sex: usize| if by_sex { sex > 0 } else { sex == 0 };
            for (key, value) in release.truth.iter().filter(|(key, _)| least(key.0)) {
                let same = numbers
                    .get(key)
                    .filter(|one| attack.truth[**one] == i128::from(*value));
                // A number that did not change is the same number: the attack knows that too.
                if same.is_none() {
                    numbers.insert(key.clone(), attack.truth.len());
                    attack.truth.push(i128::from(*value));
                }
            }
            numbers.retain(|key, _| release.truth.contains_key(key));
            for (spot, seen) in &release.places {
                let own = |key: &(usize, String, i32)| {
                    least(key.0)
                        && (spot.0 == 0 || spot.0 == key.0)
                        && spot.1.as_ref().is_none_or(|county| *county == key.1)
                        && spot.2.is_none_or(|year| year == key.2)
                };
                let terms: Vec<(usize, i128)> = numbers
                    .iter()
                    .filter(|(key, _)| own(key))
                    .map(|(_, at)| (*at, 1))
                    .collect();
                if terms.is_empty() || (spot.0 > 0 && !by_sex) {
                    continue;
                }
                let was_there = releases[..number]
                    .iter()
                    .any(|one| one.value(spot).is_some());
                let value = release
                    .value(spot)
                    .expect("a number behind what is published");
                let (lowest, highest) = match seen {
                    Seen::Shown(shown) => (i128::from(*shown), i128::from(*shown)),
                    Seen::Nothing => panic!("{spot:?} is reported"),
                    // Hidden for what an earlier release showed or hid: nothing is known of the number.
                    Seen::Hidden if was_there => (0, ANY),
                    Seen::Hidden if value == 0 => (0, ANY),
                    // A table of which nothing is shown, not even zeros, does not say why.
                    Seen::Hidden if !shows_something => (0, ANY),
                    Seen::Hidden if value <= release.threshold => (1, release.threshold.into()),
                    Seen::Hidden => (i128::from(release.threshold) + 1, ANY),
                };
                if *seen == Seen::Hidden {
                    attack.targets.push(Target {
                        name: format!("release {number} {spot:?} = {value}"),
                        known: attack.known.len(),
                        truth: value.into(),
                    });
                }
                attack.known.push(Known {
                    terms,
                    lowest,
                    highest,
                });
            }
        }
        for number in 0..attack.truth.len() {
            attack.known.push(Known {
                terms: vec![(number, 1)],
                lowest: 0,
                highest: ANY,
            });
        }
        attack
    }

    /// How many places are hidden.
    pub(crate) fn targets(&self) -> usize {
        self.targets.len()
    }

    /// Hidden places that linear algebra and bounds give away.
    pub(crate) fn recovered(&self) -> Vec<String> {
        self.within_less_than(1)
    }

    /// Hidden places that linear algebra and bounds place between two numbers that are less than so far apart.
    pub(crate) fn within_less_than(&self, width: i128) -> Vec<String> {
        let equations = self.eliminated();
        let known: Vec<&Known> = self.known.iter().chain(&equations).collect();
        let mut bounds = vec![(None, None); self.truth.len()];
        let mut tighter = true;
        while tighter {
            tighter = false;
            for one in &known {
                tighter |= tighten(one, &mut bounds);
            }
        }
        let given_away = |target: &&Target| {
            let own = &self.known[target.known];
            let (lowest, highest) = range(own, &bounds).ends();
            let lowest = lowest.map_or(own.lowest, |lowest| lowest.max(own.lowest));
            let highest = highest.map_or(own.highest, |highest| highest.min(own.highest));
            assert!(
                (lowest..=highest).contains(&target.truth),
                "what is known is true"
            );
            highest - lowest < width || follows(&own.terms, &equations)
        };
        let found = self.targets.iter().filter(given_away);
        found.map(|one| one.name.clone()).collect()
    }

    /// The equations after complete elimination, in whole numbers.
    fn eliminated(&self) -> Vec<Known> {
        let width = self.truth.len();
        let equations = self.known.iter().filter(|one| one.lowest == one.highest);
        let row = |one: &Known| -> BTreeMap<usize, i128> {
            let right = (width, one.lowest);
            one.terms
                .iter()
                .copied()
                .chain([right])
                .filter(|(_, cell)| *cell != 0)
                .collect()
        };
        let rows: BTreeSet<BTreeMap<usize, i128>> = equations.map(row).collect();
        let mut rows: Vec<BTreeMap<usize, i128>> = rows.into_iter().collect();
        let mut done = 0;
        for column in 0..width {
            let has = |row: &usize| rows[*row].contains_key(&column);
            let Some(pivot) = (done..rows.len()).find(has) else {
                continue;
            };
            rows.swap(done, pivot);
            let own = rows[done].clone();
            for (number, row) in rows.iter_mut().enumerate() {
                if number != done && row.contains_key(&column) {
                    subtract(row, &own, column);
                }
            }
            done += 1;
        }
        let known = |row: &BTreeMap<usize, i128>| {
            let right = row.get(&width).copied().unwrap_or(0);
            let terms = row.iter().filter(|(at, _)| **at < width);
            Known {
                terms: terms.map(|(at, cell)| (*at, *cell)).collect(),
                lowest: right,
                highest: right,
            }
        };
        rows[..done].iter().map(known).collect()
    }

    /// Hidden places for which no other filling was found: one in which the place is another number, everything shown
    /// is as it is, and every hidden number is what its being hidden lets it be. Each filling found is checked whole.
    pub(crate) fn alone(&self) -> Vec<String> {
        let mut free = vec![false; self.known.len()];
        let mut alone = Vec::new();
        for target in &self.targets {
            if free[target.known] {
                continue;
            }
            let others = [1, -1, 2, -2, 3, -3].map(|step| target.truth + step);
            let Some(filling) = others
                .into_iter()
                .find_map(|other| self.filling(target, other))
            else {
                alone.push(target.name.clone());
                continue;
            };
            for (number, one) in self.known.iter().enumerate() {
                let sum = value(one, &filling);
                assert!(
                    (one.lowest..=one.highest).contains(&sum),
                    "a filling that shows"
                );
                free[number] |= sum != value(one, &self.truth);
            }
            assert!(free[target.known], "the place is another number");
        }
        alone
    }

    /// Hidden places whose numbers in a row, by the fillings found for any of them, are less than so far apart.
    pub(crate) fn narrow(&self, width: i128) -> Vec<String> {
        let mut reached = vec![BTreeSet::new(); self.known.len()];
        let mut narrow = Vec::new();
        for target in &self.targets {
            let up = self.reach(target, 1, width, &mut reached);
            if up + self.reach(target, -1, width - up, &mut reached) < width {
                narrow.push(target.name.clone());
            }
        }
        narrow
    }

    /// How many numbers in a row, up or down from the true one, a place can be, looked for until they are enough.
    fn reach(
        &self,
        target: &Target,
        way: i128,
        wanted: i128,
        reached: &mut [BTreeSet<i128>],
    ) -> i128 {
        for step in 1..=wanted {
            let other = target.truth + way * step;
            if reached[target.known].contains(&other) {
                continue;
            }
            let Some(filling) = self.filling(target, other) else {
                return step - 1;
            };
            for (number, one) in self.known.iter().enumerate() {
                let sum = value(one, &filling);
                assert!(
                    (one.lowest..=one.highest).contains(&sum),
                    "a filling that shows"
                );
                reached[number].insert(sum);
            }
        }
        wanted
    }

    /// A filling in which a place is a number.
    fn filling(&self, target: &Target, other: i128) -> Option<Vec<i128>> {
        let own = &self.known[target.known];
        if !(own.lowest..=own.highest).contains(&other) {
            return None;
        }
        Search::of(self, target.known, other).found()
    }
}

fn value(known: &Known, filling: &[i128]) -> i128 {
    known
        .terms
        .iter()
        .map(|(at, factor)| factor * filling[*at])
        .sum()
}

/// The bounds of a sum: what is finite of them, and how many of its numbers have none.
#[derive(Clone, Copy, Default)]
struct Range {
    lowest: (i128, usize),
    highest: (i128, usize),
}

impl Range {
    fn ends(self) -> (Option<i128>, Option<i128>) {
        let end = |(sum, without): (i128, usize)| (without == 0).then_some(sum);
        (end(self.lowest), end(self.highest))
    }
}

/// The bounds of a number's part in a sum.
fn part(factor: i128, (lowest, highest): Bounds) -> Bounds {
    let times = |end: Option<i128>| end.map(|end| end * factor);
    if factor > 0 {
        (times(lowest), times(highest))
    } else {
        (times(highest), times(lowest))
    }
}

fn range(known: &Known, bounds: &[Bounds]) -> Range {
    let mut range = Range::default();
    for (at, factor) in &known.terms {
        let (lowest, highest) = part(*factor, bounds[*at]);
        for (sum, end) in [(&mut range.lowest, lowest), (&mut range.highest, highest)] {
            match end {
                Some(end) => sum.0 += end,
                None => sum.1 += 1,
            }
        }
    }
    range
}

/// Tightens the bounds of each number in a sum by what the others leave; whether any became tighter.
fn tighten(known: &Known, bounds: &mut [Bounds]) -> bool {
    let mut tighter = false;
    let whole = range(known, bounds);
    for (at, factor) in &known.terms {
        let (lowest, highest) = part(*factor, bounds[*at]);
        let others = |(sum, without): (i128, usize), own: Option<i128>| match own {
            Some(own) => (without == 0).then_some(sum - own),
            None => (without == 1).then_some(sum),
        };
        // Less what the others are at most, more what they are at least.
        let low = others(whole.highest, highest).map(|others| known.lowest - others);
        let high = (known.highest < ANY)
            .then(|| others(whole.lowest, lowest).map(|others| known.highest - others))
            .flatten();
        let (by, sign) = (factor.abs(), factor.signum());
        let (low, high) = if sign > 0 { (low, high) } else { (high, low) };
        let low = low.map(|low| -(-low * sign).div_euclid(by));
        let high = high.map(|high| (high * sign).div_euclid(by));
        let own = &mut bounds[*at];
        if low.is_some_and(|low| own.0.is_none_or(|known| low > known)) {
            own.0 = low;
            tighter = true;
        }
        if high.is_some_and(|high| own.1.is_none_or(|known| high < known)) {
            own.1 = high;
            tighter = true;
        }
        if tighter {
            // The sum's bounds are others now: the rest of it in the next round.
            return true;
        }
    }
    false
}

//! Permutation tests on medians, with random numbers that follow from a seed that is said.

use rust_decimal::Decimal;

use crate::Error;
use crate::figure::quotient;

use super::exact::{Exact, twice_median};

/// How chance is drawn: the same seed and rounds give the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chance {
    /// Where the random numbers begin; every test begins there anew.
    pub seed: u64,
    /// How many times chance is drawn.
    pub rounds: u32,
}

/// A permutation test, two-sided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermutationTest {
    /// Rounds in which chance gave a median at least as far from 0 as the one observed.
    pub as_extreme: u64,
    /// (as extreme + 1) / (rounds + 1) at 12 decimals: what was observed is one of the draws.
    pub p_value: Decimal,
}

impl PermutationTest {
    /// On the median of paired changes: in each round every change has its sign by chance. None without pairs.
    pub(super) fn of_changes(changes: &Exact, chance: Chance) -> Result<Option<Self>, Error> {
        let Some(observed) = changes.twice_median()? else {
            return Ok(None);
        };
        let mut random = SplitMix64(chance.seed);
        let mut drawn = changes.units.clone();
        let mut as_extreme = 0;
        for _ in 0..chance.rounds {
            for signs in drawn.chunks_mut(64) {
                let mut bits = random.next();
                for change in signs {
                    if bits & 1 == 1 {
                        *change = -*change;
                    }
                    bits >>= 1;
                }
            }
            let median = twice_median(&mut drawn)?.unwrap_or(0);
            as_extreme += u64::from(median.abs() >= observed.abs());
        }
        Self::new(as_extreme, chance).map(Some)
    }

    /// On the difference between the medians of two groups: in each round the members are dealt out to the groups by
    /// chance. None where a group is empty.
    pub(super) fn of_groups(
        one: &[i128],
        other: &[i128],
        chance: Chance,
    ) -> Result<Option<Self>, Error> {
        if one.is_empty() || other.is_empty() {
            return Ok(None);
        }
        let mut all = [one, other].concat();
        let observed = difference(&mut all, one.len())?;
        let mut random = SplitMix64(chance.seed);
        let mut as_extreme = 0;
        for _ in 0..chance.rounds {
            for place in (1..all.len()).rev() {
                all.swap(place, random.below(place + 1));
            }
            let found = difference(&mut all, one.len())?;
            as_extreme += u64::from(found.abs() >= observed.abs());
        }
        Self::new(as_extreme, chance).map(Some)
    }

    fn new(as_extreme: u64, chance: Chance) -> Result<Self, Error> {
        let p_value = quotient(i128::from(as_extreme) + 1, i128::from(chance.rounds) + 1);
        Ok(Self {
            as_extreme,
            p_value: p_value.ok_or(Error::AmountsTooLarge)?,
        })
    }
}

/// Twice the median of the first so many less twice the median of the rest.
fn difference(all: &mut [i128], first: usize) -> Result<i128, Error> {
    let (one, other) = all.split_at_mut(first);
    let one = twice_median(one)?.unwrap_or(0);
    let other = twice_median(other)?.unwrap_or(0);
    one.checked_sub(other).ok_or(Error::AmountsTooLarge)
}

/// Steele, Lea and Flood's `SplitMix64`: 64 bits a draw, the whole sequence by its seed.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another, each as likely: a draw past the last whole multiple is drawn again.
    fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        let last = u64::MAX - u64::MAX % bound;
        loop {
            let drawn = self.next();
            if drawn < last {
                return usize::try_from(drawn % bound).unwrap_or(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANCE: Chance = Chance {
        seed: 1,
        rounds: 999,
    };

    fn exact(units: &[i64]) -> Exact {
        Exact::of(units.iter().map(|one| Decimal::from(*one))).unwrap()
    }

    /// The first numbers of the reference implementation for the seed 1234567.
    #[test]
    fn the_random_numbers_are_splitmix64s() {
        let mut random = SplitMix64(1_234_567);
        let drawn = [random.next(), random.next(), random.next()];
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn the_same_seed_gives_the_same_and_another_another() {
        let changes = exact(&[3, 1, -2, 5, 4, 2, -1, 7]);
        let test = |chance| {
            PermutationTest::of_changes(&changes, chance)
                .unwrap()
                .unwrap()
        };
        assert_eq!(test(CHANCE), test(CHANCE));
        let other = Chance { seed: 2, ..CHANCE };
        assert_ne!(test(CHANCE).as_extreme, test(other).as_extreme);
    }

    /// Of 2³ signs of (1, 2, 3) the median is 2 or −2 for (+,+,+), (−,+,+), (−,−,−) and (+,−,−): half of them.
    #[test]
    fn signs_by_chance_come_near_their_exact_share() {
        let changes = exact(&[1, 2, 3]);
        let chance = Chance {
            seed: 7,
            rounds: 20_000,
        };
        let test = PermutationTest::of_changes(&changes, chance)
            .unwrap()
            .unwrap();
        assert!((9_700..=10_300).contains(&test.as_extreme), "{test:?}");
    }

    /// Of the 6 ways to deal out {1, 2, 11, 12} in twos only two are as far apart as {1, 2} and {11, 12}.
    #[test]
    fn dealing_by_chance_comes_near_its_exact_share() {
        let chance = Chance {
            seed: 7,
            rounds: 20_000,
        };
        let test = PermutationTest::of_groups(&[1, 2], &[11, 12], chance)
            .unwrap()
            .unwrap();
        assert!((6_400..=6_950).contains(&test.as_extreme), "{test:?}");
        assert_eq!(PermutationTest::of_groups(&[], &[1], CHANCE).unwrap(), None);
    }

    #[test]
    fn where_nothing_changed_chance_is_always_as_extreme() {
        let test = PermutationTest::of_changes(&exact(&[0, 0]), CHANCE)
            .unwrap()
            .unwrap();
        assert_eq!((test.as_extreme, test.p_value), (999, Decimal::ONE));
        assert_eq!(
            PermutationTest::of_changes(&exact(&[]), CHANCE).unwrap(),
            None
        );
    }
}

//! Indicators: what holds of values of groups, of changes and of their tests, whatever the rows; by another way of counting.

use std::collections::BTreeSet;
use std::sync::Arc;

use analytics::figure::{Missing, RecipientKind};
use analytics::indicators::{
    Chance, ComparisonQuestion, Definition, Direction, GroupValue, GroupValueQuestion,
    IndicatorDimension, IndicatorRows, IndicatorSeries, Measured, ShiftLine, ShiftQuestion,
    SignTest, Unit,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fund_rows::{day, recipient};

const YEARS: [i32; 2] = [2019, 2022];

/// Twelve decimals.
const TO_12: u128 = 1_000_000_000_000;

/// What a recipient answered in a year: a value in tenths, and with it numerator and denominator or not.
type Answer = Option<(i64, Option<(i64, i64)>)>;

/// A recipient's county, by its place among three, and its answers of both years.
type One = (usize, [Answer; 2]);

fn answer() -> impl Strategy<Value = Answer> {
    let terms = prop::option::weighted(0.7, (0_i64..500, 1_i64..500));
    prop::option::weighted(0.8, (-50_i64..50, terms))
}

fn everybody() -> impl Strategy<Value = Vec<One>> {
    prop::collection::vec((0_usize..3, [answer(), answer()]), 0..14)
}

fn code(place: usize) -> String {
    format!("{:04}", 1000 + place)
}

fn series(all: &[One], unit: Unit) -> IndicatorSeries {
    let counties = ["01", "03", "14"];
    let of = |(place, (county, _)): (usize, &One)| {
        recipient(
            &code(place),
            RecipientKind::Municipality,
            Some(counties[*county]),
        )
    };
    let mut values = Vec::new();
    for (place, (_, answers)) in all.iter().enumerate() {
        for (year, answer) in YEARS.iter().zip(answers) {
            let Some((tenths, terms)) = answer else {
                continue;
            };
            values.push(Measured {
                row_id: i64::try_from(values.len()).expect("few rows"),
                area: code(place),
                year: *year,
                version: 1,
                value: Some(Decimal::new(*tenths, 1)),
                numerator: terms.map(|(numerator, _)| Decimal::from(numerator)),
                denominator: terms.map(|(_, denominator)| Decimal::from(denominator)),
                absent: None,
            });
        }
    }
    IndicatorSeries::build(IndicatorRows {
        definitions: vec![Definition {
            version: 1,
            from: 2015,
            to: None,
            comparable: None,
            unit,
            direction: Direction::HigherIsBetter,
        }],
        values,
        recipients: Arc::new(all.iter().enumerate().map(of).collect()),
    })
}

fn shift_question(group_by: &[IndicatorDimension]) -> ShiftQuestion {
    ShiftQuestion {
        from: YEARS[0],
        to: YEARS[1],
        kind: RecipientKind::Municipality,
        group_by: group_by.to_vec(),
        today: day(2024, 1, 1),
    }
}

fn left_out(missing: &[Missing]) -> u64 {
    missing.iter().map(|one| one.count).sum()
}

/// A value and, where it is a share, what it is a share of.
type Side = (i64, Option<(i64, i64)>);

/// Both values in tenths of those that answered in both years, with both pairs of terms where there are.
fn pairs(all: &[One]) -> Vec<[Side; 2]> {
    let both = |(_, answers): &One| Some([answers[0]?, answers[1]?]);
    all.iter().filter_map(both).collect()
}

/// A quotient as figures are rounded: half away from zero at 12 decimals.
fn quotient(numerator: i64, denominator: i64) -> Decimal {
    let exact = Decimal::from(numerator) / Decimal::from(denominator);
    let away = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    exact.round_dp_with_strategy(12, away).normalize()
}

/// Twice the median of whole numbers.
fn twice_median(mut numbers: Vec<i64>) -> Option<i64> {
    numbers.sort_unstable();
    let middle = numbers.len() / 2;
    let upper = *numbers.get(middle)?;
    let lower = match numbers.len() % 2 {
        0 => numbers[middle - 1],
        _ => upper,
    };
    Some(lower + upper)
}

fn check_shift(line: &ShiftLine, all: &[One]) {
    let pairs = pairs(all);
    assert_eq!(line.pair_count, pairs.len() as u64);
    assert_eq!(line.pair_count + left_out(&line.missing), line.of);
    assert_eq!(line.of, all.len() as u64);
    let changes: Vec<i64> = pairs
        .iter()
        .map(|[before, after]| after.0 - before.0)
        .collect();
    let count = |sign: i64| changes.iter().filter(|one| one.signum() == sign).count() as u64;
    assert_eq!(
        [line.increased, line.unchanged, line.decreased],
        [count(1), count(0), count(-1)]
    );
    assert_eq!(line.absent.is_some(), pairs.is_empty());
    let n = i64::try_from(pairs.len()).expect("few pairs");
    let mean = |sum: i64| (n > 0).then(|| quotient(sum, 10 * n));
    assert_eq!(
        line.baseline_mean,
        mean(pairs.iter().map(|one| one[0].0).sum())
    );
    assert_eq!(
        line.follow_up_mean,
        mean(pairs.iter().map(|one| one[1].0).sum())
    );
    assert_eq!(line.mean_change, mean(changes.iter().sum()));
    let median = twice_median(changes).map(|twice| quotient(twice, 20));
    assert_eq!(line.median_change, median);
    let with_terms = pairs.iter().filter_map(|one| Some([one[0].1?, one[1].1?]));
    let with_terms: Vec<_> = with_terms.collect();
    for (rate, at) in [(&line.baseline, 0), (&line.follow_up, 1)] {
        assert_eq!(rate.n, with_terms.len() as u64);
        assert_eq!(rate.n + left_out(&rate.missing), line.of);
        let above: i64 = with_terms.iter().map(|one| one[at].0).sum();
        let below: i64 = with_terms.iter().map(|one| one[at].1).sum();
        let expected = (!with_terms.is_empty()).then(|| quotient(above, below));
        assert_eq!(rate.value, expected);
        assert_eq!(rate.value.is_none(), rate.absent.is_some());
    }
}

fn check_value(line: &GroupValue, answers: &[Answer]) {
    let known: Vec<(i64, Option<(i64, i64)>)> = answers.iter().copied().flatten().collect();
    assert_eq!(line.answered.n, known.len() as u64);
    assert_eq!(line.answered.of, answers.len() as u64);
    assert_eq!(
        line.answered.n + left_out(&line.answered.missing),
        line.answered.of
    );
    let n = i64::try_from(known.len()).expect("few answers");
    let sum: i64 = known.iter().map(|one| one.0).sum();
    assert_eq!(
        line.distribution.mean,
        (n > 0).then(|| quotient(sum, 10 * n))
    );
    let median = twice_median(known.iter().map(|one| one.0).collect());
    assert_eq!(
        line.distribution.median,
        median.map(|twice| quotient(twice, 20))
    );
    let terms: Vec<(i64, i64)> = known.iter().filter_map(|one| one.1).collect();
    let above: i64 = terms.iter().map(|one| one.0).sum();
    let below: i64 = terms.iter().map(|one| one.1).sum();
    assert_eq!(
        line.weighted.value,
        (!terms.is_empty()).then(|| quotient(above, below))
    );
    assert_eq!(line.weighted.n, terms.len() as u64);
    assert_eq!(
        line.weighted.n + left_out(&line.weighted.missing),
        line.answered.of
    );
}

/// C(n, 0) to C(n, n), each the sum of the two above it.
fn binomials(n: usize) -> Vec<u128> {
    let mut row = vec![1_u128];
    for _ in 0..n {
        let inner = row.windows(2).map(|two| two[0] + two[1]);
        row = std::iter::once(1).chain(inner).chain([1]).collect();
    }
    row
}

/// Twice the smaller tail over 2ⁿ, 1 at most, as numerator and denominator in lowest terms.
fn two_sided(rises: usize, falls: usize) -> (u128, u128) {
    let n = rises + falls;
    let tail: u128 = binomials(n).into_iter().take(rises.min(falls) + 1).sum();
    let (mut above, mut below) = (2 * tail, 1_u128 << n);
    if above >= below {
        return (1, 1);
    }
    while above.is_multiple_of(2) && below.is_multiple_of(2) {
        above /= 2;
        below /= 2;
    }
    (above, below)
}

fn check_sign_test(test: &SignTest, rises: usize, ties: usize, falls: usize) {
    let counts = (test.increased, test.ties, test.decreased);
    assert_eq!(counts, (rises as u64, ties as u64, falls as u64));
    let (above, below) = two_sided(rises, falls);
    let exact = match below {
        1 => above.to_string(),
        _ => format!("{above}/{below}"),
    };
    assert_eq!(test.exact, exact);
    let scaled = above * TO_12;
    let rounded = scaled / below + u128::from(scaled % below * 2 >= below);
    let rounded = i64::try_from(rounded).expect("not above 1");
    assert_eq!(test.p_value, Decimal::new(rounded, 12).normalize());
}

/// Of all ways to give each change a sign, how many have a median at least as far from 0 as the one observed.
fn as_extreme(changes: &[i64]) -> (u64, u64) {
    let observed = twice_median(changes.to_vec()).expect("a change").abs();
    let ways = 1_u64 << changes.len();
    let is_extreme = |signs: &u64| {
        let signed = changes.iter().enumerate();
        let signed = signed.map(|(place, one)| if signs >> place & 1 == 1 { -one } else { *one });
        twice_median(signed.collect()).expect("a change").abs() >= observed
    };
    ((0..ways).filter(is_extreme).count() as u64, ways)
}

/// Recipients whose values rose, stayed and fell by one.
fn moved(rises: usize, ties: usize, falls: usize) -> Vec<One> {
    let one = |change: i64| (0, [Some((0, None)), Some((change, None))]);
    let each = [(1, rises), (0, ties), (-1, falls)];
    let each = each.into_iter();
    each.flat_map(|(change, count)| std::iter::repeat_n(one(change), count))
        .collect()
}

fn compared(all: &[One], chance: Chance) -> analytics::indicators::Comparison {
    let half = (0..all.len()).step_by(2).map(code).collect::<BTreeSet<_>>();
    let question = ComparisonQuestion {
        shift: shift_question(&[]),
        groups: vec![("HALF".to_owned(), half)],
        rest: "REST".to_owned(),
        left_out: BTreeSet::new(),
        chance,
    };
    let found = series(all, Unit::Index).comparison(&question);
    found.expect("the values are small")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_change_is_what_pairs_make_in_the_whole_and_in_each_county(all in everybody()) {
        let series = series(&all, Unit::Percent);
        let whole = series.shift(&shift_question(&[])).expect("the values are small");
        prop_assert_eq!(whole.lines.len(), 1);
        check_shift(&whole.lines[0], &all);
        let by_county = series.shift(&shift_question(&[IndicatorDimension::County]));
        let by_county = by_county.expect("the values are small").lines;
        for line in &by_county {
            let county = line.key.county.as_deref().expect("a county");
            let place = ["01", "03", "14"].iter().position(|one| *one == county);
            let own: Vec<One> = all.iter().filter(|one| Some(one.0) == place).copied().collect();
            check_shift(line, &own);
        }
        let sum = |of: fn(&ShiftLine) -> u64| by_county.iter().map(of).sum::<u64>();
        let line = &whole.lines[0];
        prop_assert_eq!(sum(|one| one.pair_count), line.pair_count);
        prop_assert_eq!(sum(|one| one.of), line.of);
        prop_assert_eq!(sum(|one| one.increased), line.increased);
    }

    #[test]
    fn years_the_other_way_round_are_the_mirror(all in everybody()) {
        let turned: Vec<One> = all.iter().map(|(county, [one, other])| (*county, [*other, *one])).collect();
        let line = |all: &[One]| {
            let found = series(all, Unit::Percent).shift(&shift_question(&[]));
            found.expect("the values are small").lines.remove(0)
        };
        let (one, other) = (line(&all), line(&turned));
        prop_assert_eq!((one.increased, one.decreased), (other.decreased, other.increased));
        prop_assert_eq!(one.mean_change.map(|change| -change), other.mean_change);
        prop_assert_eq!(one.median_change.map(|change| -change), other.median_change);
        prop_assert_eq!(&one.baseline.value, &other.follow_up.value);
        prop_assert_eq!(one.improved_share.value, other.worse_share.value);
    }

    #[test]
    fn a_groups_value_is_weighted_by_terms_and_not_by_them(all in everybody()) {
        let question = GroupValueQuestion {
            years: Some(YEARS.to_vec()),
            kind: RecipientKind::Municipality,
            group_by: vec![IndicatorDimension::County],
            today: day(2024, 1, 1),
        };
        let series = series(&all, Unit::Percent);
        let lines = series.group_values(&question).expect("the values are small");
        let whole = GroupValueQuestion { group_by: Vec::new(), ..question };
        let whole = series.group_values(&whole).expect("the values are small");
        for (at, year) in YEARS.iter().enumerate() {
            let answers: Vec<Answer> = all.iter().map(|one| one.1[at]).collect();
            let line = whole.iter().find(|one| one.year == *year).expect("a line a year");
            check_value(line, &answers);
            let of_year = lines.iter().filter(|one| one.year == *year);
            let mut members = 0;
            for line in of_year {
                let county = line.key.county.as_deref().expect("a county");
                let place = ["01", "03", "14"].iter().position(|one| *one == county);
                let own: Vec<Answer> = all.iter().filter(|one| Some(one.0) == place).map(|one| one.1[at]).collect();
                members += own.len();
                check_value(line, &own);
            }
            prop_assert_eq!(members, all.len());
        }
    }

    #[test]
    fn the_sign_test_is_the_exact_binomial_sum(rises in 0_usize..40, ties in 0_usize..4, falls in 0_usize..40) {
        let chance = Chance { seed: 1, rounds: 1 };
        let found = compared(&moved(rises, ties, falls), chance).all.sign_test;
        match found {
            Some(test) => check_sign_test(&test, rises, ties, falls),
            None => prop_assert_eq!(rises + ties + falls, 0),
        }
    }

    #[test]
    fn a_permutation_test_stays_within_its_bounds_and_near_the_exact_share(
        changes in prop::collection::vec(-9_i64..10, 1..9), seed in any::<u64>(),
    ) {
        let rounds = 2_000;
        let all: Vec<One> = changes.iter().map(|change| (0, [Some((0, None)), Some((*change, None))])).collect();
        let chance = Chance { seed, rounds };
        let found = compared(&all, chance);
        let of_groups = found.differences.iter().map(|one| &one.permutation_test);
        let of_changes = found.groups.iter().map(|one| &one.permutation_test);
        let tests = of_groups.chain(of_changes).chain([&found.all.permutation_test]);
        for test in tests.flatten() {
            prop_assert!(test.as_extreme <= u64::from(rounds));
            let above = i64::try_from(test.as_extreme + 1).expect("few rounds");
            prop_assert_eq!(test.p_value, quotient(above, i64::from(rounds) + 1));
        }
        let test = found.all.permutation_test.clone().expect("there are pairs");
        let (extreme, ways) = as_extreme(&changes);
        // More than six standard deviations of 2 000 draws, whatever the share.
        let apart = (test.as_extreme * ways).abs_diff(extreme * u64::from(rounds));
        prop_assert!(apart * 100 <= ways * u64::from(rounds) * 7, "{} of {rounds}, {extreme} of {ways}", test.as_extreme);
        prop_assert_eq!(compared(&all, chance), found, "the same seed gives the same");
    }
}

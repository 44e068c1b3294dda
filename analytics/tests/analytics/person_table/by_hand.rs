//! Tables made by hand: what the attack must find in them, and between patterns that hide as much a key decides.

use std::collections::{BTreeMap, BTreeSet};

use analytics::person_table::{Counts, Pattern, Place, Series, Sex, TieKey};

use super::{Counted, Made, THRESHOLD, WIDTH, counted, published, rows};
use crate::person_attack::{Attack, Spot};

/// Three counties in three years, one small count in each of two.
fn small_table() -> Counted {
    counted(&[
        ("0101", 2020, 6, 8),
        ("0102", 2020, 1, 2),
        ("0101", 2021, 5, 9),
        ("0102", 2021, 7, 6),
        ("0101", 2022, 9, 9),
        ("0103", 2022, 9, 4),
        ("0201", 2020, 1, 1),
        ("0202", 2020, 0, 0),
        ("0201", 2021, 8, 9),
        ("0202", 2021, 5, 9),
        ("0201", 2022, 7, 7),
        ("0203", 2022, 1, 4),
        ("0301", 2020, 9, 7),
        ("0302", 2020, 8, 8),
        ("0301", 2021, 1, 2),
        ("0302", 2021, 0, 0),
        ("0301", 2022, 8, 9),
        ("0303", 2022, 7, 8),
    ])
}

/// A pattern that hides what it must and nothing beside it.
fn small_alone(counted: &Counted) -> Pattern {
    let everything = published(
        counted,
        true,
        &Pattern {
            threshold: THRESHOLD,
            by_sex: true,
            whole: false,
            hidden: BTreeSet::new(),
        },
    );
    let small = everything.places.keys().filter(|spot| {
        everything
            .value(spot)
            .is_some_and(|value| (1..=THRESHOLD).contains(&value))
    });
    let place = |(sex, county, year): &Spot| Place {
        sex: Sex::ALL[*sex],
        county: county.clone(),
        year: *year,
    };
    Pattern {
        threshold: THRESHOLD,
        by_sex: true,
        whole: false,
        hidden: small.map(place).collect(),
    }
}

#[test]
fn the_attack_finds_what_is_hidden_without_anything_beside_it() {
    let counted = small_table();
    let attack = Attack::on(&[published(&counted, true, &small_alone(&counted))]);
    assert!(attack.targets() > 2);
    assert_eq!(
        attack.recovered().len(),
        attack.targets(),
        "each follows from its row"
    );
    assert_eq!(attack.alone().len(), attack.targets());
}

#[test]
fn the_attack_finds_what_two_releases_give_away_together() {
    let first = small_table();
    // The second alone hides all that it must; beside the first it shows what that one hid.
    let mut second = first.clone();
    second.insert(("0201".to_owned(), 2020), (11, 12));
    let alone = |counted: &Counted, key| {
        let mut made = Made {
            key,
            ..Made::default()
        };
        made.release(counted, true).expect("a first release");
        made.hold().expect("it hides what it hides");
        made
    };
    let together = |key: &u8| {
        let releases = [alone(&first, *key), alone(&second, *key)];
        let both = releases.map(|made| made.published[0].clone());
        !Attack::on(&both).recovered().is_empty()
    };
    let key = (0..20)
        .find(together)
        .expect("a count that was hidden is shown, and others with it");
    let mut made = alone(&first, key);
    // Released after the first, it is hidden as well.
    if made.release(&second, true).is_ok() {
        made.hold().expect("both hide what they hide");
    }
}

/// Four counties in two years, the first with a small count, the others alike: whichever of them is hidden beside it, as
/// much is hidden.
fn with_ties(small: i64, less: usize) -> Counted {
    let mut counted = counted(&[]);
    for county in 1..=4_usize {
        for year in [2020, 2021] {
            let count = if county == 1 && year == 2020 {
                small
            } else {
                40
            };
            counted.insert((format!("{county:02}01"), year), (count, 0));
        }
    }
    // What is hidden beside it has another number, with which everything shown stays as it is.
    for (county, year, change) in [(1, 2021, -1), (less, 2020, -1), (less, 2021, 1)] {
        let count = counted.get_mut(&(format!("{county:02}01"), year));
        count.expect("a count").0 += change * (small - 1);
    }
    counted
}

fn pattern_under(key: u8, counted: &Counted) -> Pattern {
    let counts = Counts::of(&rows(counted, false)).expect("small counts");
    let key = TieKey::new([key; 16]);
    Series::default()
        .next(&counts, THRESHOLD, key)
        .expect("a first release")
}

#[test]
fn of_patterns_that_hide_as_much_the_key_takes_one_and_the_counts_do_not() {
    let mut seen: BTreeMap<BTreeSet<Option<String>>, usize> = BTreeMap::new();
    for key in 0..60 {
        let pattern = pattern_under(key, &with_ties(1, 2));
        let counties = pattern.hidden.iter().map(|place| place.county.clone());
        *seen.entry(counties.collect()).or_default() += 1;
        // Whoever tries the tables that agree with what is shown gets the same pattern for each.
        for small in 1..=THRESHOLD {
            for less in 2..=4 {
                let other = pattern_under(key, &with_ties(small, less));
                assert_eq!(
                    other, pattern,
                    "key {key}, {small} instead of 1, by county {less}"
                );
            }
        }
    }
    assert_eq!(
        seen.len(),
        3,
        "one of three counties is hidden beside it: {seen:?}"
    );
    assert!(
        seen.values().all(|count| *count >= 8),
        "each about as often: {seen:?}"
    );
}

#[test]
fn the_attack_finds_what_has_two_values_and_no_more() {
    // 3 can be 4, and nothing else: below it the other count of its year would pass 4, above it it would itself.
    let counted = counted(&[
        ("0101", 2020, 3, 0),
        ("0101", 2021, 6, 0),
        ("0201", 2020, 4, 0),
        ("0201", 2021, 5, 0),
    ]);
    let place = |county: &str, year| Place {
        sex: Sex::Total,
        county: Some(county.to_owned()),
        year: Some(year),
    };
    let pattern = Pattern {
        threshold: THRESHOLD,
        by_sex: false,
        whole: false,
        hidden: [("01", 2020), ("01", 2021), ("02", 2020), ("02", 2021)]
            .map(|(county, year)| place(county, year))
            .into(),
    };
    let attack = Attack::on(&[published(&counted, false, &pattern)]);
    assert_eq!(attack.targets(), 4);
    assert_eq!(
        attack.alone(),
        Vec::<String>::new(),
        "each has a second value"
    );
    assert_eq!(
        attack.narrow(WIDTH).len(),
        4,
        "each is narrower than it may be"
    );
}

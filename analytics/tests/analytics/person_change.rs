//! The whole country's change in counts of persons, told in one release after another.

use analytics::person_table::Counts;

use crate::person_table::{Counted, counted, rows};

fn before() -> Counted {
    let mut before = Counted::new();
    for number in 1..=12 {
        for year in [2020, 2021, 2022] {
            before.insert((format!("01{number:02}"), year), (3, 4));
        }
    }
    before
}

/// Whether the change from 2020 to 2022 may be told after a correction.
fn may_be_told(correction: &[(&str, i32, i64, i64)]) -> bool {
    let mut now = before();
    now.extend(counted(correction));
    told(&before(), &now)
}

fn told(before: &Counted, now: &Counted) -> bool {
    let of = |counted: &Counted| Counts::of(&rows(counted, true)).expect("small counts");
    of(now).change_may_be_told(&[of(before)], [2020, 2022], 4)
}

#[test]
fn the_change_tells_nothing_of_one_municipality_or_two() {
    assert!(may_be_told(&[]), "nothing differs");
    assert!(
        may_be_told(&[("0101", 2021, 30, 9)]),
        "another year is no part of it"
    );
    assert!(!may_be_told(&[("0101", 2020, 30, 9)]), "one");
    assert!(
        !may_be_told(&[("0101", 2020, 30, 9), ("0102", 2022, 50, 9)]),
        "two"
    );
    assert!(
        may_be_told(&[
            ("0101", 2020, 30, 9),
            ("0102", 2022, 50, 9),
            ("0103", 2022, 7, 9)
        ]),
        "three"
    );
    assert!(
        !may_be_told(&[
            ("0101", 2020, 4, 4),
            ("0102", 2020, 4, 4),
            ("0103", 2020, 4, 4)
        ]),
        "three, by a small number"
    );
}

#[test]
fn one_that_reports_at_last_is_one_that_differs() {
    let mut without = before();
    without.remove(&("0105".to_owned(), 2022));
    assert!(
        !told(&without, &before()),
        "its count would be what the pairs have more"
    );
    assert!(!told(&before(), &without));
}

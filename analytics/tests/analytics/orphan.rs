//! Orphans: worked out by hand, and what holds whatever the rows.

use std::collections::BTreeSet;

use analytics::plan::{Held, OrphanKind, OrphanRows, Planned};
use proptest::prelude::*;

fn planned(row_id: i64, main_activity: &str, responsible: &[&str]) -> Planned {
    Planned {
        row_id,
        main_activity: main_activity.to_owned(),
        responsible: responsible.iter().map(|&code| code.to_owned()).collect(),
    }
}

fn held(row_id: i64, main_activity: &str, organisation: &str) -> Held {
    Held {
        row_id,
        main_activity: main_activity.to_owned(),
        organisation: organisation.to_owned(),
    }
}

fn rows(planned: Vec<Planned>, held: Vec<Held>) -> OrphanRows {
    let area = |number: &str, area: &str| (number.to_owned(), Some(area.to_owned()));
    OrphanRows {
        planned,
        held,
        main_activities: vec![
            area("1", "d1"),
            area("4", "d4"),
            area("4a", "d4"),
            area("12", "d5"),
        ],
        development_areas: ["d1", "d2", "d4", "d5"].map(str::to_owned).to_vec(),
        together: (
            "boards".to_owned(),
            BTreeSet::from(["board1".to_owned(), "board2".to_owned()]),
        ),
    }
}

fn pairs(rows: &OrphanRows) -> Vec<(String, String, OrphanKind, Vec<i64>)> {
    let found = rows.orphans().pairs.into_iter();
    found
        .map(|one| (one.main_activity, one.organisation, one.kind, one.rows))
        .collect()
}

#[test]
fn each_side_without_the_other_is_told_with_its_rows() {
    let rows = rows(
        vec![
            planned(1, "4a", &["a", "b"]),
            planned(2, "4b", &["a"]),
            planned(3, "12", &["a"]),
        ],
        vec![
            held(10, "4", "b"),
            held(12, "12", "c"),
            held(11, "12", "c"),
            held(13, "1", "a"),
        ],
    );
    let of = |main: &str, organisation: &str, kind, rows: &[i64]| {
        (
            main.to_owned(),
            organisation.to_owned(),
            kind,
            rows.to_vec(),
        )
    };
    assert_eq!(
        pairs(&rows),
        [
            of("1", "a", OrphanKind::Held, &[13]),
            of("4", "a", OrphanKind::Planned, &[1, 2]),
            of("12", "a", OrphanKind::Planned, &[3]),
            of("12", "c", OrphanKind::Held, &[11, 12]),
        ]
    );
    assert_eq!(rows.orphans().development_areas, ["d2"]);
}

#[test]
fn boards_that_are_responsible_together_answer_for_each_other() {
    let together = rows(
        vec![planned(1, "1", &["boards"]), planned(2, "4", &["boards"])],
        vec![held(10, "1", "board2")],
    );
    let found = pairs(&together);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].0.as_str(), found[0].2),
        ("4", OrphanKind::Planned)
    );
    // One board's own plan is not met by another's event.
    let alone = rows(
        vec![planned(1, "1", &["board1"])],
        vec![held(10, "1", "board2")],
    );
    assert_eq!(pairs(&alone).len(), 2);
}

prop_compose! {
    fn some_rows()(
        planned in prop::collection::vec((0..4usize, prop::collection::btree_set(0..5usize, 0..3)), 0..8),
        held in prop::collection::vec((0..4usize, 0..5usize), 0..8),
    ) -> OrphanRows {
        let numbers = ["1", "4", "4a", "12"];
        let codes = ["a", "b", "board1", "board2", "boards"];
        rows(
            (1..).zip(planned).map(|(row, (main, responsible))| Planned {
                row_id: row,
                main_activity: numbers[main].to_owned(),
                responsible: responsible.into_iter().map(|at| codes[at].to_owned()).collect(),
            }).collect(),
            (100..).zip(held).map(|(row, (main, at))| held_of(row, numbers[main], codes[at])).collect(),
        )
    }
}

fn held_of(row_id: i64, main_activity: &str, organisation: &str) -> Held {
    held(row_id, main_activity, organisation)
}

/// Who may answer for whom, asked pair by pair.
fn answers(rows: &OrphanRows, one: &str, other: &str) -> bool {
    let (code, members) = &rows.together;
    one == other
        || (one == code && members.contains(other))
        || (other == code && members.contains(one))
}

fn main(number: &str) -> &str {
    number.trim_end_matches(char::is_alphabetic)
}

proptest! {
    #[test]
    fn a_row_is_an_orphan_where_nobody_answers(rows in some_rows()) {
        let told: BTreeSet<(i64, String)> = rows.orphans().pairs.into_iter()
            .flat_map(|one| one.rows.into_iter().map(move |row| (row, one.organisation.clone())))
            .collect();
        let mut naive = BTreeSet::new();
        for activity in &rows.planned {
            for organisation in &activity.responsible {
                let met = rows.held.iter().any(|event| main(&event.main_activity) == main(&activity.main_activity)
                    && answers(&rows, organisation, &event.organisation));
                if !met {
                    naive.insert((activity.row_id, organisation.clone()));
                }
            }
        }
        for event in &rows.held {
            let met = rows.planned.iter().any(|activity| main(&event.main_activity) == main(&activity.main_activity)
                && activity.responsible.iter().any(|code| answers(&rows, &event.organisation, code)));
            if !met {
                naive.insert((event.row_id, event.organisation.clone()));
            }
        }
        prop_assert_eq!(told, naive);
    }
}

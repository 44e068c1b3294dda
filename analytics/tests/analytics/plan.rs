//! The plan: figures worked out by hand, and what holds whatever the rows.

use std::collections::BTreeSet;

use analytics::figure::Absent;
use analytics::plan::{
    Activity, ActivityState, ChangeKind, Comparison, DeviationRow, DeviationState, PlanRows,
    Progress, ProgressGroup, Report, Standing, deviations,
};
use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fund_rows::day;

fn activity(version: i64, row: i64, responsible: &[&str], end_year: i32) -> Activity {
    Activity {
        version,
        row,
        title: format!("Delaktivitet {row}"),
        responsible: responsible.iter().map(|&code| code.to_owned()).collect(),
        start_year: 2020,
        end_year,
        main_activity: "4a".to_owned(),
        development_area: Some("d4".to_owned()),
    }
}

fn report(row: i64, organisation: &str, per_date: NaiveDate, state: ActivityState) -> Report {
    Report {
        row_id: row,
        version: 1,
        row,
        organisation: organisation.to_owned(),
        per_date,
        state,
        completed_on: None,
    }
}

fn counts(progress: &Progress) -> [u64; 6] {
    ActivityState::ALL.map(|state| {
        let of = progress.states.iter().find(|one| one.state == state);
        of.expect("every state is listed").count
    })
}

/// Row 1 is one organisation's, row 2 two organisations', row 3 nobody reports on.
fn rows() -> PlanRows {
    let completed = |row, organisation, on: NaiveDate| Report {
        completed_on: Some(on),
        ..report(
            row,
            organisation,
            day(2022, 6, 30),
            ActivityState::Completed,
        )
    };
    PlanRows {
        activities: vec![
            activity(1, 1, &["a"], 2021),
            activity(1, 2, &["a", "b"], 2021),
            activity(1, 3, &["b"], 2022),
            activity(2, 1, &["a"], 2021),
        ],
        reports: vec![
            report(1, "a", day(2021, 6, 30), ActivityState::Ongoing),
            completed(1, "a", day(2022, 1, 10)),
            report(2, "a", day(2021, 6, 30), ActivityState::Delayed),
            completed(2, "a", day(2021, 12, 31)),
            report(2, "b", day(2021, 7, 1), ActivityState::Delayed),
            // Nobody asked c, which is not responsible, nor anybody of version 2.
            report(1, "c", day(2021, 7, 1), ActivityState::NotStarted),
        ],
    }
}

#[test]
fn the_last_report_by_the_day_counts_and_the_least_advanced_decides() {
    let standing = |on| Standing::of(&rows(), 1, on);
    let states = |on| {
        let found = standing(on).activities;
        found.iter().map(|one| one.state).collect::<Vec<_>>()
    };
    use ActivityState::{Completed, Delayed, NotReported, Ongoing};
    assert_eq!(states(day(2021, 6, 29)), [NotReported; 3]);
    assert_eq!(
        states(day(2021, 6, 30)),
        [Ongoing, NotReported, NotReported]
    );
    assert_eq!(states(day(2021, 7, 1)), [Ongoing, Delayed, NotReported]);
    assert_eq!(states(day(2022, 6, 30)), [Completed, Delayed, NotReported]);
    // Of two equally delayed, the later report decides; then b alone is.
    assert_eq!(
        standing(day(2021, 7, 1)).activities[1].decided_by,
        Some(1),
        "b's report is a day later"
    );
    let last = standing(day(2022, 6, 30));
    let first = &last.activities[0];
    assert_eq!(
        (first.completed_on, first.on_time, first.late.days),
        (Some(day(2022, 1, 10)), false, Some(10))
    );
    // 2021-12-31 to 2022-06-30 is 181 days; a completed its part on the last day.
    let second = &last.activities[1];
    assert_eq!((second.completed_on, second.late.days), (None, Some(181)));
    assert!(second.own[0].on_time);
    assert_eq!(last.activities[2].late.absent, Some(Absent::NotDue));
    assert_eq!(counts(&last.progress), [1, 0, 1, 0, 1, 0]);
    assert_eq!(
        (last.progress.completed_on_time, last.progress.late),
        (0, 2)
    );
}

#[test]
fn an_organisation_is_read_by_its_activities_and_by_its_own_states() {
    let standing = Standing::of(&rows(), 1, day(2022, 6, 30));
    let of = |groups: &[ProgressGroup], code: &str| {
        let found = groups.iter().find(|one| one.code.as_deref() == Some(code));
        counts(&found.expect("a group").progress)
    };
    assert_eq!(of(&standing.by_organisation, "a"), [0, 0, 1, 0, 1, 0]);
    assert_eq!(of(&standing.by_own_state, "a"), [0, 0, 0, 0, 2, 0]);
    assert_eq!(of(&standing.by_organisation, "b"), [1, 0, 1, 0, 0, 0]);
    assert_eq!(
        of(&standing.by_main_activity, "4"),
        [1, 0, 1, 0, 1, 0],
        "4a is a part of 4"
    );
    assert_eq!(of(&standing.by_development_area, "d4"), [1, 0, 1, 0, 1, 0]);
}

#[test]
fn who_has_never_or_not_lately_reported_is_silent() {
    let standing = Standing::of(&rows(), 1, day(2022, 6, 30));
    let silent = |since| {
        let found = standing.silent(since).into_iter();
        let short = found.map(|one| (one.row, one.organisation, one.last_report));
        short.collect::<Vec<_>>()
    };
    assert_eq!(silent(None), [(3, "b".to_owned(), None)]);
    assert_eq!(
        silent(Some(day(2022, 1, 1))),
        [
            (2, "b".to_owned(), Some(day(2021, 7, 1))),
            (3, "b".to_owned(), None)
        ]
    );
    let before = Standing::of(&rows(), 1, day(2019, 12, 31)).silent(None);
    assert!(before.iter().all(|one| one.reason == Absent::NotDue));
    assert_eq!(before.len(), 4, "whoever is responsible, nobody else");
}

fn state() -> impl Strategy<Value = ActivityState> {
    prop::sample::select(&ActivityState::ALL[1..])
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (2019..2024_i32, 1..13_u32, 1..29_u32).prop_map(|(year, month, of)| day(year, month, of))
}

fn activities() -> impl Strategy<Value = Vec<Activity>> {
    let codes = prop::sample::subsequence(vec!["a", "b", "c"], 1..=3);
    let one = (1..3_i64, 1..6_i64, codes, 2019..2024_i32, 0..3_usize);
    prop::collection::vec(one, 0..12).prop_map(|found| {
        let mut seen = BTreeSet::new();
        let new = found
            .into_iter()
            .filter(|(version, row, ..)| seen.insert((*version, *row)));
        new.map(|(version, row, codes, end, other)| Activity {
            title: ["x", "y", "z"][other].to_owned(),
            main_activity: ["1", "4a", "4b"][other].to_owned(),
            development_area: (other > 0).then(|| "d".to_owned()),
            ..activity(version, row, &codes, end)
        })
        .collect()
    })
}

fn any_rows() -> impl Strategy<Value = PlanRows> {
    let one = (1..3_i64, 1..6_i64, 0..3_usize, days(), state(), days());
    let reports = prop::collection::vec(one, 0..25).prop_map(|found| {
        let each = found.into_iter().enumerate();
        each.map(
            |(index, (version, row, code, per_date, state, on))| Report {
                row_id: i64::try_from(index).expect("small"),
                version,
                completed_on: (state == ActivityState::Completed).then_some(on),
                ..report(row, ["a", "b", "c"][code], per_date, state)
            },
        )
        .collect()
    });
    (activities(), reports).prop_map(|(activities, reports)| PlanRows {
        activities,
        reports,
    })
}

fn check(progress: &Progress) -> Result<(), TestCaseError> {
    let sum: u64 = progress.states.iter().map(|one| one.count).sum();
    prop_assert_eq!(sum, progress.activity_count);
    for one in &progress.states {
        prop_assert_eq!(one.share.value.is_none(), one.share.absent.is_some());
        prop_assert_eq!(
            one.share.denominator,
            Some(Decimal::from(progress.activity_count))
        );
    }
    let numerators: Decimal = progress
        .states
        .iter()
        .filter_map(|one| one.share.numerator)
        .sum();
    prop_assert_eq!(
        numerators,
        Decimal::from(progress.activity_count),
        "the shares add up to 1"
    );
    prop_assert!(progress.completed_on_time <= counts(progress)[4]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn shares_add_up_and_groups_hold_the_same_activities(rows in any_rows(), on in days()) {
        let standing = Standing::of(&rows, 1, on);
        check(&standing.progress)?;
        for groups in [&standing.by_organisation, &standing.by_own_state, &standing.by_main_activity, &standing.by_development_area] {
            for group in groups {
                check(&group.progress)?;
                prop_assert!(group.progress.activity_count > 0);
            }
        }
        for groups in [&standing.by_main_activity, &standing.by_development_area] {
            let mut sum = [0; 6];
            for group in groups {
                for (at, count) in counts(&group.progress).into_iter().enumerate() {
                    sum[at] += count;
                }
            }
            prop_assert_eq!(sum, counts(&standing.progress), "each activity is in one group");
        }
        let pairs: u64 = standing.activities.iter().map(|one| one.own.len() as u64).sum();
        for groups in [&standing.by_organisation, &standing.by_own_state] {
            let counted: u64 = groups.iter().map(|group| group.progress.activity_count).sum();
            prop_assert_eq!(counted, pairs);
        }
        for one in &standing.activities {
            prop_assert_eq!(one.late.days.is_none(), one.late.absent.is_some());
            let least = one.own.iter().map(|own| own.state).min();
            prop_assert_eq!(Some(one.state), least);
            prop_assert!(!one.on_time || one.late.days == Some(0));
        }
    }

    #[test]
    fn what_is_silent_has_no_report_and_the_others_have(rows in any_rows(), on in days()) {
        let standing = Standing::of(&rows, 1, on);
        let silent: BTreeSet<(i64, String)> =
            standing.silent(None).into_iter().map(|one| (one.row, one.organisation)).collect();
        for activity in rows.activities.iter().filter(|one| one.version == 1) {
            for code in &activity.responsible {
                let told = rows.reports.iter().any(|one| one.version == 1 && one.row == activity.row
                    && one.organisation == *code && one.per_date <= on);
                prop_assert_eq!(told, !silent.contains(&(activity.row, code.clone())));
            }
        }
    }

    #[test]
    fn a_deviation_is_open_until_it_is_decided_and_never_both(
        told in prop::collection::vec((days(), prop::option::of(days())), 0..12), on in days(), later in 0..400_i64,
    ) {
        let rows: Vec<DeviationRow> = (1..).zip(&told).map(|(row_id, (per_date, decided))| DeviationRow {
            row_id, version: 1, row: row_id, organisation: "a".to_owned(), per_date: *per_date,
            decision: decided.map(|day| (100 + row_id, day)),
        }).collect();
        let found = deviations(&rows, on);
        prop_assert_eq!(found.len(), told.iter().filter(|(per_date, _)| *per_date <= on).count());
        for one in &found {
            let decided = one.told.decision.is_some_and(|(_, day)| day <= on);
            prop_assert_eq!(one.state == DeviationState::Decided, decided);
            prop_assert!(one.days_open >= 0);
        }
        // What is decided stays decided, as long ago.
        let after = deviations(&rows, on + chrono::TimeDelta::days(later));
        for one in found.iter().filter(|one| one.state == DeviationState::Decided) {
            prop_assert!(after.contains(one));
        }
    }

    #[test]
    fn a_comparison_the_other_way_round_is_its_mirror(rows in any_rows()) {
        let (there, back) = (Comparison::of(&rows, 1, 2), Comparison::of(&rows, 2, 1));
        let short = |found: &Comparison, turned: bool| -> Vec<_> {
            let kind = |kind| match kind {
                ChangeKind::Added if turned => ChangeKind::Dropped,
                ChangeKind::Dropped if turned => ChangeKind::Added,
                other => other,
            };
            let mut all: Vec<_> = found.changes.iter().map(|one| {
                let (before, after) = (one.before.clone(), one.after.clone());
                let (before, after) = if turned { (after, before) } else { (before, after) };
                (one.row, kind(one.kind), before.map(|one| one.end_year), after.map(|one| one.end_year))
            }).collect();
            all.sort();
            all
        };
        prop_assert_eq!(short(&there, false), short(&back, true));
        prop_assert_eq!(there.slip.sum_of_years, -back.slip.sum_of_years);
        prop_assert_eq!((there.slip.later, there.slip.added), (back.slip.earlier, back.slip.dropped));
        prop_assert_eq!(there.slip.common, there.slip.later + there.slip.earlier + there.slip.unmoved);
        prop_assert!(Comparison::of(&rows, 1, 1).changes.is_empty(), "nothing differs from itself");
    }
}

//! Equality over the country: distributions, gaps, groups without a value.

use analytics::figure::{Absent, RecipientKind};
use analytics::fund_usage::{
    Equality, EqualityMeasure, EqualityQuestion, FundDimension, FundFilter, FundFrame, FundRows,
};

use crate::fund_rows::{day, report, rows, text};

fn ask(rows: &FundRows, measure: EqualityMeasure, years: &[i32]) -> Equality {
    let question = EqualityQuestion {
        measure,
        filter: FundFilter {
            grant_years: Some(years.to_vec()),
            recipient_kinds: Some(vec![RecipientKind::Municipality]),
            ..FundFilter::default()
        },
        group_by: vec![FundDimension::County],
        today: day(2018, 1, 1),
    };
    let frame = FundFrame::build(rows).expect("the rows are good");
    frame.equality(&question).expect("the question is good")
}

fn groups(equality: &Equality) -> Vec<String> {
    let groups = equality.groups.iter();
    groups
        .map(|group| {
            let county = group.key.county.as_deref().unwrap_or("-");
            format!("{county} {}", text(&group.rate))
        })
        .collect()
}

#[test]
fn a_county_without_a_rate_is_left_out_and_counted() {
    let found = ask(&rows(), EqualityMeasure::UsageRate, &[2016]);
    assert_eq!(
        groups(&found),
        [
            "01 50.00/100.00=0.5 1/1",
            "14 0.00/0.00=- NothingToDivide 0/1 NotReported×1",
        ]
    );
    assert_eq!(found.groups_without_value, 1);
    assert_eq!(found.gap.unwrap().difference.to_string(), "0");
    assert_eq!((found.distribution.n, found.distribution.of), (1, 2));
}

#[test]
fn the_gap_is_between_the_groups_own_rates() {
    let mut rows = rows();
    rows.usage_reports
        .push(report("KOM-2016", "1480", [20_000, 0], 0));
    let found = ask(&rows, EqualityMeasure::UsageRate, &[2016]);
    let gap = found.gap.unwrap();
    assert_eq!(gap.difference.to_string(), "0.5");
    assert_eq!(gap.highest.key.county.as_deref(), Some("14"));
    assert_eq!(gap.lowest.key.county.as_deref(), Some("01"));
    assert_eq!(found.gap_absent, None);
    // 1/2 and 1: Σ Σ |xᵢ − xⱼ| / (2 n² mean) = 1 / (8 · 3/4).
    assert_eq!(found.inequality.gini.unwrap().to_string(), "0.166666666667");
    assert_eq!(
        found.inequality.p90_to_p10.unwrap().to_string(),
        "1.727272727273"
    );
}

#[test]
fn of_equals_the_last_by_key_is_highest_and_the_first_lowest() {
    let mut rows = rows();
    rows.usage_reports
        .push(report("KOM-2016", "1480", [10_000, 0], 10_000));
    let gap = ask(&rows, EqualityMeasure::UsageRate, &[2016]).gap.unwrap();
    assert_eq!(gap.difference.to_string(), "0");
    assert_eq!(gap.highest.key.county.as_deref(), Some("14"));
    assert_eq!(gap.lowest.key.county.as_deref(), Some("01"));
}

#[test]
fn the_unpaid_count_only_among_all_eligible() {
    let paid = ask(&rows(), EqualityMeasure::PaidPerInhabitant, &[2016]);
    assert_eq!((paid.distribution.n, paid.distribution.of), (2, 2));
    assert_eq!(
        groups(&paid),
        ["01 100.00/400=0.25 1/1", "14 200.00/5000=0.04 1/1"]
    );
    let all = ask(
        &rows(),
        EqualityMeasure::PaidPerInhabitantAllEligible,
        &[2016],
    );
    assert_eq!((all.distribution.n, all.distribution.of), (3, 3));
    assert_eq!(all.distribution.median.unwrap().to_string(), "0.04");
    assert_eq!(
        groups(&all),
        [
            "01 100.00/700=0.142857142857 2/2",
            "14 200.00/5000=0.04 1/1"
        ]
    );
    assert_eq!(all.gap.unwrap().difference.to_string(), "0.102857142857");
}

#[test]
fn kronor_per_inhabitant_over_several_years_are_not_applicable() {
    let found = ask(&rows(), EqualityMeasure::PaidPerInhabitant, &[2016, 2017]);
    let reason = Some(Absent::NotApplicable);
    assert_eq!(found.distribution.absent, reason);
    assert_eq!(found.inequality.absent, reason);
    assert_eq!((found.gap, found.gap_absent), (None, reason));
    assert!(found.groups.iter().all(|group| group.rate.absent == reason));
    assert_eq!(found.groups_without_value, 2);
}

#[test]
fn nobody_is_nothing_to_divide() {
    let found = ask(&rows(), EqualityMeasure::UsageRate, &[2020]);
    let reason = Some(Absent::NothingToDivide);
    assert_eq!((found.gap, found.gap_absent), (None, reason));
    assert_eq!(
        (found.distribution.absent, found.inequality.absent),
        (reason, reason)
    );
    assert!(found.groups.is_empty());
}

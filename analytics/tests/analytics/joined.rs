//! A frame that is joined of parts answers as the one that all rows together make.

use std::sync::Arc;

use analytics::Error;
use analytics::fund_usage::{
    EqualityMeasure, EqualityQuestion, FundDimension, FundFilter, FundFrame, FundQuestion, FundRows,
};
use chrono::NaiveDate;
use proptest::prelude::*;

use crate::fund_balance::{groupings, random_rows, succession, today};
use crate::fund_rows::{amount, rows};

/// The rows of the rounds that are named; registers as they are.
fn of_rounds(rows: &FundRows, named: impl Fn(&str) -> bool) -> FundRows {
    let mut part = rows.clone();
    part.rounds.retain(|one| named(&one.code));
    part.allocations.retain(|one| named(&one.round));
    part.requisitions.retain(|one| named(&one.round));
    part.applications.retain(|one| named(&one.round));
    part.payments.retain(|one| named(&one.round));
    part.usage_reports.retain(|one| named(&one.round));
    part.repayments.retain(|one| named(&one.round));
    part
}

/// Joined of parts, of which each has the rounds whose place the number gives it.
fn joined(rows: &FundRows, parts: &[usize]) -> Result<FundFrame, Error> {
    let of = |code: &str| {
        let place = rows.rounds.iter().position(|one| one.code == code);
        place.map_or(0, |place| parts[place % parts.len()])
    };
    let last = parts.iter().max().copied().unwrap_or(0);
    let parts: Result<Vec<_>, Error> = (0..=last)
        .map(|part| FundFrame::build(&of_rounds(rows, |code| of(code) == part)).map(Arc::new))
        .collect();
    FundFrame::join(&parts?)
}

/// The pairs behind each line by their codes, with what of the register was used.
fn behind(frame: &FundFrame, question: &FundQuestion) -> Vec<Vec<String>> {
    let pairs = frame.line_pairs().expect("the pairs are read");
    let lines = frame.pairs_of_lines(question).expect("a good question");
    let name = |number: &usize| format!("{:?}", pairs[*number]);
    let sorted = |line: &Vec<usize>| {
        let mut names: Vec<String> = line.iter().map(name).collect();
        names.sort_unstable();
        names
    };
    lines.iter().map(sorted).collect()
}

fn check(rows: &FundRows, parts: &[usize], today: NaiveDate) -> Result<(), TestCaseError> {
    let whole = FundFrame::build(rows).expect("the amounts are small");
    let joined = joined(rows, parts).expect("the amounts are small");
    prop_assert_eq!(joined.paid_by_year(), whole.paid_by_year());
    for group_by in groupings() {
        let question = FundQuestion {
            group_by,
            filter: FundFilter::default(),
            today,
        };
        let usage = |frame: &FundFrame| frame.usage(&question).expect("a good question");
        prop_assert_eq!(usage(&joined), usage(&whole));
        prop_assert_eq!(behind(&joined, &question), behind(&whole, &question));
    }
    for measure in [
        EqualityMeasure::UsageRate,
        EqualityMeasure::PaidPerInhabitantAllEligible,
    ] {
        let question = EqualityQuestion {
            measure,
            filter: FundFilter {
                grant_years: Some(vec![2016]),
                recipient_kinds: None,
                ..FundFilter::default()
            },
            group_by: vec![FundDimension::County],
            today,
        };
        let equality = |frame: &FundFrame| frame.equality(&question).expect("a good question");
        prop_assert_eq!(equality(&joined), equality(&whole));
    }
    Ok(())
}

proptest! {
    // Each case asks nine groupings of an engine built without optimisation.
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn parts_answer_as_the_whole(
        rows in random_rows(),
        succession in prop::option::of(succession()),
        today in today(),
        parts in prop::collection::vec(0_usize..3, 3),
    ) {
        check(&FundRows { succession, ..rows }, &parts, today)?;
    }
}

#[test]
fn parts_of_the_example_answer_as_the_whole() {
    let today = crate::fund_rows::day(2017, 4, 1);
    for parts in [vec![0], vec![0, 1], vec![0, 1, 2, 3], vec![3, 1, 1, 0]] {
        check(&rows(), &parts, today).expect("the same");
    }
}

#[test]
fn what_could_wrap_together_is_refused_though_each_part_could_not() {
    let mut rows = rows();
    rows.payments.push(amount("KOM-2016", "0114", i64::MAX / 2));
    rows.payments.push(amount("KOM-2017", "0114", i64::MAX / 2));
    assert!(matches!(
        joined(&rows, &[0, 0, 0, 0]),
        Err(Error::AmountsTooLarge)
    ));
    assert!(matches!(
        joined(&rows, &[0, 1, 2, 3]),
        Err(Error::AmountsTooLarge)
    ));
}

#[test]
fn nothing_joined_is_nothing() {
    let question = FundQuestion {
        group_by: vec![FundDimension::County],
        filter: FundFilter::default(),
        today: crate::fund_rows::day(2017, 4, 1),
    };
    let nothing = FundRows {
        rounds: Vec::new(),
        ..FundRows::default()
    };
    let nothing = FundFrame::build(&nothing).map(Arc::new).expect("no rows");
    let usage = FundFrame::join(&[nothing]).and_then(|frame| frame.usage(&question));
    assert!(usage.expect("an answer").lines.is_empty());
}

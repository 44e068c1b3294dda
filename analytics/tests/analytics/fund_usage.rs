//! Fund usage by kind, county, year: figures worked out by hand.

use analytics::Error;
use analytics::figure::{Absent, RecipientKind};
use analytics::fund_usage::{
    FundDimension, FundFilter, FundFrame, FundLine, FundQuestion, FundUsage,
};
use chrono::NaiveDate;

use crate::fund_rows::{amount, day, rows, text};

fn ask(group_by: &[FundDimension], filter: FundFilter, today: NaiveDate) -> FundUsage {
    let question = FundQuestion {
        group_by: group_by.to_vec(),
        filter,
        today,
    };
    let frame = FundFrame::build(&rows()).expect("the rows are good");
    frame.usage(&question).expect("the question is good")
}

fn late() -> NaiveDate {
    day(2017, 4, 1)
}

fn of_2016() -> FundFilter {
    FundFilter {
        grant_years: Some(vec![2016]),
        ..FundFilter::default()
    }
}

fn codes(usage: &FundUsage) -> Vec<String> {
    let part = |line: &FundLine| {
        let parts = line.key.parts.iter();
        let codes: Vec<String> = parts
            .map(|part| {
                part.code
                    .clone()
                    .unwrap_or_else(|| format!("{:?}", part.absent))
            })
            .collect();
        codes.join(" ")
    };
    usage.lines.iter().map(part).collect()
}

#[test]
fn a_kind_in_a_year() {
    let usage = ask(&[FundDimension::RecipientKind], of_2016(), late());
    assert_eq!(codes(&usage), ["MUNICIPALITY", "REGION", "NGO"]);
    let line = &usage.lines[0];
    assert_eq!(line.key.recipient_kind, Some(RecipientKind::Municipality));
    assert_eq!(
        (line.eligible_count, line.requisitioning_count),
        (Some(3), 2)
    );
    assert_eq!(text(&line.participation_rate), "2/3=0.666666666667 3/3");
    let amounts = [
        line.allocated,
        line.requisitioned,
        line.granted,
        line.redistributed,
        line.paid,
        line.used,
        line.reported_unused,
        line.repaid,
        line.outstanding,
        line.unreported,
        line.unexplained,
    ];
    let expected = [
        "180.00", "280.00", "0.00", "20.00", "300.00", "50.00", "50.00", "40.00", "10.00",
        "200.00", "0.00",
    ];
    assert_eq!(amounts.map(|amount| amount.to_string()), expected);
    assert_eq!(text(&line.usage_rate), "50.00/100.00=0.5 1/2 NotReported×1");
    assert_eq!(
        text(&line.usage_rate_lowest),
        "50.00/300.00=0.166666666667 2/2"
    );
    assert_eq!(
        text(&line.usage_rate_highest),
        "250.00/300.00=0.833333333333 2/2"
    );
    assert_eq!(
        text(&line.paid_per_inhabitant),
        "300.00/5400=0.055555555556 2/2"
    );
    assert_eq!(text(&line.reporting.rate), "1/2=0.5 2/2");
    assert_eq!(
        text(&line.reporting.rate_by_amount),
        "100.00/300.00=0.333333333333 2/2"
    );
    assert_eq!(
        text(&line.reporting.rate_by_population),
        "400/5400=0.074074074074 2/2"
    );
    let spread = &line.usage_rate_distribution;
    assert_eq!((spread.n, spread.of), (1, 2));
    assert_eq!(spread.median.unwrap().to_string(), "0.5");
    let areas: Vec<String> = line
        .use_areas
        .iter()
        .map(|area| format!("{} {} {}", area.area, area.amount, text(&area.share)))
        .collect();
    assert_eq!(
        areas,
        [
            "COORDINATION 30.00 30.00/50.00=0.6 1/2 NotReported×1",
            "NEW_WORKING_METHODS 0.00 0.00/50.00=0 1/2 NotReported×1",
            "OTHER 20.00 20.00/50.00=0.4 1/2 NotReported×1",
        ]
    );
}

#[test]
fn a_deadline_includes_its_day() {
    let usage = ask(&[FundDimension::RecipientKind], of_2016(), late());
    let on_time: Vec<u64> = usage
        .lines
        .iter()
        .map(|line| line.reporting.on_time)
        .collect();
    assert_eq!(on_time, [1, 0, 1]);
}

#[test]
fn a_missing_report_is_not_due_until_its_day_has_passed() {
    let rate = |today| text(&ask(&[], of_2016(), today).total.usage_rate);
    assert_eq!(
        rate(day(2017, 3, 31)),
        "1250.00/1300.00=0.961538461538 3/4 NotDue×1"
    );
    assert_eq!(
        rate(late()),
        "1250.00/1300.00=0.961538461538 3/4 NotReported×1"
    );
}

#[test]
fn associations_apply() {
    let usage = ask(&[FundDimension::RecipientKind], of_2016(), late());
    let line = &usage.lines[2];
    assert_eq!(text(&line.participation_rate), "1/2=0.5 2/2");
    assert_eq!(line.granted.to_string(), "700.00");
    assert_eq!(line.redistributed.to_string(), "0.00");
    assert_eq!(
        text(&line.paid_per_inhabitant),
        "-/-=- NotApplicable 0/1 NotApplicable×1"
    );
    assert_eq!(
        text(&line.reporting.rate_by_population),
        "-/-=- NotApplicable 0/1 NotApplicable×1"
    );
}

#[test]
fn populations_of_several_kinds_are_not_added() {
    let total = ask(&[], of_2016(), late()).total;
    assert_eq!(
        total.paid_per_inhabitant.absent,
        Some(Absent::NotApplicable)
    );
    assert_eq!(
        total.reporting.rate_by_population.absent,
        Some(Absent::NotApplicable)
    );
    assert_eq!(total.eligible_count, Some(6));
}

#[test]
fn a_protected_county_is_a_group_without_code_and_last() {
    let usage = ask(&[FundDimension::County], of_2016(), late());
    assert_eq!(codes(&usage), ["01", "14", "Some(Protected)"]);
    let protected = &usage.lines[2];
    assert_eq!(protected.key.county, None);
    assert_eq!(protected.key.parts[0].absent, Some(Absent::Protected));
    assert_eq!(protected.paid.to_string(), "700.00");
}

#[test]
fn a_filter_by_county_passes_no_protected_ones() {
    let filter = FundFilter {
        counties: Some(vec!["14".to_owned(), "01".to_owned()]),
        ..of_2016()
    };
    assert_eq!(ask(&[], filter, late()).total.paid.to_string(), "800.00");
}

#[test]
fn eligible_has_no_meaning_over_several_years() {
    let municipalities = FundFilter {
        recipient_kinds: Some(vec![RecipientKind::Municipality]),
        ..FundFilter::default()
    };
    let usage = ask(&[FundDimension::GrantYear], municipalities, late());
    assert_eq!(codes(&usage), ["2016", "2017"]);
    assert_eq!(usage.total.eligible_count, None);
    assert_eq!(
        text(&usage.total.participation_rate),
        "-/-=- NotApplicable 0/0"
    );
    assert_eq!(
        usage.total.paid_per_inhabitant.absent,
        Some(Absent::NotApplicable)
    );
    assert_eq!(
        text(&usage.total.reporting.rate_by_population),
        "400/5400=0.074074074074 2/2"
    );
    let second = &usage.lines[1];
    assert_eq!(text(&second.participation_rate), "0/3=0 3/3");
    assert_eq!(text(&second.usage_rate), "0.00/0.00=- NothingToDivide 0/0");
    assert_eq!(
        text(&second.paid_per_inhabitant),
        "0.00/0=- NothingToDivide 0/0"
    );
    assert_eq!(
        second.usage_rate_distribution.absent,
        Some(Absent::NothingToDivide)
    );
}

#[test]
fn a_total_of_nothing_is_zero() {
    let nobody = FundFilter {
        recipients: Some(Vec::new()),
        ..FundFilter::default()
    };
    let usage = ask(
        &[FundDimension::Recipient, FundDimension::Round],
        nobody,
        late(),
    );
    assert!(usage.lines.is_empty());
    assert_eq!(usage.total.paid.to_string(), "0.00");
    assert_eq!(usage.total.eligible_count, Some(0));
    assert_eq!(
        text(&usage.total.participation_rate),
        "0/0=- NothingToDivide 0/0"
    );
    assert_eq!(usage.total.use_areas.len(), 3);
}

#[test]
fn lines_are_sorted_by_the_keys_in_the_order_asked() {
    let asked = [
        FundDimension::Recipient,
        FundDimension::GrantYear,
        FundDimension::Recipient,
    ];
    let usage = ask(&asked, FundFilter::default(), late());
    assert_eq!(usage.grouped_by, asked[..2]);
    let expected = [
        "0114 2016",
        "0114 2017",
        "0115 2016",
        "0115 2017",
        "1480 2016",
        "1480 2017",
        "8020000001 2016",
        "8020000002 2016",
        "R14 2016",
    ];
    assert_eq!(codes(&usage), expected);
    let groups = ask(&[FundDimension::PopulationGroup], of_2016(), late());
    assert_eq!(codes(&groups), ["1", "Some(NotApplicable)"]);
}

#[test]
fn a_recipient_without_population_is_counted_as_missing() {
    let mut rows = rows();
    rows.populations
        .retain(|population| population.recipient != "1480");
    let question = FundQuestion {
        group_by: vec![FundDimension::RecipientKind],
        filter: of_2016(),
        today: late(),
    };
    let usage = FundFrame::build(&rows).unwrap().usage(&question).unwrap();
    let line = &usage.lines[0];
    assert_eq!(
        text(&line.paid_per_inhabitant),
        "100.00/400=0.25 1/2 NotAvailable×1"
    );
    assert_eq!(
        text(&line.reporting.rate_by_population),
        "400/400=1 1/2 NotAvailable×1"
    );
}

#[test]
fn paid_by_year_is_of_all_kinds() {
    let frame = FundFrame::build(&rows()).unwrap();
    let years: Vec<(i32, i64)> = frame.paid_by_year().into_iter().collect();
    assert_eq!(years, [(2016, 150_000), (2017, 0)]);
}

#[test]
fn rows_that_cannot_be_counted_are_an_error() {
    let mut unknown = rows();
    unknown.repayments.push(amount("KOM-2020", "0114", 1));
    let found = FundFrame::build(&unknown);
    assert!(matches!(found, Err(Error::UnknownRound(code)) if code == "KOM-2020"));
    let mut huge = rows();
    huge.payments
        .push(amount("KOM-2016", "0114", i64::MAX - 1_000));
    huge.payments
        .push(amount("KOM-2016", "0114", -(i64::MAX - 1_000)));
    assert!(matches!(
        FundFrame::build(&huge),
        Err(Error::AmountsTooLarge)
    ));
}

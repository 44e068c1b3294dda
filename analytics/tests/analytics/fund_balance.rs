//! The balance holds in every line of every grouping, and lines add up to the total.

use analytics::figure::{Rate, RecipientKind};
use analytics::fund_usage::{
    FundDimension, FundFilter, FundFrame, FundLine, FundQuestion, FundRows,
};
use analytics::register::{RecipientLink, Succession};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fund_rows::{amount, application, day, population, recipient, report, round};

pub(crate) const MUNICIPALITIES: [&str; 4] = ["0114", "0115", "1480", "2580"];
const ASSOCIATIONS: [&str; 2] = ["8020000001", "8020000002"];
pub(crate) const ROUNDS: [&str; 3] = ["KOM-2016", "KOM-2017", "NGO-2016"];

/// One fact about a pair of round and recipient: payments, reversals and reports in any order.
#[derive(Debug, Clone)]
enum Fact {
    Allocation(i64),
    Requisition(i64),
    Payment(i64),
    Repayment(i64),
    Report([i64; 2], i64, u64),
}

fn fact() -> impl Strategy<Value = Fact> {
    let ore = || -1_000_000_i64..3_000_000;
    prop_oneof![
        (0_i64..2_000_000).prop_map(Fact::Allocation),
        (0_i64..2_000_000).prop_map(Fact::Requisition),
        ore().prop_map(Fact::Payment),
        ore().prop_map(Fact::Payment),
        ore().prop_map(Fact::Repayment),
        ([0_i64..900_000, 0..900_000], 0_i64..900_000, 0_u64..800)
            .prop_map(|(used, unused, days)| Fact::Report(used, unused, days)),
    ]
}

pub(crate) fn random_rows() -> impl Strategy<Value = FundRows> {
    let pair = (0..ROUNDS.len(), 0..MUNICIPALITIES.len(), fact());
    prop::collection::vec(pair, 0..40).prop_map(|facts| {
        let mut rows = register();
        for (round, recipient, fact) in facts {
            let code = if ROUNDS[round] == "NGO-2016" {
                ASSOCIATIONS[recipient % ASSOCIATIONS.len()]
            } else {
                MUNICIPALITIES[recipient]
            };
            add(&mut rows, ROUNDS[round], code, fact);
        }
        rows
    })
}

/// Renamed, merged and split codes, of any days: chains, circles and codes that lead nowhere too.
pub(crate) fn succession() -> impl Strategy<Value = Succession> {
    let code = || 0..MUNICIPALITIES.len() + 1;
    let code_of = |index: usize| MUNICIPALITIES.get(index).unwrap_or(&"9999").to_string();
    let link = (code(), code(), today(), any::<bool>());
    let links = prop::collection::vec(link, 0..6);
    (links, today()).prop_map(move |(links, day)| {
        let links = links.into_iter();
        Succession::new(
            day,
            links.map(|(from, to, date, is_split)| RecipientLink {
                row_id: 0,
                from: code_of(from),
                to: code_of(to),
                date,
                is_split,
            }),
        )
    })
}

fn register() -> FundRows {
    use RecipientKind::{Municipality, Ngo};
    let counties = [Some("01"), Some("01"), Some("14"), None];
    let municipalities = MUNICIPALITIES.iter().zip(counties);
    let associations = ASSOCIATIONS.iter().map(|code| recipient(code, Ngo, None));
    FundRows {
        rounds: vec![
            round("KOM-2016", 2016, Municipality),
            round("KOM-2017", 2017, Municipality),
            round("NGO-2016", 2016, Ngo),
        ],
        recipients: municipalities
            .map(|(code, county)| recipient(code, Municipality, county))
            .chain(associations)
            .collect(),
        populations: vec![
            population("0114", 40),
            population("1480", 500),
            population("2580", 7),
        ],
        use_areas: vec!["COORDINATION".to_owned()],
        ..FundRows::default()
    }
}

fn add(rows: &mut FundRows, round: &str, code: &str, fact: Fact) {
    match fact {
        Fact::Allocation(ore) => rows.allocations.push(amount(round, code, ore)),
        Fact::Requisition(ore) if round == "NGO-2016" => {
            rows.applications.push(application(code, ore));
        }
        Fact::Requisition(ore) => rows.requisitions.push(amount(round, code, ore)),
        Fact::Payment(ore) => rows.payments.push(amount(round, code, ore)),
        Fact::Repayment(ore) => rows.repayments.push(amount(round, code, ore)),
        Fact::Report(used, unused, days) => {
            let reported = rows.usage_reports.iter();
            let mut reported = reported.filter(|report| report.round == round);
            if reported.any(|report| report.recipient == code) {
                return;
            }
            let mut report = report(round, code, used, unused);
            report.reported_on = day(2016, 6, 1)
                .checked_add_days(Days::new(days))
                .expect("a day");
            rows.usage_reports.push(report);
        }
    }
}

pub(crate) fn groupings() -> Vec<Vec<FundDimension>> {
    use FundDimension::{County, GrantYear, PopulationGroup, Recipient, RecipientKind, Round};
    vec![
        vec![],
        vec![GrantYear],
        vec![RecipientKind],
        vec![Round],
        vec![County],
        vec![PopulationGroup],
        vec![Recipient],
        vec![County, GrantYear],
        vec![Round, Recipient],
    ]
}

pub(crate) fn today() -> impl Strategy<Value = NaiveDate> {
    (0_u64..1_200).prop_map(|days| {
        day(2016, 1, 1)
            .checked_add_days(Days::new(days))
            .expect("a day")
    })
}

/// What is additive over lines.
fn additive(line: &FundLine) -> [Decimal; 15] {
    [
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
        line.requisitioning_count.into(),
        line.reporting.expected.into(),
        line.reporting.received.into(),
        line.reporting.on_time.into(),
    ]
}

fn rates(line: &FundLine) -> Vec<&Rate> {
    let reporting = &line.reporting;
    let mut rates = vec![
        &line.participation_rate,
        &line.usage_rate,
        &line.usage_rate_lowest,
        &line.usage_rate_highest,
        &line.paid_per_inhabitant,
        &reporting.rate,
        &reporting.rate_by_amount,
        &reporting.rate_by_population,
    ];
    rates.extend(line.use_areas.iter().map(|area| &area.share));
    rates
}

fn check_line(line: &FundLine) -> Result<(), TestCaseError> {
    let explained = line.used + line.repaid + line.outstanding + line.unreported + line.unexplained;
    prop_assert_eq!(line.paid, explained);
    let by_area: Decimal = line.use_areas.iter().map(|area| area.amount).sum();
    prop_assert_eq!(line.used, by_area);
    prop_assert!(line.reporting.on_time <= line.reporting.received);
    prop_assert!(line.reporting.received <= line.reporting.expected);
    if let Some(eligible) = line.eligible_count {
        prop_assert!(line.requisitioning_count <= eligible);
    }
    for rate in rates(line) {
        prop_assert_eq!(rate.absent.is_some(), rate.value.is_none());
        let missing: u64 = rate.missing.iter().map(|missing| missing.count).sum();
        prop_assert_eq!(rate.n + missing, rate.of);
    }
    let spread = &line.usage_rate_distribution;
    prop_assert_eq!(spread.absent.is_some(), spread.mean.is_none());
    prop_assert!(spread.n <= spread.of);
    Ok(())
}

/// Paid by the definition alone, without the frame.
fn paid(rows: &FundRows, reported: bool) -> Decimal {
    let has_reported = |round: &str, recipient: &str| {
        let mut reports = rows.usage_reports.iter();
        reports.any(|report| report.round == round && report.recipient == recipient)
    };
    let payments = rows.payments.iter();
    let ore = payments
        .filter(|row| has_reported(&row.round, &row.recipient) == reported)
        .map(|row| row.ore)
        .sum();
    Decimal::new(ore, 2)
}

proptest! {
    // Each case asks nine groupings of an engine built without optimisation.
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_line_balances_and_lines_add_up(
        rows in random_rows(),
        succession in prop::option::of(succession()),
        today in today(),
    ) {
        let rows = FundRows { succession, ..rows };
        let frame = FundFrame::build(&rows).expect("the amounts are small");
        for group_by in groupings() {
            let question = FundQuestion { group_by, filter: FundFilter::default(), today };
            let usage = frame.usage(&question).expect("the question is good");
            let mut sums = [Decimal::ZERO; 15];
            for line in &usage.lines {
                check_line(line)?;
                for (sum, value) in sums.iter_mut().zip(additive(line)) {
                    *sum += value;
                }
            }
            check_line(&usage.total)?;
            prop_assert_eq!(sums, additive(&usage.total), "{:?}", usage.grouped_by);
            prop_assert!(usage.lines.windows(2).all(|pair| pair[0].key != pair[1].key));
            prop_assert_eq!(usage.total.unreported, paid(&rows, false));
            prop_assert_eq!(usage.total.paid, paid(&rows, false) + paid(&rows, true));
            prop_assert_eq!(usage.total.usage_rate.denominator, Some(paid(&rows, true)));
        }
    }
}

//! Rows for the tests of funds: three municipalities, a region and two associations.

use analytics::figure::{Absent, Rate, RecipientKind};
use analytics::fund_usage::{Amount, Application, FundRows, Outcome, Round, UsageReport};
use analytics::register::{Population, RecipientPeriod};
use chrono::NaiveDate;

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

pub(crate) fn recipient(code: &str, kind: RecipientKind, county: Option<&str>) -> RecipientPeriod {
    let municipality = kind == RecipientKind::Municipality;
    RecipientPeriod {
        code: code.to_owned(),
        kind,
        county: county.map(str::to_owned),
        county_absent: county.is_none().then_some(Absent::Protected),
        population_group: municipality.then_some(1),
        valid_from: None,
        valid_to: None,
    }
}

pub(crate) fn population(recipient: &str, count: i64) -> Population {
    Population {
        recipient: recipient.to_owned(),
        date: day(2014, 12, 31),
        count,
    }
}

pub(crate) fn round(code: &str, year: i32, kind: RecipientKind) -> Round {
    Round {
        code: code.to_owned(),
        year,
        kind,
        by_application: kind == RecipientKind::Ngo,
        report_by: day(year + 1, 3, 31),
        available_ore: 5_000_000_000,
    }
}

pub(crate) fn amount(round: &str, recipient: &str, ore: i64) -> Amount {
    Amount {
        round: round.to_owned(),
        recipient: recipient.to_owned(),
        ore,
    }
}

pub(crate) fn application(recipient: &str, granted_ore: i64) -> Application {
    Application {
        round: "NGO-2016".to_owned(),
        recipient: recipient.to_owned(),
        applied_ore: 90_000,
        outcome: if granted_ore > 0 {
            Outcome::Granted
        } else {
            Outcome::Declined
        },
        granted_ore,
    }
}

pub(crate) fn report(round: &str, recipient: &str, used: [i64; 2], unused: i64) -> UsageReport {
    UsageReport {
        round: round.to_owned(),
        recipient: recipient.to_owned(),
        reported_on: day(2017, 3, 31),
        used: vec![
            ("COORDINATION".to_owned(), used[0]),
            ("OTHER".to_owned(), used[1]),
        ],
        unused_ore: unused,
    }
}

/// Upplands Väsby has used half, Göteborg has not reported, Vallentuna has not asked; the region
/// and one association have reported all used; the other association was declined.
pub(crate) fn rows() -> FundRows {
    use RecipientKind::{Municipality, Ngo, Region};
    let mut late = report("REG-2016", "R14", [0, 50_000], 0);
    late.reported_on = day(2017, 4, 1);
    FundRows {
        rounds: vec![
            round("KOM-2016", 2016, Municipality),
            round("KOM-2017", 2017, Municipality),
            round("REG-2016", 2016, Region),
            round("NGO-2016", 2016, Ngo),
        ],
        recipients: vec![
            recipient("0114", Municipality, Some("01")),
            recipient("0115", Municipality, Some("01")),
            recipient("1480", Municipality, Some("14")),
            recipient("R14", Region, Some("14")),
            recipient("8020000001", Ngo, None),
            recipient("8020000002", Ngo, Some("14")),
        ],
        populations: vec![
            population("0114", 400),
            population("0115", 300),
            population("1480", 5_000),
            population("R14", 16_000),
        ],
        succession: None,
        allocations: vec![
            amount("KOM-2016", "0114", 10_000),
            amount("KOM-2016", "0115", 8_000),
        ],
        requisitions: vec![
            amount("KOM-2016", "0114", 8_000),
            amount("KOM-2016", "0115", 0),
            amount("KOM-2016", "1480", 20_000),
            amount("REG-2016", "R14", 60_000),
        ],
        applications: vec![
            application("8020000001", 70_000),
            application("8020000002", 0),
        ],
        payments: vec![
            amount("KOM-2016", "0114", 12_000),
            amount("KOM-2016", "0114", -2_000),
            amount("KOM-2016", "1480", 20_000),
            amount("REG-2016", "R14", 50_000),
            amount("NGO-2016", "8020000001", 70_000),
        ],
        usage_reports: vec![
            report("KOM-2016", "0114", [3_000, 2_000], 5_000),
            late,
            report("NGO-2016", "8020000001", [70_000, 0], 0),
        ],
        repayments: vec![
            amount("KOM-2016", "0114", 6_000),
            amount("KOM-2016", "0114", -2_000),
        ],
        use_areas: ["COORDINATION", "NEW_WORKING_METHODS", "OTHER"]
            .map(str::to_owned)
            .to_vec(),
    }
}

/// A rate as a reader checks it: `numerator/denominator=value n/of`.
pub(crate) fn text(rate: &Rate) -> String {
    let shown = |value: Option<rust_decimal::Decimal>| {
        value.map_or_else(|| "-".to_owned(), |value| value.to_string())
    };
    let missing: Vec<String> = rate
        .missing
        .iter()
        .map(|missing| format!(" {:?}×{}", missing.reason, missing.count))
        .collect();
    let absent = rate
        .absent
        .map_or_else(String::new, |reason| format!(" {reason:?}"));
    format!(
        "{}/{}={}{absent} {}/{}{}",
        shown(rate.numerator),
        shown(rate.denominator),
        shown(rate.value),
        rate.n,
        rate.of,
        missing.concat(),
    )
}

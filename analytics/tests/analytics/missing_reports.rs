//! Missing reports: worked out by hand, and whatever the rows, fund usage's expected less received.

use analytics::Error;
use analytics::figure::Absent;
use analytics::fund_ledger::{
    FactKind, LedgerFact, LedgerRows, MissingQuestion, MissingReport, missing_reports,
};
use analytics::fund_usage::{FundFilter, FundFrame, FundQuestion};
use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fund_balance::{ROUNDS, today};
use crate::fund_rows::{day, rows};
use crate::ledger_balance::ledger_rows;

fn asked(rows: &LedgerRows, round: &str, on: NaiveDate) -> Result<Vec<MissingReport>, Error> {
    let round = round.to_owned();
    missing_reports(rows, &MissingQuestion { round, on })
}

/// Göteborg alone was paid and has not reported, by 31 March 2017.
#[test]
fn a_report_is_late_from_the_day_after_its_last_day() {
    let payment = |recipient: &str, row_id| LedgerFact {
        round: "KOM-2016".to_owned(),
        recipient: recipient.to_owned(),
        kind: FactKind::Payment,
        row_id,
        on: None,
    };
    let rows = LedgerRows {
        funds: rows(),
        facts: vec![payment("0114", 1), payment("1480", 2), payment("1480", 3)],
        ..LedgerRows::default()
    };
    for (on, days_late, reason) in [
        (day(2016, 12, 31), None, Absent::NotDue),
        (day(2017, 3, 31), None, Absent::NotDue),
        (day(2017, 4, 1), Some(1), Absent::NotReported),
        (day(2018, 3, 31), Some(365), Absent::NotReported),
    ] {
        let found = asked(&rows, "KOM-2016", on).expect("the round is known");
        let expected = MissingReport {
            recipient: "1480".to_owned(),
            paid_ore: 20_000,
            report_by: day(2017, 3, 31),
            days_late,
            rows: vec![2, 3],
        };
        assert_eq!(found, [expected], "{on}");
        assert_eq!(found[0].reason(), reason, "{on}");
    }
    for round in ["KOM-2017", "REG-2016", "NGO-2016"] {
        let found = asked(&rows, round, day(2020, 1, 1)).expect("the round is known");
        assert_eq!(found, Vec::new(), "{round}");
    }
    let unknown = asked(&rows, "X", day(2020, 1, 1));
    assert!(matches!(unknown, Err(Error::UnknownRound(code)) if code == "X"));
}

proptest! {
    #[test]
    fn they_are_what_fund_usage_expects_and_has_not_received(rows in ledger_rows(), on in today()) {
        let frame = FundFrame::build(&rows.funds).expect("the amounts are small");
        for round in ROUNDS.iter().filter(|code| rows.funds.rounds.iter().any(|one| one.code == **code)) {
            let found = asked(&rows, round, on).expect("the amounts are small");
            let rounds = Some(vec![(*round).to_owned()]);
            let filter = FundFilter { rounds, ..FundFilter::default() };
            let question = FundQuestion { group_by: Vec::new(), filter, today: on };
            let usage = frame.usage(&question).expect("the question is good").total;
            let reporting = &usage.reporting;
            prop_assert_eq!(found.len() as u64, reporting.expected - reporting.received);
            let paid: i64 = found.iter().map(|one| one.paid_ore).sum();
            let by_amount = &reporting.rate_by_amount;
            let awaited = by_amount.denominator.zip(by_amount.numerator).map(|(all, received)| all - received);
            prop_assert_eq!(Decimal::new(paid, 2), awaited.unwrap_or_default());
            for reason in [Absent::NotDue, Absent::NotReported] {
                let missing = usage.usage_rate.missing.iter().find(|one| one.reason == reason);
                let own = found.iter().filter(|one| one.reason() == reason).count() as u64;
                prop_assert_eq!(own, missing.map_or(0, |one| one.count));
            }
            prop_assert!(found.iter().all(|one| one.paid_ore > 0 && one.days_late.is_none_or(|days| days > 0)));
        }
    }
}

//! The ledger and redistribution, with figures worked out by hand.

use analytics::figure::{Absent, RecipientKind};
use analytics::fund_ledger::{
    AgeBucket, AgedOf, Amounts, ClaimRow, ClaimStanding, FactKind, FundLedger, LedgerEntry,
    LedgerFact, LedgerPart, LedgerQuestion, LedgerRows, Open, ledger, redistribution,
};
use analytics::fund_usage::{FundFilter, FundRows};
use chrono::NaiveDate;

use crate::fund_rows::{amount, day, recipient, round, rows};

fn fact(recipient: &str, kind: FactKind, row_id: i64, on: NaiveDate) -> LedgerFact {
    LedgerFact {
        round: "KOM-2016".to_owned(),
        recipient: recipient.to_owned(),
        kind,
        row_id,
        on: Some(on),
    }
}

/// Upplands Väsby owes 10 kr: 9 were demanded, of which 1 is waived and 1 withdrawn. Göteborg, which has not reported on
/// 200 kr, is asked for 250.
fn claimed() -> LedgerRows {
    let claim = |recipient: &str, left, due_on, is_deferred| ClaimRow {
        round: "KOM-2016".to_owned(),
        recipient: recipient.to_owned(),
        reference: format!("C-{recipient}"),
        demanded_ore: left,
        paid_ore: 0,
        waived_ore: 0,
        withdrawn_ore: 0,
        left_ore: left,
        due_on: Some(due_on),
        is_deferred,
        row_ids: Vec::new(),
    };
    let mut own = claim("0114", 700, day(2017, 6, 30), false);
    (own.demanded_ore, own.waived_ore, own.withdrawn_ore) = (900, 100, 100);
    LedgerRows {
        funds: rows(),
        facts: vec![
            fact("0114", FactKind::Payment, 1, day(2016, 9, 1)),
            fact("0114", FactKind::Payment, 2, day(2016, 9, 2)),
            fact("0114", FactKind::UsageReport, 3, day(2017, 3, 31)),
            fact("1480", FactKind::Payment, 4, day(2016, 9, 1)),
        ],
        asked: Vec::new(),
        claims: vec![own, claim("1480", 25_000, day(2017, 5, 31), true)],
    }
}

fn asked(rows: &LedgerRows, on: NaiveDate) -> FundLedger {
    let filter = FundFilter::default();
    ledger(rows, &LedgerQuestion { filter, on }).expect("a ledger")
}

fn entry<'a>(found: &'a FundLedger, recipient: &str) -> &'a LedgerEntry {
    let mut of_round = found.entries.iter().filter(|one| one.round == "KOM-2016");
    of_round
        .find(|one| one.recipient == recipient)
        .expect("an entry")
}

/// amount, demanded, deferred, overdue, waived, not demanded.
fn parts(open: Open) -> [i64; 6] {
    [
        open.amount,
        open.demanded,
        open.deferred,
        open.overdue,
        open.waived,
        open.not_demanded,
    ]
}

/// Which money, öre, days, bucket.
fn pieces(entry: &LedgerEntry) -> Vec<(AgedOf, i64, Option<i64>, AgeBucket)> {
    let piece = entry.aged.iter();
    piece
        .map(|one| (one.of, one.ore, one.days, one.bucket))
        .collect()
}

#[test]
fn an_entry_says_what_became_of_the_money_and_what_is_claimed_of_it() {
    let found = asked(&claimed(), day(2017, 7, 10));
    let own = entry(&found, "0114");
    let Amounts {
        paid,
        used,
        repaid,
        unexplained,
        redistributed,
        ..
    } = own.amounts;
    assert_eq!(
        [paid, used, repaid, unexplained, redistributed],
        [10_000, 5_000, 4_000, 0, 2_000]
    );
    assert_eq!(parts(own.amounts.outstanding), [1_000, 0, 0, 700, 100, 200]);
    assert_eq!(own.amounts.overclaimed, 0);
    assert_eq!(own.rows[&FactKind::Payment], [1, 2]);
    assert_eq!(own.oldest_days(), Some(101), "31 March to 10 July");
    let other = entry(&found, "1480");
    assert_eq!(
        parts(other.amounts.unreported),
        [20_000, 0, 0, 25_000, 0, -5_000]
    );
    assert_eq!(other.amounts.overclaimed, 5_000);
    assert!(other.has(LedgerPart::Overdue) && other.has(LedgerPart::Overclaimed));
    assert!(!other.has(LedgerPart::Outstanding) && !other.has(LedgerPart::Waived));
    assert_eq!(found.total.claims.demanded, 25_900);
}

#[test]
fn ages_run_from_the_day_that_money_is_open() {
    use AgeBucket::{NotYetDue, UpTo30, UpTo90, UpTo365};
    use AgedOf::{Outstanding, Unreported};
    let rows = claimed();
    let found = asked(&rows, day(2017, 7, 10));
    assert_eq!(
        pieces(entry(&found, "0114")),
        [
            (Outstanding, 700, Some(10), UpTo30),
            (Outstanding, 200, Some(101), UpTo365)
        ]
    );
    assert_eq!(
        pieces(entry(&found, "1480")),
        [
            (Unreported, 25_000, Some(40), UpTo90),
            (Unreported, -5_000, Some(101), UpTo365)
        ]
    );
    let line = |bucket| {
        let line = found
            .ageing
            .iter()
            .find(|line| line.bucket == bucket)
            .expect("a line");
        [
            line.outstanding,
            line.unreported,
            i64::try_from(line.entry_count).expect("few"),
        ]
    };
    assert_eq!(
        AgeBucket::ALL.map(line),
        [
            [0, 0, 0],
            [700, 0, 1],
            [0, 25_000, 1],
            [200, -5_000, 2],
            [0, 0, 0]
        ]
    );
    // A last day includes the day.
    let found = asked(&rows, day(2017, 5, 31));
    assert_eq!(
        pieces(entry(&found, "1480")),
        [
            (Unreported, 25_000, None, NotYetDue),
            (Unreported, -5_000, Some(61), UpTo90)
        ]
    );
    assert_eq!(
        parts(entry(&found, "0114").amounts.outstanding),
        [1_000, 700, 0, 0, 100, 200]
    );
    assert_eq!(
        parts(entry(&found, "1480").amounts.unreported),
        [20_000, 0, 25_000, 0, 0, -5_000]
    );
    let early = asked(&rows, day(2017, 3, 31));
    assert_eq!(
        entry(&early, "1480").oldest_days(),
        None,
        "the report is not due yet"
    );
}

#[test]
fn what_is_unexplained_is_open_since_the_later_of_payment_and_report() {
    let mut rows = claimed();
    rows.claims.clear();
    rows.funds.payments.push(amount("KOM-2016", "0114", 300));
    rows.facts
        .push(fact("0114", FactKind::Payment, 9, day(2017, 6, 1)));
    let found = asked(&rows, day(2018, 6, 2));
    let last = pieces(entry(&found, "0114"));
    let unexplained = (AgedOf::Unexplained, 300, Some(366), AgeBucket::Over365);
    assert_eq!(last.last(), Some(&unexplained));
}

#[test]
fn a_claim_stands_by_the_day() {
    let rows = claimed();
    let standings = |on| [0, 1].map(|index: usize| rows.claims[index].standing(on));
    assert_eq!(
        standings(day(2017, 5, 31)),
        [ClaimStanding::Demanded, ClaimStanding::Deferred]
    );
    assert_eq!(
        standings(day(2017, 7, 1)),
        [ClaimStanding::Overdue, ClaimStanding::Overdue]
    );
    let mut paid = rows.claims[0].clone();
    (paid.left_ore, paid.paid_ore, paid.withdrawn_ore) = (0, 800, 0);
    assert_eq!(paid.standing(day(2017, 7, 1)), ClaimStanding::Settled);
    (paid.paid_ore, paid.withdrawn_ore) = (100, 700);
    assert_eq!(paid.standing(day(2017, 7, 1)), ClaimStanding::Withdrawn);
}

/// A asks for 300 of its 300 and got 10 more, B and E for 100 of their 200, F for nothing, C does not want more.
fn pool(left_ore: i64) -> LedgerRows {
    let codes = ["0114", "0115", "0117", "0120", "0123"];
    let allocated = [30_000, 20_000, 20_000, 5_000, 90_000];
    let requisitioned = [30_000, 10_000, 10_000, 0, 40_000];
    let of = |amounts: [i64; 5]| {
        let each = codes.iter().zip(amounts);
        each.map(|(code, ore)| amount("KOM-2016", code, ore))
            .collect()
    };
    let mut known = round("KOM-2016", 2016, RecipientKind::Municipality);
    known.available_ore = 90_000 + 1_000 + left_ore;
    let mut other = round("NGO-2016", 2016, RecipientKind::Ngo);
    other.available_ore = 1;
    let recipients = codes.map(|code| recipient(code, RecipientKind::Municipality, Some("01")));
    LedgerRows {
        funds: FundRows {
            rounds: vec![known, other],
            recipients: recipients.to_vec(),
            allocations: of(allocated),
            requisitions: of(requisitioned),
            payments: vec![amount("KOM-2016", "0114", 31_000)],
            ..FundRows::default()
        },
        asked: ["0114", "0115", "0117", "0120"]
            .map(|code| ("KOM-2016".to_owned(), code.to_owned()))
            .to_vec(),
        ..LedgerRows::default()
    }
}

#[test]
fn what_is_left_is_shared_in_whole_kronor_by_allocation_and_the_sum_is_exact() {
    // 100.07 by 3 : 2 : 2 is 42.86, 28.57, 28.57: the two kronor over go to A and, of equals, to the lower code.
    let found = redistribution(&pool(10_007), "KOM-2016")
        .expect("figures")
        .expect("requisitions");
    assert_eq!(
        (found.pool, found.redistributed, found.left),
        (11_007, 1_000, 10_007)
    );
    assert_eq!(found.proposal_absent, None);
    let shares: Vec<_> = found
        .shares
        .iter()
        .map(|one| (one.recipient.as_str(), one.redistributed, one.proposed))
        .collect();
    assert_eq!(
        shares,
        [
            ("0114", 1_000, 4_307),
            ("0115", 0, 2_900),
            ("0117", 0, 2_800)
        ]
    );
    assert!(found.shares.iter().all(|one| one.asked));
}

#[test]
fn nothing_is_proposed_where_nothing_is_left_or_nobody_asks() {
    let of = |rows: &LedgerRows| {
        redistribution(rows, "KOM-2016")
            .expect("figures")
            .expect("requisitions")
    };
    let spent = of(&pool(0));
    assert_eq!(
        (spent.left, spent.proposal_absent),
        (0, Some(Absent::NothingToDivide))
    );
    assert!(spent.shares.iter().all(|one| one.proposed == 0));
    let mut nobody = pool(500);
    nobody.asked.clear();
    let nobody = of(&nobody);
    assert_eq!(
        (nobody.left, nobody.proposal_absent),
        (500, Some(Absent::NothingToDivide))
    );
    let got: Vec<_> = nobody
        .shares
        .iter()
        .map(|one| (one.recipient.as_str(), one.asked))
        .collect();
    assert_eq!(got, [("0114", false)], "it got some without asking");
    assert_eq!(redistribution(&pool(1), "NGO-2016").expect("figures"), None);
    assert!(redistribution(&pool(1), "KOM-1999").is_err());
}

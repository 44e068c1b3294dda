//! Whatever the rows: entries balance to the öre, parts and ages make their amounts, sums are fund usage's, proposals fit.

use analytics::fund_ledger::{
    Amounts, ClaimRow, FactKind, FundLedger, LedgerEntry, LedgerFact, LedgerQuestion, LedgerRows,
    Open, ledger, redistribution,
};
use analytics::fund_usage::{FundFilter, FundFrame, FundQuestion, FundRows};
use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fund_balance::{MUNICIPALITIES, ROUNDS, random_rows, today};

fn claim() -> impl Strategy<Value = ClaimRow> {
    let ore = || 0_i64..900_000;
    let place = (0..ROUNDS.len() - 1, 0..MUNICIPALITIES.len());
    let parts = (ore(), ore(), ore(), ore());
    (place, parts, today(), any::<bool>()).prop_map(
        |((round, recipient), (paid, waived, withdrawn, left), due_on, is_deferred)| ClaimRow {
            round: ROUNDS[round].to_owned(),
            recipient: MUNICIPALITIES[recipient].to_owned(),
            reference: format!("C{due_on}"),
            demanded_ore: paid + waived + withdrawn + left,
            paid_ore: paid,
            waived_ore: waived,
            withdrawn_ore: withdrawn,
            left_ore: left,
            due_on: Some(due_on),
            is_deferred,
            row_ids: Vec::new(),
        },
    )
}

pub(crate) fn ledger_rows() -> impl Strategy<Value = LedgerRows> {
    let asked = prop::collection::vec((0..ROUNDS.len(), 0..MUNICIPALITIES.len()), 0..6);
    let claims = prop::collection::vec(claim(), 0..6);
    (random_rows(), claims, asked).prop_map(|(funds, claims, asked)| LedgerRows {
        facts: facts(&funds),
        funds,
        claims,
        asked: asked
            .into_iter()
            .map(|(round, recipient)| {
                (
                    ROUNDS[round].to_owned(),
                    MUNICIPALITIES[recipient].to_owned(),
                )
            })
            .collect(),
    })
}

/// The payments and reports as rows: the others have no day that counts.
fn facts(funds: &FundRows) -> Vec<LedgerFact> {
    let payments = funds.payments.iter();
    let payments = payments.map(|one| (&one.round, &one.recipient, FactKind::Payment, None));
    let reports = funds.usage_reports.iter().map(|one| {
        (
            &one.round,
            &one.recipient,
            FactKind::UsageReport,
            Some(one.reported_on),
        )
    });
    (1..)
        .zip(payments.chain(reports))
        .map(|(row_id, (round, recipient, kind, on))| LedgerFact {
            round: round.clone(),
            recipient: recipient.clone(),
            kind,
            row_id,
            on,
        })
        .collect()
}

fn filters() -> Vec<FundFilter> {
    use analytics::figure::RecipientKind::{Municipality, Ngo};
    let none = FundFilter::default;
    let texts = |codes: &[&str]| Some(codes.iter().map(|code| (*code).to_owned()).collect());
    vec![
        none(),
        FundFilter {
            grant_years: Some(vec![2016]),
            ..none()
        },
        FundFilter {
            recipient_kinds: Some(vec![Municipality]),
            ..none()
        },
        FundFilter {
            recipient_kinds: Some(vec![Ngo]),
            counties: texts(&["01"]),
            ..none()
        },
        FundFilter {
            counties: texts(&["01"]),
            ..none()
        },
        FundFilter {
            counties: Some(Vec::new()),
            ..none()
        },
        FundFilter {
            population_groups: Some(vec![1]),
            ..none()
        },
        FundFilter {
            rounds: texts(&["KOM-2017"]),
            recipients: texts(&["0114", "2580"]),
            ..none()
        },
    ]
}

fn check_open(open: &Open) -> Result<(), TestCaseError> {
    let parts = open.demanded + open.deferred + open.overdue + open.waived + open.not_demanded;
    prop_assert_eq!(open.amount, parts);
    Ok(())
}

fn check_amounts(amounts: &Amounts) -> Result<(), TestCaseError> {
    let (outstanding, unreported) = (&amounts.outstanding, &amounts.unreported);
    check_open(outstanding)?;
    check_open(unreported)?;
    prop_assert_eq!(
        amounts.paid,
        amounts.used
            + amounts.repaid
            + outstanding.amount
            + unreported.amount
            + amounts.unexplained
    );
    let claims = &amounts.claims;
    prop_assert_eq!(
        claims.demanded,
        claims.paid + claims.waived + claims.withdrawn + claims.left
    );
    let left = |open: &Open| open.demanded + open.deferred + open.overdue;
    prop_assert_eq!(claims.left, left(outstanding) + left(unreported));
    prop_assert_eq!(claims.waived, outstanding.waived + unreported.waived);
    prop_assert!(amounts.overclaimed >= 0);
    Ok(())
}

fn check_entry(entry: &LedgerEntry) -> Result<(), TestCaseError> {
    check_amounts(&entry.amounts)?;
    let aged: i64 = entry.aged.iter().map(|piece| piece.ore).sum();
    let amounts = &entry.amounts;
    let open = amounts.outstanding.amount + amounts.unreported.amount + amounts.unexplained;
    prop_assert_eq!(aged, open - amounts.claims.waived);
    prop_assert!(entry.aged.iter().all(|piece| piece.ore != 0));
    Ok(())
}

fn check_sums(found: &FundLedger) -> Result<(), TestCaseError> {
    check_amounts(&found.total)?;
    let (total, ageing) = (&found.total, &found.ageing);
    let of =
        |of: fn(&analytics::fund_ledger::AgeingLine) -> i64| ageing.iter().map(of).sum::<i64>();
    let without_waived = |open: &Open| open.amount - open.waived;
    prop_assert_eq!(
        of(|line| line.outstanding),
        without_waived(&total.outstanding)
    );
    prop_assert_eq!(
        of(|line| line.unreported),
        without_waived(&total.unreported)
    );
    prop_assert_eq!(of(|line| line.unexplained), total.unexplained);
    Ok(())
}

fn check_usage(
    frame: &FundFrame,
    found: &FundLedger,
    filter: FundFilter,
    today: NaiveDate,
) -> Result<(), TestCaseError> {
    let group_by = Vec::new();
    let question = FundQuestion {
        group_by,
        filter,
        today,
    };
    let usage = frame.usage(&question).expect("the question is good").total;
    let total = &found.total;
    let kronor = |ore: i64| Decimal::new(ore, 2);
    prop_assert_eq!(
        [
            total.allocated,
            total.requisitioned,
            total.granted,
            total.redistributed,
            total.paid,
            total.used,
            total.reported_unused,
            total.repaid,
            total.outstanding.amount,
            total.unreported.amount,
            total.unexplained,
        ]
        .map(kronor),
        [
            usage.allocated,
            usage.requisitioned,
            usage.granted,
            usage.redistributed,
            usage.paid,
            usage.used,
            usage.reported_unused,
            usage.repaid,
            usage.outstanding,
            usage.unreported,
            usage.unexplained,
        ]
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_ledger_balances_and_is_fund_usages(rows in ledger_rows(), on in today()) {
        let frame = FundFrame::build(&rows.funds).expect("the amounts are small");
        for filter in filters() {
            let question = LedgerQuestion { filter: filter.clone(), on };
            let found = ledger(&rows, &question).expect("the amounts are small");
            let mut sum = Amounts::default();
            for entry in &found.entries {
                check_entry(entry)?;
                sum += entry.amounts;
            }
            prop_assert_eq!(sum, found.total);
            check_sums(&found)?;
            check_usage(&frame, &found, filter, on)?;
        }
    }
}

proptest! {
    #[test]
    fn proposals_make_what_is_left(mut rows in ledger_rows(), left in -50_000_i64..9_000_000) {
        for round in &mut rows.funds.rounds {
            let requisitions = rows.funds.requisitions.iter();
            let asked: i64 = requisitions.filter(|one| one.round == round.code).map(|one| one.ore).sum();
            round.available_ore = (asked + left).max(0);
        }
        for round in ["KOM-2016", "KOM-2017"] {
            let found = redistribution(&rows, round).expect("small").expect("by requisition");
            let proposed: i64 = found.shares.iter().map(|one| one.proposed).sum();
            let got: i64 = found.shares.iter().map(|one| one.redistributed).sum();
            prop_assert_eq!(got, found.redistributed);
            prop_assert_eq!(found.available, found.requisitioned + found.redistributed + found.left);
            prop_assert!(found.shares.iter().all(|one| one.proposed >= 0 && (one.asked || one.proposed == 0)));
            match found.proposal_absent {
                None => prop_assert_eq!(proposed, found.left),
                Some(_) => prop_assert_eq!(proposed, 0),
            }
            // Nobody with a smaller allocation gets more.
            for one in &found.shares {
                for other in found.shares.iter().filter(|other| other.asked && one.asked) {
                    prop_assert!(one.allocated <= other.allocated || one.proposed >= other.proposed);
                }
            }
        }
    }
}

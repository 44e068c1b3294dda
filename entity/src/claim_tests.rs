//! Tests of the claims of one recipient: figures by hand, and every short life that can be written.

use super::*;
use crate::{ClaimStep, RecipientCode, RoundCode};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 5, day).unwrap()
}

fn step(
    reference: &str,
    step: ClaimStep,
    on: u32,
    ore: Option<i64>,
    due: Option<u32>,
) -> repayment_claim::Model {
    repayment_claim::Model {
        row_id: 0,
        reference: reference.to_owned(),
        round: RoundCode::parse("KOM-2017").unwrap(),
        recipient_code: RecipientCode::parse("0114").unwrap(),
        step,
        decided_on: day(on),
        amount: ore.map(Sek::from_ore),
        due_on: due.map(day),
        registry_number: None,
    }
}

fn follow(steps: &[repayment_claim::Model], repaid: &[(u32, i64)]) -> Claims {
    let steps: Vec<&repayment_claim::Model> = steps.iter().collect();
    let repaid: Vec<_> = repaid
        .iter()
        .map(|(on, ore)| (day(*on), Sek::from_ore(*ore)))
        .collect();
    Claims::follow(&steps, &repaid)
}

/// demanded, paid, waived, withdrawn, left.
fn amounts(claim: &Claim) -> [i64; 5] {
    [
        claim.demanded,
        claim.paid,
        claim.waived,
        claim.withdrawn,
        claim.state.left(),
    ]
    .map(Sek::ore)
}

#[test]
fn what_is_repaid_pays_the_claim_that_is_due_first_and_nothing_before_it_was_made() {
    let steps = [
        step("B", ClaimStep::Demanded, 2, Some(100), Some(20)),
        step("A", ClaimStep::Demanded, 3, Some(100), Some(25)),
        step("A", ClaimStep::Waived, 9, Some(30), None),
        step("B", ClaimStep::Withdrawn, 10, None, None),
    ];
    // 7 come too early; 40 of the day of the demand pay B; 90 pay the rest of B and 30 of A.
    let found = follow(&steps, &[(1, 7), (2, 40), (5, 90)]);
    assert_eq!(amounts(&found.claims[0]), [100, 30, 30, 0, 40], "A");
    assert_eq!(amounts(&found.claims[1]), [100, 100, 0, 0, 0], "B is paid");
    let why = found.illegal[0].why;
    assert_eq!((found.illegal.len(), why), (1, IllegalChange::Settled));
    assert_eq!(found.illegal[0].step, 3, "a paid claim cannot be withdrawn");
    assert_eq!(found.claimed(), 70, "40 left and 30 waived");
}

#[test]
fn a_waiver_of_more_than_is_left_waives_what_is_left_and_is_told() {
    let steps = [
        step("A", ClaimStep::Demanded, 1, Some(100), Some(20)),
        step("A", ClaimStep::Waived, 9, Some(60), None),
    ];
    let found = follow(&steps, &[(3, 50)]);
    assert_eq!(amounts(&found.claims[0]), [100, 50, 50, 0, 0]);
    let left = Sek::from_ore(50);
    assert_eq!(found.illegal[0].why, IllegalChange::MoreThanLeft { left });
}

#[test]
fn a_reversal_takes_off_the_repayment_that_it_reverses() {
    let repayment = |reference: &str, ore: i64, on: u32, reverses: Option<&str>| repayment::Model {
        row_id: 0,
        reference: reference.to_owned(),
        round: RoundCode::parse("KOM-2017").unwrap(),
        recipient_code: RecipientCode::parse("0114").unwrap(),
        amount: Sek::from_ore(ore),
        repaid_on: day(on),
        reverses: reverses.map(str::to_owned),
    };
    let all = [
        repayment("R1", 100, 3, None),
        repayment("R2", 60, 9, Some("R1")),
        repayment("R3", 50, 10, None),
        repayment("R4", 50, 11, Some("R3")),
    ];
    let all: Vec<&repayment::Model> = all.iter().collect();
    assert_eq!(net_repayments(&all), [(day(3), Sek::from_ore(40))]);
}

#[test]
fn in_every_short_life_the_parts_make_what_was_demanded() {
    let kinds = [
        step("A", ClaimStep::Demanded, 1, Some(7), Some(5)),
        step("A", ClaimStep::Deferred, 1, None, Some(9)),
        step("A", ClaimStep::Waived, 1, Some(3), None),
        step("A", ClaimStep::Withdrawn, 1, None, None),
        step("B", ClaimStep::Demanded, 1, Some(4), Some(3)),
        step("B", ClaimStep::Waived, 1, Some(9), None),
    ];
    let mut lives = 0;
    for first in 0..kinds.len() {
        for second in 0..kinds.len() {
            for third in 0..kinds.len() {
                for repaid in [0, 2, 5, 20] {
                    for on in 1..=4 {
                        let mut steps = [first, second, third].map(|one| kinds[one].clone());
                        for (place, one) in (1..).zip(&mut steps) {
                            one.decided_on = day(place);
                        }
                        let found = follow(&steps, &[(on, repaid)]);
                        let mut paid = 0;
                        for claim in &found.claims {
                            let [demanded, part, waived, withdrawn, left] = amounts(claim);
                            assert_eq!(demanded, part + waived + withdrawn + left, "{steps:?}");
                            assert!([part, waived, withdrawn, left].iter().all(|one| *one >= 0));
                            paid += part;
                        }
                        assert!(paid <= repaid, "{steps:?}");
                        lives += 1;
                    }
                }
            }
        }
    }
    assert_eq!(lives, 6 * 6 * 6 * 4 * 4);
}

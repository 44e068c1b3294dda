//! Payments: what was paid out, and on what basis.

use std::collections::HashMap;

use entity::{Kind, RecipientCode, RecipientKind, RoundCode, Severity, payment, round};
use sea_orm::DbErr;

use super::Intake;
use super::application::granted;
use super::claimed::check_claimed;
use super::reversal::{Reversals, touched};
use crate::intake::basis::{Basis, Ledger, SumsByRound, pair, requisitioned, sums};
use crate::intake::batch::Form;
use crate::intake::check::{
    Remover, after, facts, kronor, place, removals, replaced, round_and_recipient,
};
use crate::intake::column::{CodeOf, Column, Holds, RECIPIENT_CODE, ROUND};
use crate::intake::finding::{Findings, Place};
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::intake::unlikely;
use crate::store::Writer;

/// The kind `payments`.
pub(crate) struct Payments;

impl Form for Payments {
    type Fact = payment::Model;
    const KIND: Kind = Kind::Payments;
    const COLUMNS: &'static [Column] = &[
        ROUND.key(),
        Column::required(
            "reference",
            &["betalningsreferens"],
            Holds::Code(CodeOf::Any),
        )
        .key(),
        RECIPIENT_CODE,
        Column::required("amount", &["belopp", "utbetalt_belopp"], Holds::Money),
        Column::required("paid_on", &["utbetalt_datum"], Holds::Date),
        Column::optional("reverses", &["avser"], Holds::Code(CodeOf::Any)),
    ];

    fn fact(values: &Values) -> Result<payment::Model, Misread> {
        Ok(payment::Model {
            row_id: 0,
            reference: values.text("reference")?,
            round: values.code("round", RoundCode::parse)?,
            recipient_code: values.code("recipient_code", RecipientCode::parse)?,
            amount: values.money("amount")?,
            paid_on: values.date("paid_on")?,
            reverses: values.text_or_none("reverses")?,
        })
    }
}

impl Intake for Payments {
    fn check(rows: &[Row<payment::Model>], basis: &Basis, findings: &mut Findings) {
        removals(rows, basis, Remover::Coordinator, findings);
        let known = &basis.ledger.payments;
        replaced(
            rows,
            basis,
            |key| Some(&known.get(key)?.recipient_code),
            findings,
        );
        let payments = after(rows, &basis.ledger.payments);
        let paid = sums(payments.values());
        let reversals = Reversals::of(&payments);
        let mut sound = Vec::new();
        for (head, fact) in facts(rows) {
            let at = place(head);
            if let Some(round) =
                round_and_recipient(basis, at, &fact.round, &fact.recipient_code, findings)
            {
                unlikely::day(basis, at, "paid_on", (fact.paid_on, round), findings);
                reversals.check(fact, at, findings);
                sound.push((at, fact, round));
            }
        }
        for (at, fact, round) in &sound {
            if fact.reverses.is_none() {
                check_basis(&basis.ledger, &paid, fact, round, *at, findings);
            }
            check_report(&basis.ledger, &paid, fact, *at, findings);
        }
        for row in rows {
            let Some(before) = basis.ledger.payments.get(&row.head.key) else {
                continue;
            };
            // The report that the payment leaves behind: removed, or moved to another recipient.
            let stays = |fact: &payment::Model| fact.recipient_code == before.recipient_code;
            if !row.fact.as_ref().is_some_and(stays) {
                check_report(&basis.ledger, &paid, before, place(&row.head), findings);
            }
        }
        reversals.check_stored(rows, &basis.ledger.payments, findings);
        check_rounds(&basis.ledger, &paid, &sound, findings);
        if !basis.ledger.claims.is_empty() {
            let places = touched(rows, &basis.ledger.payments);
            let before = basis.ledger.where_claimed(None, None);
            let after = basis.ledger.where_claimed(Some(&payments), None);
            check_claimed(places.into_iter(), &before, &after, findings);
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, payment::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| payment::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<payment::Entity, _>(models).await
    }
}

/// Requisition or granted application behind the payment; redistribution only to those that asked for it.
fn check_basis(
    ledger: &Ledger,
    paid: &HashMap<String, i128>,
    fact: &payment::Model,
    round: &round::Model,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let key = pair(&fact.round, &fact.recipient_code);
    let paid = paid.get(&key).copied().unwrap_or(0);
    let requisition = ledger
        .requisitions
        .get(&key)
        .filter(|requisition| requisition.amount.ore() > 0);
    let granted = ledger
        .applications
        .get(&key)
        .map(granted)
        .unwrap_or_default();
    let rule = Rule::PaymentWithoutBasis;
    if round.recipient_kind.applies() {
        if granted.ore() == 0 {
            let detail = ("ingen beviljad ansökan", "no granted application");
            findings.detailed(at, rule, rule.severity(), None, detail);
        } else if paid > i128::from(granted.ore()) {
            let detail = ("utbetalt är mer än beviljat", "more is paid than granted");
            findings.detailed(at, rule, rule.severity(), Some("amount"), detail);
        }
        return;
    }
    match requisition {
        Some(requisition) => {
            let measure = (["rekvisitionen", "the requisition"], requisition.amount);
            unlikely::amount(at, fact.amount, measure, findings);
            let above = paid - i128::from(requisition.amount.ore());
            if above > 0 && !requisition.wants_redistribution {
                let rule = Rule::RedistributionNotWanted;
                findings.amount(at, rule, rule.severity(), Some("amount"), above);
            }
        }
        None if granted.ore() > 0 || paid_directly(ledger, round, &key) => {}
        None => {
            let detail = ("ingen rekvisition", "no requisition");
            findings.detailed(at, rule, rule.severity(), None, detail);
        }
    }
}

/// County boards, universities and agencies are paid directly, by what they were allotted.
fn paid_directly(ledger: &Ledger, round: &round::Model, key: &str) -> bool {
    let direct = matches!(
        round.recipient_kind,
        RecipientKind::CountyBoard | RecipientKind::University | RecipientKind::Agency
    );
    direct && ledger.allocations.contains_key(key)
}

/// A payment that breaks the balance of a stored report is a warning and shows as unexplained.
fn check_report(
    ledger: &Ledger,
    paid: &HashMap<String, i128>,
    fact: &payment::Model,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let key = pair(&fact.round, &fact.recipient_code);
    let Some(report) = ledger.reports.get(&key) else {
        return;
    };
    let difference =
        paid.get(&key).copied().unwrap_or(0) - report.used - i128::from(report.unused.ore());
    if difference != 0 {
        let (rule, column) = (Rule::UsageNotBalanced, Some("amount"));
        findings.amount(at, rule, Severity::Warning, column, difference);
    }
}

/// The sums of each round: what is available, and what is left to redistribute.
fn check_rounds(
    ledger: &Ledger,
    paid: &HashMap<String, i128>,
    sound: &[(Place<'_>, &payment::Model, &round::Model)],
    findings: &mut Findings,
) {
    let mut by_round: HashMap<&RoundCode, Vec<&(Place<'_>, &payment::Model, &round::Model)>> =
        HashMap::new();
    for one in sound {
        by_round.entry(&one.2.code).or_default().push(one);
    }
    let all = SumsByRound::new(paid, &ledger.requisitions);
    for of_round in by_round.values() {
        let Some((last, _, round)) = of_round.last() else {
            continue;
        };
        let sums = all.of(round);
        let above = sums.over_available();
        if above > 0 {
            let rule = Rule::OverAppropriation;
            findings.amount(*last, rule, rule.severity(), Some("amount"), above);
        }
        let above = sums.over_left();
        if round.recipient_kind.applies() || above <= 0 || sums.redistributed == 0 {
            continue;
        }
        let rule = Rule::PaymentWithoutBasis;
        let [sv, en] = kronor(above);
        let sv = format!("i omgången omfördelas {sv} kr mer än vad andra lämnat");
        let en = format!("the round redistributes SEK {en} more than others left");
        let over = |fact: &payment::Model| {
            let key = pair(&fact.round, &fact.recipient_code);
            paid.get(&key).copied().unwrap_or(0) > requisitioned(&ledger.requisitions, &key)
        };
        for (at, _, _) in of_round.iter().filter(|(_, fact, _)| over(fact)) {
            findings.detailed(*at, rule, rule.severity(), Some("amount"), (&sv, &en));
        }
    }
}

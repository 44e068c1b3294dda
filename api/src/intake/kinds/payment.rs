//! Payments: what was paid out, and on what basis.

use std::collections::{HashMap, HashSet};

use entity::{Kind, RecipientCode, RecipientKind, RoundCode, payment, round};
use sea_orm::DbErr;

use super::Intake;
use super::application::granted;
use crate::intake::basis::{Basis, Ledger, pair};
use crate::intake::batch::Form;
use crate::intake::check::{Remover, facts, kronor, place, removals, round_and_recipient};
use crate::intake::column::{CodeOf, Column, Holds, RECIPIENT_CODE, ROUND};
use crate::intake::finding::{Findings, Place};
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
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
        let after = after(rows, basis);
        let paid = after.paid();
        let mut sound = Vec::new();
        for (head, fact) in facts(rows) {
            let at = place(head);
            if let Some(round) =
                round_and_recipient(basis, at, &fact.round, &fact.recipient_code, findings)
            {
                check_reversal(&after, fact, at, findings);
                sound.push((at, fact, round));
            }
        }
        for (at, fact, round) in &sound {
            if fact.reverses.is_none() {
                check_basis(&after, &paid, fact, round, *at, findings);
            }
            check_report(&after, &paid, fact, *at, findings);
        }
        for row in rows {
            let at = place(&row.head);
            let Some(before) = basis.ledger.payments.get(&row.head.key) else {
                continue;
            };
            // The report that the payment leaves behind: removed, or moved to another recipient.
            let stays = |fact: &payment::Model| fact.recipient_code == before.recipient_code;
            if !row.fact.as_ref().is_some_and(stays) {
                check_report(&after, &paid, before, at, findings);
            }
            check_stored_reversals(rows, &after, before, at, findings);
        }
        check_rounds(&after, &paid, &sound, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, payment::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| payment::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<payment::Entity, _>(models).await
    }
}

/// The ledger as it will be once the rows count.
fn after(rows: &[Row<payment::Model>], basis: &Basis) -> Ledger {
    let mut after = basis.ledger.clone();
    for row in rows {
        match &row.fact {
            Some(fact) => after.payments.insert(row.head.key.clone(), fact.clone()),
            None => after.payments.remove(&row.head.key),
        };
    }
    after
}

/// A reversal names a payment of the same round and recipient, and all its reversals take back no more than it was.
fn check_reversal(after: &Ledger, fact: &payment::Model, at: Place<'_>, findings: &mut Findings) {
    let Some(reference) = &fact.reverses else {
        return;
    };
    if !is_sound_reversal(after, fact, reference) {
        findings.row(at, Rule::UnknownCode, Some("reverses"), reference);
    }
}

/// A stored reversal that no longer fits the payment it reverses is a warning on the file that changed the payment.
fn check_stored_reversals(
    rows: &[Row<payment::Model>],
    after: &Ledger,
    changed: &payment::Model,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let is_sent = |one: &payment::Model| {
        facts(rows).any(|(_, fact)| fact.round == one.round && fact.reference == one.reference)
    };
    let broken = after.payments.values().any(|one| {
        one.round == changed.round
            && one.reverses.as_ref() == Some(&changed.reference)
            && !is_sound_reversal(after, one, &changed.reference)
            && !is_sent(one)
    });
    if broken {
        let reference = (changed.reference.as_str(), changed.reference.as_str());
        findings.knock_on(at, Rule::UnknownCode, Some("reference"), reference);
    }
}

fn is_sound_reversal(after: &Ledger, fact: &payment::Model, reference: &String) -> bool {
    let same =
        |one: &&payment::Model| one.round == fact.round && one.reverses.as_ref() == Some(reference);
    let taken_back: i128 = after
        .payments
        .values()
        .filter(same)
        .map(|one| i128::from(one.amount.ore()))
        .sum();
    after
        .payments
        .get(&format!("{}|{reference}", fact.round))
        .is_some_and(|reversed| {
            reversed.recipient_code == fact.recipient_code
                && reversed.reverses.is_none()
                && taken_back <= i128::from(reversed.amount.ore())
        })
}

/// Requisition or granted application behind the payment; redistribution only to those that asked for it.
fn check_basis(
    after: &Ledger,
    paid: &HashMap<String, i128>,
    fact: &payment::Model,
    round: &round::Model,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let key = pair(&fact.round, &fact.recipient_code);
    let paid = paid.get(&key).copied().unwrap_or(0);
    let requisition = after
        .requisitions
        .get(&key)
        .filter(|requisition| requisition.amount.ore() > 0);
    let granted = after
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
            let above = paid - i128::from(requisition.amount.ore());
            if above > 0 && !requisition.wants_redistribution {
                findings.row(
                    at,
                    Rule::RedistributionNotWanted,
                    Some("amount"),
                    &kronor(above),
                );
            }
        }
        None if granted.ore() > 0 || paid_directly(after, round, &key) => {}
        None => {
            let detail = ("ingen rekvisition", "no requisition");
            findings.detailed(at, rule, rule.severity(), None, detail);
        }
    }
}

/// County boards, universities and agencies are paid directly, by what they were allotted.
fn paid_directly(after: &Ledger, round: &round::Model, key: &str) -> bool {
    let direct = matches!(
        round.recipient_kind,
        RecipientKind::CountyBoard | RecipientKind::University | RecipientKind::Agency
    );
    direct && after.allocations.contains_key(key)
}

/// A payment that breaks the balance of a stored report is a warning and shows as unexplained.
fn check_report(
    after: &Ledger,
    paid: &HashMap<String, i128>,
    fact: &payment::Model,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let key = pair(&fact.round, &fact.recipient_code);
    let Some(report) = after.reports.get(&key) else {
        return;
    };
    let difference =
        paid.get(&key).copied().unwrap_or(0) - report.used - i128::from(report.unused.ore());
    if difference != 0 {
        let text = kronor(difference);
        findings.knock_on(at, Rule::UsageNotBalanced, Some("amount"), (&text, &text));
    }
}

/// The sums of each round: what is available, and what is left to redistribute.
fn check_rounds(
    after: &Ledger,
    paid: &HashMap<String, i128>,
    sound: &[(Place<'_>, &payment::Model, &round::Model)],
    findings: &mut Findings,
) {
    let rounds: HashSet<&RoundCode> = sound.iter().map(|(_, _, round)| &round.code).collect();
    for code in rounds {
        let of_round: Vec<_> = sound
            .iter()
            .filter(|(_, _, round)| round.code == *code)
            .collect();
        let Some((last, _, round)) = of_round.last() else {
            continue;
        };
        let prefix = format!("{code}|");
        let of = |key: &str| key.starts_with(&prefix);
        let available = i128::from(round.available_amount.ore());
        let total: i128 = paid
            .iter()
            .filter(|(key, _)| of(key))
            .map(|(_, ore)| ore)
            .sum();
        if total > available {
            findings.row(
                *last,
                Rule::OverAppropriation,
                Some("amount"),
                &kronor(total - available),
            );
        }
        if round.recipient_kind.applies() {
            continue;
        }
        let requisitioned = |key: &str| {
            after
                .requisitions
                .get(key)
                .map_or(0, |one| i128::from(one.amount.ore()))
        };
        let redistributed: i128 = paid
            .iter()
            .filter(|(key, _)| of(key))
            .map(|(key, ore)| (ore - requisitioned(key)).max(0))
            .sum();
        let asked: i128 = after
            .requisitions
            .iter()
            .filter(|(key, _)| of(key))
            .map(|(_, one)| i128::from(one.amount.ore()))
            .sum();
        if redistributed > available - asked {
            let over = |fact: &payment::Model| {
                let key = pair(&fact.round, &fact.recipient_code);
                paid.get(&key).copied().unwrap_or(0) > requisitioned(&key)
            };
            let rule = Rule::PaymentWithoutBasis;
            let over_by = kronor(redistributed - (available - asked));
            let detail = (
                format!("i omgången omfördelas {over_by} kr mer än vad andra lämnat"),
                format!("the round redistributes SEK {over_by} more than others left"),
            );
            let detail = (detail.0.as_str(), detail.1.as_str());
            for (at, _, _) in of_round.iter().filter(|(_, fact, _)| over(fact)) {
                findings.detailed(*at, rule, rule.severity(), Some("amount"), detail);
            }
        }
    }
}

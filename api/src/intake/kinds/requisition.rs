//! Requisitions: who asks for its allocation, and whether it wants a share of what others leave.

use entity::{Kind, RecipientCode, RoundCode, Sek, Severity, requisition};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::{Basis, SumsByRound, pair, requisitioned};
use crate::intake::batch::Form;
use crate::intake::check::{
    Remover, after, facts, kronor, place, removals, round_and_recipient, rounds_of,
};
use crate::intake::column::{Column, Holds, RECIPIENT_CODE, REGISTRY_NUMBER, ROUND};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::intake::unlikely;
use crate::store::Writer;

/// The kind `requisitions`.
pub(crate) struct Requisitions;

impl Form for Requisitions {
    type Fact = requisition::Model;
    const KIND: Kind = Kind::Requisitions;
    const COLUMNS: &'static [Column] = &[
        ROUND.key(),
        RECIPIENT_CODE.key(),
        Column::required("amount", &["belopp", "rekvirerat_belopp"], Holds::Money),
        Column::required("requisitioned_on", &["rekvirerat_datum"], Holds::Date),
        Column::optional(
            "wants_redistribution",
            &["önskar_omfördelning"],
            Holds::Flag,
        ),
        REGISTRY_NUMBER,
    ];

    fn complete(values: &mut Values) {
        values.default(
            "wants_redistribution",
            crate::intake::values::Value::Flag(false),
        );
    }

    fn fact(values: &Values) -> Result<requisition::Model, Misread> {
        Ok(requisition::Model {
            row_id: 0,
            round: values.code("round", RoundCode::parse)?,
            recipient_code: values.code("recipient_code", RecipientCode::parse)?,
            amount: values.money("amount")?,
            requisitioned_on: values.date("requisitioned_on")?,
            wants_redistribution: values.flag("wants_redistribution")?.unwrap_or(false),
            registry_number: values.text_or_none("registry_number")?,
        })
    }
}

impl Intake for Requisitions {
    fn check(rows: &[Row<requisition::Model>], basis: &Basis, findings: &mut Findings) {
        removals(rows, basis, Remover::Recipient, findings);
        let paid = basis.ledger.paid();
        let detail = (
            "redan utbetalt, och rekvisitionen är borta",
            "paid already, and the requisition is gone",
        );
        for row in rows.iter().filter(|row| row.fact.is_none()) {
            if paid.get(&row.head.key).is_some_and(|paid| *paid > 0) {
                findings.knock_on(place(&row.head), Rule::PaymentWithoutBasis, None, detail);
            }
        }
        for (head, fact) in facts(rows) {
            let at = place(head);
            let Some(round) =
                round_and_recipient(basis, at, &fact.round, &fact.recipient_code, findings)
            else {
                continue;
            };
            let sent = (fact.requisitioned_on, round);
            unlikely::day(basis, at, "requisitioned_on", sent, findings);
            let key = pair(&fact.round, &fact.recipient_code);
            let allocated = basis
                .ledger
                .allocations
                .get(&key)
                .copied()
                .unwrap_or_default();
            if fact.amount > allocated {
                let rule = Rule::RequisitionOverAllocation;
                let allocated = allocated.ore().into();
                findings.amount(at, rule, rule.severity(), Some("amount"), allocated);
            }
            let measure = (["tilldelningen", "the allocation"], allocated);
            unlikely::amount(at, fact.amount, measure, findings);
            if let Some(closes_on) = round.closes_on
                && fact.requisitioned_on > closes_on
            {
                findings.row(
                    at,
                    Rule::RequisitionLate,
                    Some("requisitioned_on"),
                    &closes_on.to_string(),
                );
            }
            let above = paid.get(&key).copied().unwrap_or(0) - i128::from(fact.amount.ore());
            if above > 0 && fact.amount == Sek::ZERO {
                findings.knock_on(at, Rule::PaymentWithoutBasis, Some("amount"), detail);
            } else if above > 0 && !fact.wants_redistribution {
                let (rule, column) = (Rule::RedistributionNotWanted, Some("amount"));
                findings.amount(at, rule, Severity::Warning, column, above);
            }
        }
        check_pools(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, requisition::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| requisition::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<requisition::Entity, _>(models).await
    }
}

/// What was paid out of what others left must still be there once the requisitions count: else a warning on the rows
/// that ask for more than before.
fn check_pools(rows: &[Row<requisition::Model>], basis: &Basis, findings: &mut Findings) {
    let after = after(rows, &basis.ledger.requisitions);
    let paid = basis.ledger.paid();
    let all = SumsByRound::new(&paid, &after);
    for code in rounds_of(rows) {
        let Some(round) = basis.register.rounds.get(&code) else {
            continue;
        };
        let sums = all.of(round);
        let over = sums.over_left();
        if over <= 0 || sums.redistributed == 0 {
            continue;
        }
        let [sv, en] = kronor(over);
        let detail = (
            format!("redan omfördelat är {sv} kr mer än vad andra då lämnar"),
            format!("what is already redistributed is SEK {en} more than others then leave"),
        );
        let prefix = format!("{code}|");
        let asks_more =
            |key: &str| requisitioned(&after, key) > requisitioned(&basis.ledger.requisitions, key);
        for (head, _) in
            facts(rows).filter(|(head, _)| head.key.starts_with(&prefix) && asks_more(&head.key))
        {
            let detail = (detail.0.as_str(), detail.1.as_str());
            findings.knock_on(
                place(head),
                Rule::PaymentWithoutBasis,
                Some("amount"),
                detail,
            );
        }
    }
}

//! Requisitions: who asks for its allocation, and whether it wants a share of what others leave.

use entity::{Kind, RecipientCode, RoundCode, requisition};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::{Basis, pair};
use crate::intake::batch::Form;
use crate::intake::check::{Remover, facts, kronor, place, removals, round_and_recipient};
use crate::intake::column::{Column, Holds, RECIPIENT_CODE, REGISTRY_NUMBER, ROUND};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
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
        for (head, fact) in facts(rows) {
            let at = place(head);
            let Some(round) =
                round_and_recipient(basis, at, &fact.round, &fact.recipient_code, findings)
            else {
                continue;
            };
            let key = pair(&fact.round, &fact.recipient_code);
            let allocated = basis
                .ledger
                .allocations
                .get(&key)
                .copied()
                .unwrap_or_default();
            if fact.amount > allocated {
                findings.row(
                    at,
                    Rule::RequisitionOverAllocation,
                    Some("amount"),
                    &kronor(allocated.ore().into()),
                );
            }
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
            if above > 0 && !fact.wants_redistribution {
                let above = kronor(above);
                findings.knock_on(
                    at,
                    Rule::RedistributionNotWanted,
                    Some("amount"),
                    (&above, &above),
                );
            }
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, requisition::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| requisition::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<requisition::Entity, _>(models).await
    }
}

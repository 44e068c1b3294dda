//! Allocations: what each recipient may requisition.

use entity::{Kind, RecipientCode, RoundCode, Severity, allocation};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::{Basis, pair};
use crate::intake::batch::Form;
use crate::intake::check::{Remover, facts, place, removals, round_and_recipient};
use crate::intake::column::{Column, Holds, RECIPIENT_CODE, ROUND};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `allocations`.
pub(crate) struct Allocations;

impl Form for Allocations {
    type Fact = allocation::Model;
    const KIND: Kind = Kind::Allocations;
    const COLUMNS: &'static [Column] = &[
        ROUND.key(),
        RECIPIENT_CODE.key(),
        Column::required("amount", &["belopp"], Holds::Money),
    ];

    fn fact(values: &Values) -> Result<allocation::Model, Misread> {
        Ok(allocation::Model {
            row_id: 0,
            round: values.code("round", RoundCode::parse)?,
            recipient_code: values.code("recipient_code", RecipientCode::parse)?,
            amount: values.money("amount")?,
        })
    }
}

impl Intake for Allocations {
    fn check(rows: &[Row<allocation::Model>], basis: &Basis, findings: &mut Findings) {
        removals(rows, basis, Remover::Coordinator, findings);
        for row in rows.iter().filter(|row| row.fact.is_none()) {
            let asked = basis.ledger.requisitions.get(&row.head.key);
            if asked.is_some_and(|asked| asked.amount.ore() > 0) {
                let rule = Rule::RequisitionOverAllocation;
                findings.amount(place(&row.head), rule, Severity::Warning, None, 0);
            }
        }
        for (head, fact) in facts(rows) {
            let at = place(head);
            if round_and_recipient(basis, at, &fact.round, &fact.recipient_code, findings).is_none()
            {
                continue;
            }
            // An allocation cut below what is requisitioned already is a warning here, not an error there.
            if let Some(requisition) = basis
                .ledger
                .requisitions
                .get(&pair(&fact.round, &fact.recipient_code))
                && requisition.amount > fact.amount
            {
                let (rule, column) = (Rule::RequisitionOverAllocation, Some("amount"));
                let amount = fact.amount.ore().into();
                findings.amount(at, rule, Severity::Warning, column, amount);
            }
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, allocation::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| allocation::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<allocation::Entity, _>(models).await
    }
}

//! Repayments: what came back of the unused.

use entity::{Kind, RecipientCode, RoundCode, Severity, repayment};
use sea_orm::DbErr;

use super::Intake;
use super::claimed::check_claimed;
use super::reversal::{Reversals, touched};
use crate::intake::basis::{Basis, pair, sums};
use crate::intake::batch::Form;
use crate::intake::check::{Remover, after, facts, place, removals, replaced, round_and_recipient};
use crate::intake::column::{CodeOf, Column, Holds, RECIPIENT_CODE, ROUND};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::intake::unlikely;
use crate::store::Writer;

/// The kind `repayments`.
pub(crate) struct Repayments;

impl Form for Repayments {
    type Fact = repayment::Model;
    const KIND: Kind = Kind::Repayments;
    const COLUMNS: &'static [Column] = &[
        ROUND.key(),
        Column::required(
            "reference",
            &["betalningsreferens"],
            Holds::Code(CodeOf::Any),
        )
        .key(),
        RECIPIENT_CODE,
        Column::required("amount", &["belopp", "återbetalt_belopp"], Holds::Money),
        Column::required("repaid_on", &["återbetalt_datum"], Holds::Date),
        Column::optional("reverses", &["avser"], Holds::Code(CodeOf::Any)),
    ];

    fn fact(values: &Values) -> Result<repayment::Model, Misread> {
        Ok(repayment::Model {
            row_id: 0,
            reference: values.text("reference")?,
            round: values.code("round", RoundCode::parse)?,
            recipient_code: values.code("recipient_code", RecipientCode::parse)?,
            amount: values.money("amount")?,
            repaid_on: values.date("repaid_on")?,
            reverses: values.text_or_none("reverses")?,
        })
    }
}

impl Intake for Repayments {
    fn check(rows: &[Row<repayment::Model>], basis: &Basis, findings: &mut Findings) {
        removals(rows, basis, Remover::Coordinator, findings);
        let known = &basis.ledger.repayments;
        replaced(
            rows,
            basis,
            |key| Some(&known.get(key)?.recipient_code),
            findings,
        );
        let repayments = after(rows, &basis.ledger.repayments);
        let repaid = sums(repayments.values());
        let reversals = Reversals::of(&repayments);
        for (head, fact) in facts(rows) {
            let at = place(head);
            let Some(round) =
                round_and_recipient(basis, at, &fact.round, &fact.recipient_code, findings)
            else {
                continue;
            };
            unlikely::day(basis, at, "repaid_on", (fact.repaid_on, round), findings);
            reversals.check(fact, at, findings);
            let key = pair(&fact.round, &fact.recipient_code);
            let report = basis.ledger.reports.get(&key);
            let unused = report.map_or(0, |report| i128::from(report.unused.ore()));
            let over = repaid.get(&key).copied().unwrap_or(0) - unused;
            if over > 0 {
                // Before any report there is nothing to compare with: it is noted, not refused.
                let severity = if report.is_some() {
                    Severity::Error
                } else {
                    Severity::Warning
                };
                let rule = Rule::RepaymentOverUnused;
                findings.amount(at, rule, severity, Some("amount"), over);
            }
        }
        reversals.check_stored(rows, &basis.ledger.repayments, findings);
        if !basis.ledger.claims.is_empty() {
            let places = touched(rows, &basis.ledger.repayments);
            let before = basis.ledger.where_claimed(None, None);
            let after = basis.ledger.where_claimed(None, Some(&repayments));
            check_claimed(places.into_iter(), &before, &after, findings);
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, repayment::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| repayment::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<repayment::Entity, _>(models).await
    }
}

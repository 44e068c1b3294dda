//! Rounds: when, for whom and how much can be asked for.

use entity::{Kind, RecipientKind, RegistryNumber, RoundCode, Severity, round};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::{Basis, SumsByRound};
use crate::intake::batch::Form;
use crate::intake::check::{Remover, facts, place, removals};
use crate::intake::column::{ASSIGNMENT, CodeOf, Column, Holds, RECIPIENT_KINDS, YEAR};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `rounds`.
pub(crate) struct Rounds;

impl Form for Rounds {
    type Fact = round::Model;
    const KIND: Kind = Kind::Rounds;
    const COLUMNS: &'static [Column] = &[
        Column::required("round", &["omgång"], Holds::Code(CodeOf::NewRound)).key(),
        Column::optional("programme", &["statsbidrag"], Holds::PlainCode),
        ASSIGNMENT,
        YEAR,
        Column::required(
            "recipient_kind",
            &["mottagartyp"],
            Holds::Choice(RECIPIENT_KINDS),
        ),
        Column::required("available_amount", &["tillgängligt_belopp"], Holds::Money),
        Column::optional("opens_on", &["öppnar"], Holds::Date),
        Column::optional("closes_on", &["stänger"], Holds::Date),
        Column::required("use_by", &["används_senast"], Holds::Date),
        Column::required("report_by", &["redovisas_senast"], Holds::Date),
    ];

    fn fact(values: &Values) -> Result<round::Model, Misread> {
        Ok(round::Model {
            row_id: 0,
            code: values.code("round", RoundCode::parse)?,
            programme: values.text_or_none("programme")?.unwrap_or_default(),
            assignment: values.code("assignment", RegistryNumber::parse)?,
            year: values.whole("year")?,
            recipient_kind: values.choice("recipient_kind", RecipientKind::of)?,
            available_amount: values.money("available_amount")?,
            opens_on: values.date_or_none("opens_on")?,
            closes_on: values.date_or_none("closes_on")?,
            use_by: values.date("use_by")?,
            report_by: values.date("report_by")?,
        })
    }
}

impl Intake for Rounds {
    fn assignment_of(fact: &round::Model) -> Option<&RegistryNumber> {
        Some(&fact.assignment)
    }

    /// Where no programme is named, it is the assignment's own for the kind of recipient.
    fn settle(rows: &mut [Row<round::Model>], basis: &Basis) {
        for model in rows
            .iter_mut()
            .filter_map(|row| row.fact.as_mut())
            .filter(|model| model.programme.is_empty())
        {
            let own = basis.register.programmes.iter().find(|programme| {
                programme.assignment == model.assignment
                    && programme.recipient_kind == Some(model.recipient_kind)
            });
            model.programme = own
                .map(|programme| programme.code.clone())
                .unwrap_or_default();
        }
    }

    fn check(rows: &[Row<round::Model>], basis: &Basis, findings: &mut Findings) {
        removals(rows, basis, Remover::Coordinator, findings);
        let paid = basis.ledger.paid();
        let sums = SumsByRound::new(&paid, &basis.ledger.requisitions);
        for (head, model) in facts(rows) {
            let at = place(head);
            if !basis.register.assignments.contains_key(&model.assignment)
                || basis
                    .assignment
                    .as_ref()
                    .is_some_and(|asked| *asked != model.assignment)
            {
                findings.row(
                    at,
                    Rule::UnknownCode,
                    Some("assignment"),
                    model.assignment.as_str(),
                );
                continue;
            }
            if !basis.sender.coordinates(&model.assignment) {
                findings.row(at, Rule::NotYourData, Some("round"), model.code.as_str());
            }
            // Round codes are unique in the store: another assignment's round is not corrected.
            if basis
                .register
                .rounds
                .get(&model.code)
                .is_some_and(|known| known.assignment != model.assignment)
            {
                findings.row(at, Rule::NotYourData, Some("round"), model.code.as_str());
            }
            let known = |code: &str| {
                basis
                    .register
                    .programmes
                    .iter()
                    .any(|one| one.code == code && one.assignment == model.assignment)
            };
            if !known(&model.programme) {
                if model.programme.is_empty() {
                    let detail = (
                        "(statsbidrag är tomt och uppdraget har inget eget för mottagartypen)",
                        "(programme is blank and the assignment has none of its own for the kind)",
                    );
                    let rule = Rule::UnknownCode;
                    findings.detailed(at, rule, rule.severity(), Some("programme"), detail);
                } else {
                    findings.row(at, Rule::UnknownCode, Some("programme"), &model.programme);
                }
            }
            over_available(&sums, model, at, findings);
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, round::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| round::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<round::Entity, _>(models).await
    }
}

/// A lowered amount that is already paid out is a warning on the file that lowers it.
fn over_available(
    sums: &SumsByRound<'_>,
    model: &round::Model,
    at: crate::intake::finding::Place<'_>,
    findings: &mut Findings,
) {
    let above = sums.of(model).over_available();
    if above > 0 {
        let (rule, column) = (Rule::OverAppropriation, Some("available_amount"));
        findings.amount(at, rule, Severity::Warning, column, above);
    }
}

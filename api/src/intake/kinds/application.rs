//! Applications: what NGOs ask for, and what was decided.

use entity::{
    ApplicationDecision, Kind, RecipientCode, RecipientKind, RoundCode, Sek, application, round,
};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::{Basis, pair};
use crate::intake::batch::Form;
use crate::intake::check::{
    Remover, facts, names_forbidden_cost, place, removals, round_and_recipient,
};
use crate::intake::column::{Column, Holds, RECIPIENT_CODE, REGISTRY_NUMBER, ROUND};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, RowHead, Values};
use crate::intake::rule::Rule;
use crate::intake::unlikely;
use crate::store::Writer;

/// The kind `applications`.
pub(crate) struct Applications;

/// Decisions with their Swedish aliases.
const DECISIONS: &[(&str, &str)] = &[
    (ApplicationDecision::Granted.code(), "beviljad"),
    (ApplicationDecision::PartlyGranted.code(), "delvis beviljad"),
    (ApplicationDecision::Declined.code(), "avslag"),
    (ApplicationDecision::Withdrawn.code(), "återtagen"),
];

/// An application with its purpose, which is kept apart.
pub(crate) struct SentApplication {
    model: application::Model,
    purpose: Option<String>,
}

impl Form for Applications {
    type Fact = SentApplication;
    const KIND: Kind = Kind::Applications;
    const COLUMNS: &'static [Column] = &[
        ROUND.key(),
        RECIPIENT_CODE.key(),
        Column::required("applied_amount", &["sökt_belopp"], Holds::Money),
        Column::required("applied_on", &["sökt_datum"], Holds::Date),
        Column::optional("decision", &["beslut"], Holds::Choice(DECISIONS)),
        Column::optional("granted_amount", &["beviljat_belopp"], Holds::Money),
        Column::optional("decided_on", &["beslutsdatum"], Holds::Date),
        Column::optional("purpose", &["ändamål"], Holds::FreeText),
        REGISTRY_NUMBER,
    ];

    fn fact(values: &Values) -> Result<SentApplication, Misread> {
        let model = application::Model {
            row_id: 0,
            round: values.code("round", RoundCode::parse)?,
            recipient_code: values.code("recipient_code", RecipientCode::parse)?,
            applied_amount: values.money("applied_amount")?,
            applied_on: values.date("applied_on")?,
            decision: values.choice_or_none("decision", ApplicationDecision::of)?,
            granted_amount: values.money_or_none("granted_amount")?,
            decided_on: values.date_or_none("decided_on")?,
            purpose_id: None,
            registry_number: values.text_or_none("registry_number")?,
        };
        Ok(SentApplication {
            model,
            purpose: values.text_or_none("purpose")?,
        })
    }
}

impl Intake for Applications {
    fn check(rows: &[Row<SentApplication>], basis: &Basis, findings: &mut Findings) {
        removals(rows, basis, Remover::Recipient, findings);
        let paid = basis.ledger.paid();
        for row in rows.iter().filter(|row| row.fact.is_none()) {
            if paid.get(&row.head.key).is_some_and(|paid| *paid > 0) {
                let detail = (
                    "redan utbetalt, och ansökan är borta",
                    "paid already, and the application is gone",
                );
                findings.knock_on(place(&row.head), Rule::PaymentWithoutBasis, None, detail);
            }
        }
        for row in rows.iter().filter(|row| row.fact.is_none()) {
            decided_by_others(basis, &row.head, None, findings);
        }
        for (head, SentApplication { model, purpose }) in facts(rows) {
            let at = place(head);
            let Some(round) =
                round_and_recipient(basis, at, &model.round, &model.recipient_code, findings)
            else {
                continue;
            };
            unlikely::day(basis, at, "applied_on", (model.applied_on, round), findings);
            if let Some(decided_on) = model.decided_on {
                unlikely::day(basis, at, "decided_on", (decided_on, round), findings);
            }
            decided_by_others(basis, head, Some(model), findings);
            if grants(model) && model.granted_amount.is_none() {
                findings.row(
                    at,
                    Rule::MissingValue,
                    Some("granted_amount"),
                    "granted_amount",
                );
            }
            if round.recipient_kind == RecipientKind::Ngo
                && purpose.as_deref().is_some_and(names_forbidden_cost)
            {
                findings.row(at, Rule::ForbiddenCost, Some("purpose"), "");
            }
            let granted = granted(model);
            let paid = paid
                .get(&pair(&model.round, &model.recipient_code))
                .copied()
                .unwrap_or(0);
            if paid > i128::from(granted.ore()) {
                let detail = (
                    "redan utbetalt är mer än beviljat",
                    "what is already paid is more than granted",
                );
                findings.knock_on(
                    at,
                    Rule::PaymentWithoutBasis,
                    Some("granted_amount"),
                    detail,
                );
            }
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, SentApplication)>) -> Result<(), DbErr> {
        let (mut models, mut texts) = (Vec::with_capacity(facts.len()), Vec::new());
        for (row_id, fact) in facts {
            models.push(application::Model {
                row_id,
                ..fact.model
            });
            texts.push(fact.purpose);
        }
        for (model, id) in models.iter_mut().zip(writer.keep_texts(texts).await?) {
            model.purpose_id = id;
        }
        writer.insert_all::<application::Entity, _>(models).await
    }
}

/// Notes a row by which somebody decides on its own application, or takes away what was decided: the decision is the
/// coordinator's. Whoever applied may withdraw it.
fn decided_by_others(
    basis: &Basis,
    head: &RowHead,
    sent: Option<&application::Model>,
    findings: &mut Findings,
) {
    let round = head.key.split('|').next();
    let round = round.and_then(|code| RoundCode::parse(code).ok());
    let round = round.and_then(|code| basis.register.rounds.get(&code));
    let own = head.key.split('|').nth(1).unwrap_or_default();
    let is_own = |round: &&round::Model| {
        let assignment = &round.assignment;
        !basis.sender.coordinates(assignment) && basis.sender.may_report_for(Some(assignment), own)
    };
    // Of another's it is said already.
    if !round.as_ref().is_some_and(is_own) {
        return;
    }
    let counting = basis.ledger.applications.get(&head.key);
    let decision = |one: &application::Model| (one.decision, one.granted_amount, one.decided_on);
    let undecided = (None, None, None);
    let is_withdrawn = sent.is_some_and(|one| {
        one.decision == Some(ApplicationDecision::Withdrawn) && one.granted_amount.is_none()
    });
    if is_withdrawn || sent.map_or(undecided, decision) == counting.map_or(undecided, decision) {
        return;
    }
    let detail = (
        "beslutet om den egna ansökan: lämna beslutscellerna som de är",
        "the decision on its own application: leave the cells of the decision as they are",
    );
    let (at, column) = (place(head), Some("decision"));
    findings.detailed(
        at,
        Rule::NotYourData,
        Rule::NotYourData.severity(),
        column,
        detail,
    );
}

fn grants(model: &application::Model) -> bool {
    model.decision.is_some_and(ApplicationDecision::grants)
}

/// What an application was granted: nothing unless it was decided so.
pub(crate) fn granted(model: &application::Model) -> Sek {
    if grants(model) {
        model.granted_amount.unwrap_or_default()
    } else {
        Sek::ZERO
    }
}

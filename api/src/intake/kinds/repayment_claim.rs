//! Claims for repayment: what the coordinator demands back, defers, waives and withdraws.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{ClaimStep, Kind, RecipientCode, RoundCode, Severity, repayment_claim, round};
use sea_orm::DbErr;

use super::Intake;
use super::claimed::{illegal_step, other_recipient};
use crate::intake::basis::{Basis, Claimed, Ledger, pair};
use crate::intake::batch::Form;
use crate::intake::check::{Remover, after, facts, kronor, place, removals, round_and_recipient};
use crate::intake::column::{CodeOf, Column, Holds, RECIPIENT_CODE, REGISTRY_NUMBER, ROUND};
use crate::intake::finding::{Findings, Place};
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::intake::unlikely;
use crate::store::Writer;

/// The kind `repayment_claims`.
pub(crate) struct RepaymentClaims;

/// Steps with their Swedish aliases.
pub(super) const STEPS: &[(&str, &str)] = &[
    (ClaimStep::Demanded.code(), "krävd"),
    (ClaimStep::Deferred.code(), "anstånd"),
    (ClaimStep::Waived.code(), "eftergiven"),
    (ClaimStep::Withdrawn.code(), "återkallad"),
];

impl Form for RepaymentClaims {
    type Fact = repayment_claim::Model;
    const KIND: Kind = Kind::RepaymentClaims;
    const COLUMNS: &'static [Column] = &[
        ROUND.key(),
        Column::required(
            "reference",
            &["återkravsreferens"],
            Holds::Code(CodeOf::Any),
        )
        .key(),
        RECIPIENT_CODE,
        Column::required("step", &["läge"], Holds::Choice(STEPS)).key(),
        Column::required("decided_on", &["beslutsdatum"], Holds::Date).key(),
        Column::optional("amount", &["belopp", "återkrävt_belopp"], Holds::Money),
        Column::optional("due_on", &["betalas_senast"], Holds::Date),
        REGISTRY_NUMBER,
    ];

    fn fact(values: &Values) -> Result<repayment_claim::Model, Misread> {
        Ok(repayment_claim::Model {
            row_id: 0,
            reference: values.text("reference")?,
            round: values.code("round", RoundCode::parse)?,
            recipient_code: values.code("recipient_code", RecipientCode::parse)?,
            step: values.choice("step", ClaimStep::of)?,
            decided_on: values.date("decided_on")?,
            amount: values.money_or_none("amount")?,
            due_on: values.date_or_none("due_on")?,
            registry_number: values.text_or_none("registry_number")?,
        })
    }
}

impl Intake for RepaymentClaims {
    fn check(rows: &[Row<repayment_claim::Model>], basis: &Basis, findings: &mut Findings) {
        removals(rows, basis, Remover::Coordinator, findings);
        // Where a row is wrong in itself, what follows from it says nothing.
        let mut faulty: HashSet<String> = HashSet::new();
        let mut demands: Vec<(Place<'_>, &repayment_claim::Model, &round::Model)> = Vec::new();
        for (head, fact) in facts(rows) {
            let at = place(head);
            let Some(round) =
                round_and_recipient(basis, at, &fact.round, &fact.recipient_code, findings)
            else {
                faulty.insert(pair(&fact.round, &fact.recipient_code));
                continue;
            };
            unlikely::day(basis, at, "decided_on", (fact.decided_on, round), findings);
            // A recipient reports its own money; it demands nothing of itself.
            let coordinates = basis.sender.coordinates(&round.assignment);
            if !coordinates {
                findings.row(at, Rule::NotYourData, None, &head.key);
            }
            if !coordinates || !check_form(fact, at, findings) {
                faulty.insert(pair(&fact.round, &fact.recipient_code));
            } else if fact.step == ClaimStep::Demanded {
                demands.push((at, fact, round));
            }
        }
        let after = Ledger {
            claims: after(rows, &basis.ledger.claims),
            ..basis.ledger.clone()
        };
        let claimed = Claimed::of(&after);
        check_steps(rows, &basis.ledger, &claimed, &faulty, findings);
        other_recipient(rows, &after, findings);
        let is_sound = |fact: &repayment_claim::Model| {
            !faulty.contains(&pair(&fact.round, &fact.recipient_code))
        };
        for (at, fact, round) in demands.into_iter().filter(|(_, fact, _)| is_sound(fact)) {
            check_amount(&claimed, &after, fact, round, at, findings);
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, repayment_claim::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| repayment_claim::Model { row_id, ..fact })
            .collect();
        writer
            .insert_all::<repayment_claim::Entity, _>(models)
            .await
    }
}

/// A step has its amount and its last day where it needs them, and neither where they would say nothing.
fn check_form(fact: &repayment_claim::Model, at: Place<'_>, findings: &mut Findings) -> bool {
    let mut sound = true;
    let cells = [
        ("amount", fact.amount.is_some(), fact.step.has_amount()),
        ("due_on", fact.due_on.is_some(), fact.step.has_due_day()),
    ];
    for (column, filled, needed) in cells {
        if needed && !filled {
            findings.row(at, Rule::MissingValue, Some(column), column);
            sound = false;
        } else if filled && !needed {
            let step = fact.step.code();
            let sv = format!("Lämna cellen tom när läget är {step}: det gäller allt som är kvar.");
            let en = format!("Leave the cell blank at {step}: it is of all that is left.");
            let rule = Rule::UnknownValue;
            findings.detailed(at, rule, rule.severity(), Some(column), (&sv, &en));
            sound = false;
        }
    }
    if fact.due_on.is_some_and(|due_on| due_on < fact.decided_on) {
        let detail = (
            "Betalningsdagen är före beslutsdagen.",
            "The last day to pay is before the day of the decision.",
        );
        let rule = Rule::UnknownValue;
        findings.detailed(at, rule, rule.severity(), Some("due_on"), detail);
        sound = false;
    }
    sound
}

/// The steps of each claim that the file touches are legal, one after the other. A fault is told on the row that is not
/// legal; where it is a stored one, on the row of the file that makes it so.
fn check_steps(
    rows: &[Row<repayment_claim::Model>],
    before: &Ledger,
    claimed: &Claimed<'_>,
    faulty: &HashSet<String>,
    findings: &mut Findings,
) {
    // Rows by what they touch: the claim as it is sent, and as it was before.
    let mut touched: BTreeMap<String, Vec<(Place<'_>, &str)>> = BTreeMap::new();
    let mut sent: HashMap<&str, Place<'_>> = HashMap::new();
    for row in rows {
        let at = place(&row.head);
        sent.insert(&row.head.key, at);
        let models = row.fact.iter().chain(before.claims.get(&row.head.key));
        for model in models {
            let of = touched.entry(pair(&model.round, &model.recipient_code));
            of.or_default().push((at, &model.reference));
        }
    }
    for (pair, places) in touched.iter().filter(|(pair, _)| !faulty.contains(*pair)) {
        let (steps, claims) = claimed.follow(pair);
        for illegal in &claims.illegal {
            let Some(step) = steps.get(illegal.step) else {
                continue;
            };
            let own = sent.get(step.natural_key().as_str());
            let of_claim = places.iter().find(|(_, one)| *one == step.reference);
            let at = own.or_else(|| of_claim.or(places.first()).map(|(at, _)| at));
            if let Some(at) = at {
                illegal_step(step, illegal, Severity::Error, *at, findings);
            }
        }
    }
}

/// No more is demanded than what is left of the money by the recipient's own report, or of all its money once a report
/// should have been there: else a warning, since a grant used against its conditions is demanded back too. More than the
/// recipient has is an error.
fn check_amount(
    claimed: &Claimed<'_>,
    after: &Ledger,
    fact: &repayment_claim::Model,
    round: &round::Model,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let key = pair(&fact.round, &fact.recipient_code);
    let (_, claims) = claimed.follow(&key);
    let rule = Rule::ClaimOverOutstanding;
    let over_received = claims.claimed() - claimed.received(&key).max(0);
    if over_received > 0 {
        let [sv, en] = kronor(over_received);
        let sv = format!("{sv} kr mer än mottagaren har fått och inte betalat tillbaka");
        let en = format!("SEK {en} more than the recipient has received and not paid back");
        findings.detailed(at, rule, Severity::Error, Some("amount"), (&sv, &en));
        return;
    }
    let is_early = !after.reports.contains_key(&key) && fact.decided_on <= round.report_by;
    let over = claims.claimed() - claimed.open(&key).max(0);
    if is_early {
        let day = round.report_by;
        let sv = format!("krävt innan redovisningen skulle vara inne, {day}");
        let en = format!("demanded before the report was due, {day}");
        findings.detailed(at, rule, Severity::Warning, Some("decided_on"), (&sv, &en));
    } else if over > 0 {
        let [sv, en] = kronor(over);
        let sv = format!("{sv} kr mer än vad som kvarstår enligt redovisningen");
        let en = format!("SEK {en} more than is outstanding by the report");
        findings.detailed(at, rule, Severity::Warning, Some("amount"), (&sv, &en));
    }
}

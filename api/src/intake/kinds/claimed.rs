//! What stands of claims for repayment: an illegal step told, and money that changes under a claim.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use entity::{ClaimState, IllegalChange, IllegalStep, Severity, repayment_claim};

use super::repayment_claim::STEPS;
use crate::intake::basis::{Claimed, Ledger};
use crate::intake::check::{kronor, place};
use crate::intake::finding::{Findings, Place};
use crate::intake::row::Row;
use crate::intake::rule::Rule;

/// Tells that a step is not legal, why, and which steps are.
pub(super) fn illegal_step(
    step: &repayment_claim::Model,
    illegal: &IllegalStep,
    severity: Severity,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let (sv, en) = why(illegal.why);
    let (code, reference) = (step.step.code(), &step.reference);
    let (legal_sv, legal_en) = legal(illegal.from);
    let sv = format!(
        "{code} för {reference} den {}: {sv}. {legal_sv}",
        step.decided_on
    );
    let en = format!(
        "{code} of {reference} on {}: {en}. {legal_en}",
        step.decided_on
    );
    let column = match illegal.why {
        IllegalChange::MoreThanLeft { .. } | IllegalChange::Nothing => "amount",
        IllegalChange::NoLater { .. } => "due_on",
        _ => "step",
    };
    findings.detailed(at, Rule::ClaimStep, severity, Some(column), (&sv, &en));
}

fn why(why: IllegalChange) -> (String, String) {
    let sv = match why {
        IllegalChange::NotDemanded => "inget är krävt då".to_owned(),
        IllegalChange::AlreadyDemanded => "det är redan krävt".to_owned(),
        IllegalChange::Settled => "allt är då betalt eller eftergivet".to_owned(),
        IllegalChange::Withdrawn => "det är då återkallat".to_owned(),
        IllegalChange::MoreThanLeft { left } => format!("bara {left} kr är då kvar av det"),
        IllegalChange::NoLater { due_on } => format!("det ska betalas redan senast {due_on}"),
        IllegalChange::Nothing => "beloppet är 0".to_owned(),
    };
    (sv, why.to_string())
}

fn legal(state: ClaimState) -> (String, String) {
    let steps = state.legal();
    if steps.is_empty() {
        let nothing = ("Inget mer steg är tillåtet.", "No further step is legal.");
        return (nothing.0.to_owned(), nothing.1.to_owned());
    }
    let alias = |code: &str| {
        STEPS
            .iter()
            .find(|(one, _)| *one == code)
            .map(|(_, sv)| *sv)
    };
    let sv: Vec<String> = steps
        .iter()
        .map(|step| {
            format!(
                "{} ({})",
                step.code(),
                alias(step.code()).unwrap_or_default()
            )
        })
        .collect();
    let en: Vec<&str> = steps.iter().map(|step| step.code()).collect();
    (
        format!("Tillåtet då: {}.", sv.join(", ")),
        format!("Legal then: {}.", en.join(", ")),
    )
}

/// A claim is of one recipient: all its steps say the same one.
pub(super) fn other_recipient(
    rows: &[Row<repayment_claim::Model>],
    after: &Ledger,
    findings: &mut Findings,
) {
    let mut recipients: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for one in after.claims.values() {
        let of = recipients.entry((one.round.as_str(), &one.reference));
        of.or_default().insert(one.recipient_code.as_str());
    }
    for row in rows {
        let Some(fact) = &row.fact else { continue };
        let key = (fact.round.as_str(), fact.reference.as_str());
        let of = recipients.get(&key).into_iter().flatten();
        let others: Vec<&str> = of
            .copied()
            .filter(|one| *one != fact.recipient_code.as_str())
            .collect();
        if !others.is_empty() {
            let others = others.join(", ");
            let sv = format!(
                "{} gäller också {others}. Ge varje mottagare en egen referens.",
                fact.reference
            );
            let en = format!(
                "{} is of {others} too. Give each recipient a reference of its own.",
                fact.reference
            );
            let rule = Rule::ClaimStep;
            findings.detailed(
                place(&row.head),
                rule,
                rule.severity(),
                Some("recipient_code"),
                (&sv, &en),
            );
        }
    }
}

/// What changes under claims that stand already is a warning on the file that changes it: more is then claimed than is
/// open, or a step is no longer legal.
pub(super) fn check_claimed<'a>(
    places: impl Iterator<Item = (Place<'a>, String)>,
    before: &Ledger,
    after: &Ledger,
    findings: &mut Findings,
) {
    let (was, becomes) = (Claimed::of(before), Claimed::of(after));
    let mut seen = HashSet::new();
    for (at, pair) in places {
        if !was.has(&pair) || !seen.insert(pair.clone()) {
            continue;
        }
        let over = becomes.over(&pair);
        if over > was.over(&pair) {
            let [sv, en] = kronor(over);
            let sv = format!("{sv} kr mer än vad som därmed kvarstår");
            let en = format!("SEK {en} more than is then outstanding");
            findings.knock_on(at, Rule::ClaimOverOutstanding, None, (&sv, &en));
        }
        let known = was.follow(&pair).1.illegal.len();
        let (steps, claims) = becomes.follow(&pair);
        if claims.illegal.len() > known {
            for illegal in &claims.illegal {
                if let Some(step) = steps.get(illegal.step) {
                    illegal_step(step, illegal, Severity::Warning, at, findings);
                }
            }
        }
    }
}

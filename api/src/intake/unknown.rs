//! A code that a short register does not have: the sender is told those that it has.

use entity::RegistryNumber;

use super::basis::Basis;
use super::check::has_activity;
use super::finding::{Findings, Place, quiet};
use super::rule::Rule;

/// Codes that are told, at most.
const MOST_TOLD: usize = 40;

/// Notes a code that is none of those in a register.
pub(super) fn note(
    at: Place<'_>,
    (column, code): (&str, &str),
    known: impl Iterator<Item = String>,
    findings: &mut Findings,
) {
    let mut known: Vec<String> = known.collect();
    known.sort_unstable();
    let rule = Rule::UnknownCode;
    if known.is_empty() || known.len() > MOST_TOLD {
        findings.row(at, rule, Some(column), code);
        return;
    }
    let (code, known) = (quiet(code), known.join(", "));
    let told = (
        format!("Koden {code} finns inte. De som finns är {known}."),
        format!("The code {code} does not exist. Those that do are {known}."),
    );
    findings.telling(at, rule, rule.severity(), Some(column), told);
}

/// Notes a main activity that an assignment does not have.
pub(super) fn main_activity(
    basis: &Basis,
    at: Place<'_>,
    (assignment, number): (&RegistryNumber, &str),
    findings: &mut Findings,
) {
    if !has_activity(basis, assignment, number) {
        let all = basis.register.main_activities.iter();
        let own = all.filter(|(of, _)| of == assignment);
        let known = own.map(|(_, number)| number.clone());
        note(at, ("main_activity", number), known, findings);
    }
}

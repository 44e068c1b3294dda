//! Which deliverable a row is about: the assignment's of a kind, with the last day that the decisions say.

use chrono::NaiveDate;
use entity::{CodeList, DeliverableKind, RegistryNumber, deliverable};

use super::basis::Basis;
use super::finding::{Findings, Place};
use super::rule::Rule;

/// Who is responsible for the deliverable that a row is about; where nothing of its kind and day is asked for, the row is
/// noted.
pub(super) fn asked_for<'a>(
    basis: &'a Basis,
    at: Place<'_>,
    (assignment, kind, due_on): (&RegistryNumber, DeliverableKind, Option<NaiveDate>),
    findings: &mut Findings,
) -> Option<Vec<&'a CodeList>> {
    let own = basis.deliverables.iter();
    let of_kind: Vec<&deliverable::Model> = own
        .filter(|one| one.assignment == *assignment && one.kind == kind)
        .collect();
    let of_day = of_kind.iter().filter(|one| one.due_on == due_on);
    let found: Vec<&CodeList> = of_day.map(|one| &one.responsible).collect();
    if !found.is_empty() {
        return Some(found);
    }
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    if of_kind.is_empty() {
        findings.row(at, Rule::UnknownCode, Some("deliverable"), kind.code());
        return None;
    }
    let days: Vec<String> = of_kind.iter().map(|one| day(one.due_on)).collect();
    let (asked, own) = (days.join(", "), day(due_on));
    let sv = format!("\"{own}\" (besluten anger: \"{asked}\")");
    let en = format!("\"{own}\" (the decisions say: \"{asked}\")");
    let rule = Rule::UnknownCode;
    findings.detailed(at, rule, rule.severity(), Some("due_on"), (&sv, &en));
    None
}

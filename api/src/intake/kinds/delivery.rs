//! Deliveries: which of the things that decisions ask for were delivered, by whom and when.

use entity::{
    CodeList, DeliverableKind, Kind, OrganisationCode, RegistryNumber, deliverable, delivery,
};
use sea_orm::DbErr;

use super::Intake;
use super::reference::DELIVERABLES;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, organisation, owned_removals, place, year_of_day};
use crate::intake::column::{Column, Holds, ORGANISATION_CODE, REGISTRY_NUMBER};
use crate::intake::finding::{Findings, Place};
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `deliveries`.
pub(crate) struct Deliveries;

impl Form for Deliveries {
    type Fact = delivery::Model;
    const KIND: Kind = Kind::Deliveries;
    const COLUMNS: &'static [Column] = &[
        Column::required("deliverable", &["redovisning"], Holds::Choice(DELIVERABLES)).key(),
        Column::optional("due_on", &["förfallodag"], Holds::Date).key(),
        Column::optional("year", &["år"], Holds::Year).key(),
        ORGANISATION_CODE.key(),
        Column::required("delivered_on", &["lämnat_datum"], Holds::Date),
        REGISTRY_NUMBER,
    ];

    fn fact(values: &Values<'_>) -> Result<delivery::Model, Misread> {
        Ok(delivery::Model {
            row_id: 0,
            assignment: values.owner()?,
            deliverable: values.choice("deliverable", DeliverableKind::of)?,
            due_on: values.date_or_none("due_on")?,
            year: values.whole_or_none("year")?,
            organisation_code: values.code("organisation_code", OrganisationCode::parse)?,
            delivered_on: values.date("delivered_on")?,
            registry_number: values.text_or_none("registry_number")?,
        })
    }
}

impl Intake for Deliveries {
    fn check(rows: &[Row<delivery::Model>], basis: &Basis, findings: &mut Findings) {
        // The key is assignment, deliverable, last day, year, organisation.
        owned_removals(rows, basis, 4, findings);
        for (head, fact) in facts(rows) {
            let at = place(head);
            let code = &fact.organisation_code;
            let year = year_of_day(fact.delivered_on);
            let known = organisation(basis, at, code, year, findings);
            let Some(asked) = asked_for(basis, at, fact, findings) else {
                continue;
            };
            if fact.due_on.is_some() && fact.year.is_some() {
                let detail = (
                    "Årtal anges bara där beslutet inte nämner någon dag.",
                    "A year is given only where the decision names no day.",
                );
                let rule = Rule::UnknownValue;
                findings.detailed(at, rule, rule.severity(), Some("year"), detail);
            }
            if known && !may_deliver(basis, &fact.assignment, &asked, code) {
                let responsible: Vec<&str> = asked.iter().flat_map(|list| list.iter()).collect();
                let responsible = responsible.join(", ");
                let sv = format!("{code} (beslutet nämner {responsible})");
                let en = format!("{code} (the decision names {responsible})");
                let rule = Rule::UnknownCode;
                let column = Some("organisation_code");
                findings.detailed(at, rule, rule.severity(), column, (&sv, &en));
            }
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, delivery::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| delivery::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<delivery::Entity, _>(models).await
    }
}

/// Who is responsible for what a row delivers; where nothing of its kind and day is asked for, the row is noted.
fn asked_for<'a>(
    basis: &'a Basis,
    at: Place<'_>,
    fact: &delivery::Model,
    findings: &mut Findings,
) -> Option<Vec<&'a CodeList>> {
    let own = basis.deliverables.iter();
    let of_kind: Vec<&deliverable::Model> = own
        .filter(|one| one.assignment == fact.assignment && one.kind == fact.deliverable)
        .collect();
    let of_day = of_kind.iter().filter(|one| one.due_on == fact.due_on);
    let found: Vec<&CodeList> = of_day.map(|one| &one.responsible).collect();
    if !found.is_empty() {
        return Some(found);
    }
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    if of_kind.is_empty() {
        let kind = fact.deliverable.code();
        findings.row(at, Rule::UnknownCode, Some("deliverable"), kind);
        return None;
    }
    let days: Vec<String> = of_kind.iter().map(|one| day(one.due_on)).collect();
    let (asked, own) = (days.join(", "), day(fact.due_on));
    let sv = format!("\"{own}\" (besluten anger: \"{asked}\")");
    let en = format!("\"{own}\" (the decisions say: \"{asked}\")");
    let rule = Rule::UnknownCode;
    findings.detailed(at, rule, rule.severity(), Some("due_on"), (&sv, &en));
    None
}

/// Whether an organisation is responsible, coordinates the assignment, or is one of the county boards that are
/// responsible together.
fn may_deliver(
    basis: &Basis,
    assignment: &RegistryNumber,
    asked: &[&CodeList],
    code: &OrganisationCode,
) -> bool {
    let register = &basis.register;
    let coordinator = register.assignments.get(assignment);
    let coordinates = coordinator.is_some_and(|one| one.coordinator == *code);
    let names = |wanted: &str| {
        let mut named = asked.iter().flat_map(|list| list.iter());
        named.any(|named| named == wanted)
    };
    let together = || register.is_county_board(code) && names(entity::COUNTY_BOARDS);
    coordinates || names(code.as_str()) || together()
}

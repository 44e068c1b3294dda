//! Deliveries: which of the things that decisions ask for were delivered, by whom and when.

use entity::{CodeList, DeliverableKind, Kind, OrganisationCode, RegistryNumber, delivery};
use sea_orm::DbErr;

use super::Intake;
use super::reference::DELIVERABLES;
use crate::intake::asked_for::asked_for;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, organisation, owned_removals, place, year_of_day};
use crate::intake::column::{
    Column, DELIVERABLE_DUE_ON, Holds, ORGANISATION_CODE, REGISTRY_NUMBER,
};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::intake::unlikely;
use crate::store::Writer;

/// The kind `deliveries`.
pub(crate) struct Deliveries;

impl Form for Deliveries {
    type Fact = delivery::Model;
    const KIND: Kind = Kind::Deliveries;
    const COLUMNS: &'static [Column] = &[
        Column::required("deliverable", &["redovisning"], Holds::Choice(DELIVERABLES)).key(),
        DELIVERABLE_DUE_ON.key(),
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
            unlikely::ahead(basis, at, "delivered_on", fact.delivered_on, findings);
            let which = (&fact.assignment, fact.deliverable, fact.due_on);
            let Some(asked) = asked_for(basis, at, which, findings) else {
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

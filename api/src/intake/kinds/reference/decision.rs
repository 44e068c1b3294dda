//! Decisions with all numbers that they print.

use entity::{Kind, OrganisationCode, RegistryNumber, decision};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, CodeOf, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `decision`.
pub(crate) struct Decisions;

impl Form for Decisions {
    type Fact = decision::Model;
    const KIND: Kind = Kind::Decisions;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        Column::required("registry_number", &[], Holds::Code(CodeOf::Assignment)).key(),
        Column::required("printed_numbers", &[], Holds::Codes),
        Column::required("issuer", &[], Holds::Code(CodeOf::Organisation)),
        Column::optional("decided_on", &[], Holds::Date),
        Column::optional("amends", &[], Holds::Code(CodeOf::Assignment)),
    ];

    fn fact(values: &Values) -> Result<decision::Model, Misread> {
        Ok(decision::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            registry_number: values.code("registry_number", RegistryNumber::parse)?,
            printed_numbers: values.list("printed_numbers")?.iter().collect(),
            issuer: values.code("issuer", OrganisationCode::parse)?,
            decided_on: values.date_or_none("decided_on")?,
            amends: values.code_or_none("amends", RegistryNumber::parse)?,
        })
    }
}

impl Intake for Decisions {
    fn check(rows: &[Row<decision::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, decision::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| decision::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<decision::Entity, _>(models).await
    }
}

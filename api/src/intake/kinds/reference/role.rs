//! Parts that organisations have in an assignment.

use entity::{Kind, OrganisationCode, RegistryNumber, role};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds, ORGANISATION_CODE};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `role`.
pub(crate) struct Roles;

impl Form for Roles {
    type Fact = role::Model;
    const KIND: Kind = Kind::Roles;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        ORGANISATION_CODE.key(),
        Column::required("role", &[], Holds::PlainCode).key(),
        Column::required("position", &[], Holds::Whole).key(),
        Column::optional("responsibility", &[], Holds::Text),
    ];

    fn fact(values: &Values) -> Result<role::Model, Misread> {
        Ok(role::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            organisation_code: values.code("organisation_code", OrganisationCode::parse)?,
            role: values.text("role")?,
            position: values.whole("position")?,
            responsibility: values.text_or_none("responsibility")?,
        })
    }
}

impl Intake for Roles {
    fn check(rows: &[Row<role::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, role::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| role::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<role::Entity, _>(models).await
    }
}

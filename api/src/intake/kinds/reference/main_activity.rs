//! Main activities of an assignment.

use entity::{Kind, RegistryNumber, main_activity};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `main_activity`.
pub(crate) struct MainActivities;

impl Form for MainActivities {
    type Fact = main_activity::Model;
    const KIND: Kind = Kind::MainActivities;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        Column::required("number", &[], Holds::PlainCode).key(),
        Column::required("development_area", &[], Holds::PlainCode),
        Column::required("title", &[], Holds::Text),
    ];

    fn fact(values: &Values) -> Result<main_activity::Model, Misread> {
        Ok(main_activity::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            number: values.text("number")?,
            development_area: values.text("development_area")?,
            title: values.text("title")?,
        })
    }
}

impl Intake for MainActivities {
    fn check(rows: &[Row<main_activity::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, main_activity::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| main_activity::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<main_activity::Entity, _>(models).await
    }
}

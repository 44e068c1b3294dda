//! Goals, development areas and priorities.

use entity::{Kind, RegistryNumber, goal};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `goal`.
pub(crate) struct Goals;

impl Form for Goals {
    type Fact = goal::Model;
    const KIND: Kind = Kind::Goals;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        Column::required("code", &[], Holds::PlainCode).key(),
        Column::required("level", &[], Holds::PlainCode),
        Column::required("title", &[], Holds::Text),
        Column::optional("description", &[], Holds::Text),
    ];

    fn fact(values: &Values) -> Result<goal::Model, Misread> {
        Ok(goal::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            code: values.text("code")?,
            level: values.text("level")?,
            title: values.text("title")?,
            description: values.text_or_none("description")?,
        })
    }
}

impl Intake for Goals {
    fn check(rows: &[Row<goal::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, goal::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| goal::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<goal::Entity, _>(models).await
    }
}

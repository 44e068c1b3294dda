//! Statements that contradict each other, all kept.

use entity::{Kind, RegistryNumber, source_conflict};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `source_conflict`.
pub(crate) struct SourceConflicts;

impl Form for SourceConflicts {
    type Fact = source_conflict::Model;
    const KIND: Kind = Kind::SourceConflicts;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        Column::required("subject", &[], Holds::Text).key(),
        Column::required("position", &[], Holds::Whole).key(),
        Column::required("statement", &[], Holds::Text),
    ];

    fn fact(values: &Values) -> Result<source_conflict::Model, Misread> {
        Ok(source_conflict::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            subject: values.text("subject")?,
            position: values.whole("position")?,
            statement: values.text("statement")?,
        })
    }
}

impl Intake for SourceConflicts {
    fn check(rows: &[Row<source_conflict::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, source_conflict::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| source_conflict::Model { row_id, ..fact })
            .collect();
        writer
            .insert_all::<source_conflict::Entity, _>(models)
            .await
    }
}

//! What documents say of the contents of an assignment's reports: parts, demands, and what earlier reports found.

use entity::{Kind, RegistryNumber, report_content};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `report_contents`.
pub(crate) struct ReportContents;

/// What a row says.
const KINDS: &[(&str, &str)] = &[
    ("PART", "del"),
    ("REQUIRED_CONTENT", "krav"),
    ("DIFFICULTY_FOUND", "svårighet"),
    ("FINDING", "iakttagelse"),
];

impl Form for ReportContents {
    type Fact = report_content::Model;
    const KIND: Kind = Kind::ReportContents;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        Column::required("row_kind", &["slag"], Holds::Choice(KINDS)).key(),
        Column::required("number", &["nummer"], Holds::Whole).key(),
        Column::required("title", &["titel"], Holds::Text),
    ];

    fn fact(values: &Values<'_>) -> Result<report_content::Model, Misread> {
        Ok(report_content::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            row_kind: values.text("row_kind")?,
            number: values.whole("number")?,
            title: values.text("title")?,
        })
    }
}

impl Intake for ReportContents {
    fn check(rows: &[Row<report_content::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, report_content::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| report_content::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<report_content::Entity, _>(models).await
    }
}

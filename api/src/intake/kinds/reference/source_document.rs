//! Documents that facts are taken from.

use entity::{Kind, RegistryNumber, source_document};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{CodeOf, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `source_document`.
pub(crate) struct SourceDocuments;

impl Form for SourceDocuments {
    type Fact = source_document::Model;
    const KIND: Kind = Kind::SourceDocuments;
    const COLUMNS: &'static [Column] = &[
        Column::required("file", &[], Holds::Text).key(),
        Column::required("title", &[], Holds::Text),
        Column::optional("registry_number", &[], Holds::Code(CodeOf::Assignment)),
    ];

    fn fact(values: &Values) -> Result<source_document::Model, Misread> {
        Ok(source_document::Model {
            row_id: 0,
            file: values.text("file")?,
            title: values.text("title")?,
            registry_number: values.code_or_none("registry_number", RegistryNumber::parse)?,
        })
    }
}

impl Intake for SourceDocuments {
    fn check(rows: &[Row<source_document::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, source_document::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| source_document::Model { row_id, ..fact })
            .collect();
        writer
            .insert_all::<source_document::Entity, _>(models)
            .await
    }
}

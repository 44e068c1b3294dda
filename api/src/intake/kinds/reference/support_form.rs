//! Forms of support that documents name.

use entity::{Kind, RegistryNumber, support_form};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `support_form`.
pub(crate) struct SupportForms;

impl Form for SupportForms {
    type Fact = support_form::Model;
    const KIND: Kind = Kind::SupportForms;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        Column::required("code", &[], Holds::PlainCode).key(),
        Column::required("title", &[], Holds::Text),
        Column::required("listing", &[], Holds::PlainCode),
        Column::optional("quote", &[], Holds::Text),
    ];

    fn fact(values: &Values) -> Result<support_form::Model, Misread> {
        Ok(support_form::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            code: values.text("code")?,
            title: values.text("title")?,
            listing: values.text("listing")?,
            quote: values.text_or_none("quote")?,
        })
    }
}

impl Intake for SupportForms {
    fn check(rows: &[Row<support_form::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, support_form::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| support_form::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<support_form::Entity, _>(models).await
    }
}

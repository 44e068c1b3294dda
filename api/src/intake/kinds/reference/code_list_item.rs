//! Lists that a decision defines.

use entity::{Kind, code_list_item};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `code_list_item`.
pub(crate) struct CodeLists;

impl Form for CodeLists {
    type Fact = code_list_item::Model;
    const KIND: Kind = Kind::CodeLists;
    const COLUMNS: &'static [Column] = &[
        Column::required("list", &[], Holds::PlainCode).key(),
        Column::required("code", &[], Holds::PlainCode).key(),
        Column::optional("valid_from", &[], Holds::Date).key(),
        Column::required("position", &[], Holds::Whole),
        Column::required("title", &[], Holds::Text),
        Column::optional("title_en", &[], Holds::Text),
    ];

    fn fact(values: &Values) -> Result<code_list_item::Model, Misread> {
        Ok(code_list_item::Model {
            row_id: 0,
            list: values.text("list")?,
            code: values.text("code")?,
            valid_from: values.date_or_none("valid_from")?,
            position: values.whole("position")?,
            title: values.text("title")?,
            title_en: values.text_or_none("title_en")?,
        })
    }
}

impl Intake for CodeLists {
    fn check(rows: &[Row<code_list_item::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, code_list_item::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| code_list_item::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<code_list_item::Entity, _>(models).await
    }
}

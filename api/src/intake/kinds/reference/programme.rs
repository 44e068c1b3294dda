//! Programmes: the units that recur.

use entity::{Kind, RecipientKind, RegistryNumber, programme};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds, RECIPIENT_KINDS};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `programme`.
pub(crate) struct Programmes;

impl Form for Programmes {
    type Fact = programme::Model;
    const KIND: Kind = Kind::Programmes;
    const COLUMNS: &'static [Column] = &[
        Column::required("code", &[], Holds::PlainCode).key(),
        ASSIGNMENT,
        Column::optional("recipient_kind", &[], Holds::Choice(RECIPIENT_KINDS)),
        Column::required("title", &[], Holds::Text),
    ];

    fn fact(values: &Values) -> Result<programme::Model, Misread> {
        Ok(programme::Model {
            row_id: 0,
            code: values.text("code")?,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            recipient_kind: values.choice_or_none("recipient_kind", RecipientKind::of)?,
            title: values.text("title")?,
        })
    }
}

impl Intake for Programmes {
    fn check(rows: &[Row<programme::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, programme::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| programme::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<programme::Entity, _>(models).await
    }
}

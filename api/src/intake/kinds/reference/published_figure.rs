//! Figures that documents publish.

use entity::{Kind, RegistryNumber, published_figure};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds, YEAR};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `published_figure`.
pub(crate) struct PublishedFigures;

impl Form for PublishedFigures {
    type Fact = published_figure::Model;
    const KIND: Kind = Kind::PublishedFigures;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        YEAR.key(),
        Column::required("measure", &[], Holds::PlainCode).key(),
        Column::required("value", &[], Holds::Decimal),
        Column::required("unit", &[], Holds::PlainCode),
    ];

    fn fact(values: &Values) -> Result<published_figure::Model, Misread> {
        Ok(published_figure::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            year: values.whole("year")?,
            measure: values.text("measure")?,
            value: values
                .decimal_or_none("value")?
                .unwrap_or_default()
                .normalize()
                .to_string(),
            unit: values.text("unit")?,
        })
    }
}

impl Intake for PublishedFigures {
    fn check(rows: &[Row<published_figure::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(
        writer: &Writer,
        facts: Vec<(i64, published_figure::Model)>,
    ) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| published_figure::Model { row_id, ..fact })
            .collect();
        writer
            .insert_all::<published_figure::Entity, _>(models)
            .await
    }
}

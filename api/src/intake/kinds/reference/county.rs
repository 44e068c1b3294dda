//! Counties with their regions.

use entity::{CountyCode, Kind, county};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{CodeOf, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `county`.
pub(crate) struct Counties;

impl Form for Counties {
    type Fact = county::Model;
    const KIND: Kind = Kind::Counties;
    const COLUMNS: &'static [Column] = &[
        Column::required("code", &[], Holds::Code(CodeOf::County)).key(),
        Column::optional("valid_from", &[], Holds::Date).key(),
        Column::required("name", &[], Holds::Text),
        Column::required("iso_code", &[], Holds::PlainCode),
        Column::required("region_name", &[], Holds::Text),
        Column::optional("valid_to", &[], Holds::Date),
    ];

    fn fact(values: &Values) -> Result<county::Model, Misread> {
        Ok(county::Model {
            row_id: 0,
            code: values.code("code", CountyCode::parse)?,
            valid_from: values.date_or_none("valid_from")?,
            valid_to: values.date_or_none("valid_to")?,
            name: values.text("name")?,
            iso_code: values.text("iso_code")?,
            region_name: values.text("region_name")?,
        })
    }
}

impl Intake for Counties {
    fn check(rows: &[Row<county::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, county::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| county::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<county::Entity, _>(models).await
    }
}

//! The allocation key as a decision prints it.

use entity::{Kind, RecipientCode, RecipientKind, RegistryNumber, allocation_key};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds, RECIPIENT_CODE, RECIPIENT_KINDS, YEAR};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `allocation_key`.
pub(crate) struct AllocationKeys;

impl Form for AllocationKeys {
    type Fact = allocation_key::Model;
    const KIND: Kind = Kind::AllocationKeys;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        Column::required("recipient_kind", &[], Holds::Choice(RECIPIENT_KINDS)).key(),
        YEAR.key(),
        RECIPIENT_CODE.key(),
        Column::required("printed_name", &[], Holds::Text),
        Column::required("population_date", &[], Holds::Date),
        Column::required("population", &[], Holds::Whole),
        Column::required("population_group", &[], Holds::Whole),
        Column::required("amount", &[], Holds::Money),
    ];

    fn fact(values: &Values) -> Result<allocation_key::Model, Misread> {
        Ok(allocation_key::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            recipient_kind: values.choice("recipient_kind", RecipientKind::of)?,
            year: values.whole("year")?,
            recipient_code: values.code("recipient_code", RecipientCode::parse)?,
            printed_name: values.text("printed_name")?,
            population_date: values.date("population_date")?,
            population: values.whole("population")?,
            population_group: values.whole("population_group")?,
            amount: values.money("amount")?,
        })
    }
}

impl Intake for AllocationKeys {
    fn check(rows: &[Row<allocation_key::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, allocation_key::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| allocation_key::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<allocation_key::Entity, _>(models).await
    }
}

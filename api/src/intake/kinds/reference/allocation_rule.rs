//! The rule behind an allocation key.

use entity::{Kind, RecipientKind, RegistryNumber, allocation_rule};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds, RECIPIENT_KINDS};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `allocation_rules`.
pub(crate) struct AllocationRules;

impl Form for AllocationRules {
    type Fact = allocation_rule::Model;
    const KIND: Kind = Kind::AllocationRules;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        Column::required("recipient_kind", &[], Holds::Choice(RECIPIENT_KINDS)).key(),
        Column::required("from_year", &[], Holds::Year).key(),
        Column::required("to_year", &[], Holds::Year),
        Column::required("pool", &[], Holds::Money),
        Column::required("base", &[], Holds::Money),
        Column::required("threshold", &[], Holds::Whole),
    ];

    fn fact(values: &Values) -> Result<allocation_rule::Model, Misread> {
        Ok(allocation_rule::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            recipient_kind: values.choice("recipient_kind", RecipientKind::of)?,
            from_year: values.whole("from_year")?,
            to_year: values.whole("to_year")?,
            pool: values.money("pool")?,
            base: values.money("base")?,
            threshold: values.whole("threshold")?,
        })
    }
}

impl Intake for AllocationRules {
    fn check(rows: &[Row<allocation_rule::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, allocation_rule::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| allocation_rule::Model { row_id, ..fact })
            .collect();
        writer
            .insert_all::<allocation_rule::Entity, _>(models)
            .await
    }
}

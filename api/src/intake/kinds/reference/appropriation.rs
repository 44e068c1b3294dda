//! Money that a decision sets aside, by item and year.

use entity::{DistributionMethod, Kind, RegistryNumber, appropriation};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{CodeOf, Column, Holds, YEAR};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `appropriation`.
pub(crate) struct Appropriations;

/// How money is handed out, with the Swedish aliases.
const METHODS: &[(&str, &str)] = &[
    (DistributionMethod::Requisition.code(), "rekvisition"),
    (DistributionMethod::Application.code(), "ansökan"),
    (DistributionMethod::Direct.code(), "direkt"),
];

impl Form for Appropriations {
    type Fact = appropriation::Model;
    const KIND: Kind = Kind::Appropriations;
    const COLUMNS: &'static [Column] = &[
        Column::required("decision", &[], Holds::Code(CodeOf::Assignment)).key(),
        YEAR.key(),
        Column::required("item", &[], Holds::PlainCode).key(),
        Column::optional("recipient_kinds", &[], Holds::Codes),
        Column::optional("recipient", &[], Holds::Text),
        Column::optional("distribution_method", &[], Holds::Choice(METHODS)),
        Column::required("amount", &[], Holds::Money),
        Column::optional("condition", &[], Holds::Text),
    ];

    fn fact(values: &Values) -> Result<appropriation::Model, Misread> {
        Ok(appropriation::Model {
            row_id: 0,
            decision: values.code("decision", RegistryNumber::parse)?,
            year: values.whole("year")?,
            item: values.text("item")?,
            recipient_kinds: values.list("recipient_kinds")?.iter().collect(),
            recipient: values.text_or_none("recipient")?,
            distribution_method: values
                .choice_or_none("distribution_method", DistributionMethod::of)?,
            amount: values.money("amount")?,
            condition: values.text_or_none("condition")?,
        })
    }
}

impl Intake for Appropriations {
    fn check(rows: &[Row<appropriation::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, appropriation::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| appropriation::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<appropriation::Entity, _>(models).await
    }
}

//! Populations: inhabitants of a recipient on a day.

use entity::{Kind, RecipientCode, population};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, place, year_of_day};
use crate::intake::column::{Column, Holds, RECIPIENT_CODE};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `populations`.
pub(crate) struct Populations;

impl Form for Populations {
    type Fact = population::Model;
    const KIND: Kind = Kind::Populations;
    const COLUMNS: &'static [Column] = &[
        RECIPIENT_CODE.key(),
        Column::required("date", &["datum"], Holds::Date).key(),
        Column::required("population", &["befolkning"], Holds::Whole),
    ];

    fn fact(values: &Values) -> Result<population::Model, Misread> {
        Ok(population::Model {
            row_id: 0,
            recipient_code: values.code("recipient_code", RecipientCode::parse)?,
            date: values.date("date")?,
            count: values.whole("population")?,
        })
    }
}

impl Intake for Populations {
    fn check(rows: &[Row<population::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
        for (head, fact) in facts(rows) {
            let known = basis
                .register
                .recipient_kind(&fact.recipient_code, year_of_day(fact.date));
            if !known.is_some_and(entity::RecipientKind::has_population) {
                findings.row(
                    place(head),
                    Rule::UnknownCode,
                    Some("recipient_code"),
                    fact.recipient_code.as_str(),
                );
            }
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, population::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| population::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<population::Entity, _>(models).await
    }
}

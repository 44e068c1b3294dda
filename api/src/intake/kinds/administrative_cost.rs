//! Administrative costs: what handing out the money cost, by organisation and kind.

use entity::{Kind, OrganisationCode, administrative_cost};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, organisation, owned_removals, place};
use crate::intake::column::{Column, Holds, ORGANISATION_CODE, YEAR};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `administrative_costs`.
pub(crate) struct AdministrativeCosts;

/// Cost kinds with their Swedish aliases; their titles are in the code list `COST_KIND`.
const COST_KINDS: &[(&str, &str)] = &[
    ("STAFF", "lön"),
    ("TRAVEL", "resor"),
    ("CONSULTANT", "konsult"),
    ("COMMUNICATION", "kommunikation"),
    ("OTHER", "övrigt"),
];

impl Form for AdministrativeCosts {
    type Fact = administrative_cost::Model;
    const KIND: Kind = Kind::AdministrativeCosts;
    const COLUMNS: &'static [Column] = &[
        YEAR.key(),
        ORGANISATION_CODE.key(),
        Column::required("cost_kind", &["kostnadsslag"], Holds::Choice(COST_KINDS)).key(),
        Column::required("amount", &["belopp"], Holds::Money),
    ];

    fn fact(values: &Values) -> Result<administrative_cost::Model, Misread> {
        Ok(administrative_cost::Model {
            row_id: 0,
            assignment: values.owner()?,
            year: values.whole("year")?,
            organisation_code: values.code("organisation_code", OrganisationCode::parse)?,
            cost_kind: values.text("cost_kind")?,
            amount: values.money("amount")?,
        })
    }
}

impl Intake for AdministrativeCosts {
    fn check(rows: &[Row<administrative_cost::Model>], basis: &Basis, findings: &mut Findings) {
        owned_removals(rows, basis, 2, findings);
        for (head, fact) in facts(rows) {
            let year = i32::try_from(fact.year).unwrap_or(i32::MAX);
            organisation(basis, place(head), &fact.organisation_code, year, findings);
        }
    }

    async fn keep(
        writer: &Writer,
        facts: Vec<(i64, administrative_cost::Model)>,
    ) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| administrative_cost::Model { row_id, ..fact })
            .collect();
        writer
            .insert_all::<administrative_cost::Entity, _>(models)
            .await
    }
}

//! Organisations that have a part in an assignment.

use entity::{CountyCode, Kind, OrganisationCode, organisation};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, place};
use crate::intake::column::{CodeOf, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `organisation`.
pub(crate) struct Organisations;

/// The kind of organisations whose reporters see a county.
const COUNTY_BOARD: &str = "COUNTY_BOARD";

impl Form for Organisations {
    type Fact = organisation::Model;
    const KIND: Kind = Kind::Organisations;
    const COLUMNS: &'static [Column] = &[
        Column::required("code", &[], Holds::Code(CodeOf::Organisation)).key(),
        Column::optional("valid_from", &[], Holds::Date).key(),
        Column::required("name", &[], Holds::Text),
        Column::optional("short_name", &[], Holds::Text),
        Column::required("kind", &[], Holds::PlainCode),
        Column::optional("county_code", &[], Holds::Code(CodeOf::County)),
        Column::optional("website", &[], Holds::Text),
        Column::optional("valid_to", &[], Holds::Date),
    ];

    fn fact(values: &Values) -> Result<organisation::Model, Misread> {
        Ok(organisation::Model {
            row_id: 0,
            code: values.code("code", OrganisationCode::parse)?,
            name: values.text("name")?,
            short_name: values.text_or_none("short_name")?,
            kind: values.text("kind")?,
            county_code: values.code_or_none("county_code", CountyCode::parse)?,
            website: values.text_or_none("website")?,
            valid_from: values.date_or_none("valid_from")?,
            valid_to: values.date_or_none("valid_to")?,
        })
    }
}

impl Intake for Organisations {
    fn check(rows: &[Row<organisation::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
        // A county board sees its county: what makes one comes with the reference data alone.
        for (head, fact) in facts(rows).filter(|_| !basis.sender.is_reference()) {
            let known = basis.register.organisations.get(&fact.code);
            let known = known.and_then(|periods| periods.last());
            let as_before = known.is_some_and(|known| {
                (&known.kind, &known.county_code) == (&fact.kind, &fact.county_code)
            });
            if fact.kind == COUNTY_BOARD && !as_before {
                findings.row(place(head), Rule::NotYourData, Some("kind"), &head.key);
            }
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, organisation::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| organisation::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<organisation::Entity, _>(models).await
    }
}

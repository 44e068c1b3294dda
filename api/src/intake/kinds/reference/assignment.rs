//! Assignments of the Government.

use entity::{Kind, OrganisationCode, RegistryNumber, assignment};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::place;
use crate::intake::column::{CodeOf, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `assignment`.
pub(crate) struct Assignments;

impl Form for Assignments {
    type Fact = assignment::Model;
    const KIND: Kind = Kind::Assignments;
    const COLUMNS: &'static [Column] = &[
        Column::required("code", &[], Holds::Code(CodeOf::Assignment)).key(),
        Column::required("title", &[], Holds::Text),
        Column::required("period_start_year", &[], Holds::Year),
        Column::required("period_end_year", &[], Holds::Year),
        Column::optional("predecessors", &[], Holds::Codes),
        Column::required("coordinator", &[], Holds::Code(CodeOf::Organisation)),
        Column::optional("evaluator", &[], Holds::Code(CodeOf::Organisation)),
        Column::optional("appropriation_item", &[], Holds::Text),
    ];

    fn fact(values: &Values) -> Result<assignment::Model, Misread> {
        Ok(assignment::Model {
            row_id: 0,
            code: values.code("code", RegistryNumber::parse)?,
            title: values.text("title")?,
            period_start_year: values.whole("period_start_year")?,
            period_end_year: values.whole("period_end_year")?,
            predecessors: values.list("predecessors")?.iter().collect(),
            coordinator: values.code("coordinator", OrganisationCode::parse)?,
            evaluator: values.code_or_none("evaluator", OrganisationCode::parse)?,
            appropriation_item: values.text_or_none("appropriation_item")?,
        })
    }
}

impl Intake for Assignments {
    fn check(rows: &[Row<assignment::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
        // Who coordinates reaches what is sent for it: nobody takes another's assignment.
        for row in rows {
            let code = RegistryNumber::parse(&row.head.key).ok();
            let known = code.and_then(|code| basis.register.assignments.get(&code));
            if known.is_some_and(|known| !basis.sender.decides_of(&known.coordinator)) {
                findings.row(
                    place(&row.head),
                    Rule::NotYourData,
                    Some("code"),
                    &row.head.key,
                );
            }
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, assignment::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| assignment::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<assignment::Entity, _>(models).await
    }
}

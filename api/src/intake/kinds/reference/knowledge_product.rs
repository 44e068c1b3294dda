//! Knowledge products of the agencies.

use entity::{Kind, OrganisationCode, RegistryNumber, knowledge_product};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, has_activity, place};
use crate::intake::column::{ASSIGNMENT, Column, Holds, ORGANISATION_CODE};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `knowledge_products`.
pub(crate) struct KnowledgeProducts;

impl Form for KnowledgeProducts {
    type Fact = knowledge_product::Model;
    const KIND: Kind = Kind::KnowledgeProducts;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        ORGANISATION_CODE.key(),
        Column::required("title", &["titel"], Holds::Text).key(),
        Column::required("category", &["kategori"], Holds::Text),
        Column::optional("year", &["år"], Holds::Year),
        Column::optional("status", &[], Holds::Text),
        Column::optional("url", &[], Holds::Text),
        Column::optional("description", &["beskrivning"], Holds::Text),
        Column::optional("main_activities", &["huvudaktiviteter"], Holds::Codes),
    ];

    fn fact(values: &Values<'_>) -> Result<knowledge_product::Model, Misread> {
        Ok(knowledge_product::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            organisation_code: values.code("organisation_code", OrganisationCode::parse)?,
            title: values.text("title")?,
            category: values.text("category")?,
            year: values.whole_or_none("year")?,
            status: values.text_or_none("status")?,
            url: values.text_or_none("url")?,
            description: values.text_or_none("description")?,
            main_activities: values.list("main_activities")?.iter().collect(),
        })
    }
}

impl Intake for KnowledgeProducts {
    fn check(rows: &[Row<knowledge_product::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
        for (head, fact) in facts(rows) {
            let at = place(head);
            let code = &fact.organisation_code;
            if !basis.register.organisations.contains_key(code) {
                let column = Some("organisation_code");
                findings.row(at, Rule::UnknownCode, column, code.as_str());
            }
            let mut numbers = fact.main_activities.iter();
            if let Some(unknown) =
                numbers.find(|number| !has_activity(basis, &fact.assignment, number))
            {
                findings.row(at, Rule::UnknownCode, Some("main_activities"), unknown);
            }
        }
    }

    async fn keep(
        writer: &Writer,
        facts: Vec<(i64, knowledge_product::Model)>,
    ) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| knowledge_product::Model { row_id, ..fact })
            .collect();
        writer
            .insert_all::<knowledge_product::Entity, _>(models)
            .await
    }
}

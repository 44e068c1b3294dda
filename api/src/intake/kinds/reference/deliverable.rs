//! What a decision asks for, by day.

use entity::{DeliverableKind, Kind, RegistryNumber, deliverable};
use sea_orm::DbErr;

use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::column::{ASSIGNMENT, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::kinds::Intake;
use crate::intake::row::{Misread, Row, Values};
use crate::store::Writer;

/// The kind `deliverable`.
pub(crate) struct Deliverables;

/// What a decision asks for, with the Swedish aliases.
pub(in crate::intake::kinds) const DELIVERABLES: &[(&str, &str)] = &[
    (DeliverableKind::JointPlan.code(), "genomförandeplan"),
    (
        DeliverableKind::SupplementaryPlan.code(),
        "kompletterande plan",
    ),
    (
        DeliverableKind::AccountOfImplementation.code(),
        "redogörelse",
    ),
    (DeliverableKind::AnnualReport.code(), "årlig redovisning"),
    (
        DeliverableKind::CountyAnnualReport.code(),
        "länets årliga rapport",
    ),
    (DeliverableKind::InterimReport.code(), "delredovisning"),
    (DeliverableKind::FinalReport.code(), "slutredovisning"),
    (DeliverableKind::Evaluation.code(), "utvärdering"),
];

impl Form for Deliverables {
    type Fact = deliverable::Model;
    const KIND: Kind = Kind::Deliverables;
    const COLUMNS: &'static [Column] = &[
        ASSIGNMENT.key(),
        Column::required("kind", &[], Holds::Choice(DELIVERABLES)).key(),
        Column::optional("due_on", &[], Holds::Date).key(),
        Column::required("title", &[], Holds::Text).key(),
        Column::optional("responsible", &[], Holds::Codes),
        Column::optional("receiver", &[], Holds::Text),
        Column::optional("must_contain", &[], Holds::Text),
    ];

    fn fact(values: &Values) -> Result<deliverable::Model, Misread> {
        Ok(deliverable::Model {
            row_id: 0,
            assignment: values.code("assignment", RegistryNumber::parse)?,
            kind: values.choice("kind", DeliverableKind::of)?,
            title: values.text("title")?,
            due_on: values.date_or_none("due_on")?,
            responsible: values.list("responsible")?.iter().collect(),
            receiver: values.text_or_none("receiver")?,
            must_contain: values.text_or_none("must_contain")?,
        })
    }
}

impl Intake for Deliverables {
    fn check(rows: &[Row<deliverable::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, deliverable::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| deliverable::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<deliverable::Entity, _>(models).await
    }
}

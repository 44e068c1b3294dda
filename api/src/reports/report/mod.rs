//! Reports to the Government, composed of figures of the register: parts, sections, tables, demands, and a quality
//! declaration. Nothing is computed here.

mod account;
mod competence;
mod compose;
mod conclusions;
mod costs;
mod county;
mod development;
mod model;
mod plan;
mod quality;
mod requirement;
mod rounding;
mod scope;

use std::sync::Arc;

use chrono::NaiveDate;
use entity::{DeliverableKind, RegistryNumber, deliverable};

pub use model::{
    Both, Cell, Column, Composed, Numbered, Paragraph, Part, Report, Requirement, Row, Section,
    Table,
};

use super::{Error, Narrative, Reports};
use crate::kept::Share;
use crate::store::{Catalogue, Dataset};
use compose::Composer;
use scope::Scope;

/// The deliverable of a kind that an assignment asks for: with a last day that is said, else with the latest one.
#[must_use]
pub fn asked_for<'a>(
    catalogue: &'a Catalogue,
    assignment: &RegistryNumber,
    kind: DeliverableKind,
    due_on: Option<NaiveDate>,
) -> Option<&'a deliverable::Model> {
    let own = catalogue.deliverables.iter().filter(|one| {
        one.assignment == *assignment
            && one.kind == kind
            && (due_on.is_none() || one.due_on == due_on)
    });
    own.max_by_key(|one| (one.due_on, std::cmp::Reverse(one.row_id)))
}

impl Reports {
    /// The report that a deliverable of an assignment is; none where the decisions ask for no such one.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn report(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        (kind, due_on): (DeliverableKind, Option<NaiveDate>),
    ) -> Result<Option<Arc<Report>>, Error> {
        let catalogue = self.catalogue(dataset).await?;
        let Some(asked) = asked_for(&catalogue, assignment, kind, due_on) else {
            return Ok(None);
        };
        let asked = asked.clone();
        let demands = requirement::demands(&catalogue, &asked);
        let question = (kind, due_on, dataset.as_of, dataset.today);
        let key = (dataset.key(), assignment.clone(), question);
        let compose = async {
            let scope = Scope::of(self, dataset, &catalogue, asked).await?;
            let all = self.narratives(dataset, assignment).await?;
            let of_it = |one: &&Narrative| {
                let asked = &scope.deliverable;
                one.model.deliverable == asked.kind && one.model.due_on == asked.due_on
            };
            let narratives = all.iter().filter(of_it).cloned().collect();
            let composer = Composer::new(self, dataset, &catalogue, &scope, narratives);
            composer.report().await.map(Arc::new)
        };
        let composed = self.once(Share::Answers, "report", key, compose).await?;
        let sections = composed.parts.iter().flat_map(|part| &part.sections);
        let narratives = sections.flat_map(|section| &section.narratives);
        let texts = self.texts(narratives).await?;
        let required = requirement::required(demands, &composed.parts, &texts);
        Ok(Some(Arc::new(Report::new(composed, required, texts))))
    }
}

impl Composer<'_> {
    /// The whole report.
    async fn report(&self) -> Result<Composed, Error> {
        let parts = vec![
            self.part(1, self.competence().await?),
            self.part(2, self.account().await?),
            self.part(3, self.development().await?),
            self.part(4, self.conclusions().await?),
        ];
        let asked = &self.scope.deliverable;
        let quality = self.quality(&parts).await?;
        let figures = parts.iter().flat_map(|part| &part.sections);
        let mut figures = figures.flat_map(|section| &section.figures);
        let row = self.catalogue.submissions.is_synthetic(asked.row_id);
        Ok(Composed {
            registry_number: self.scope.assignment.clone(),
            kind: asked.kind,
            due_on: asked.due_on,
            title: capitalised(&asked.title),
            synthetic: row
                || figures.any(|one| one.figure.synthetic)
                || self.narratives.iter().any(|one| one.synthetic),
            parts,
            quality,
            version: self.dataset.version,
            as_of: self.dataset.as_of,
            today: self.dataset.today,
        })
    }
}

/// A title as it stands on a first page; decisions list theirs within sentences.
fn capitalised(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

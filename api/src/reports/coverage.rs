//! Coverage: events of an assignment → frame → lines. Recipients with a protected location are in none of it, whoever asks.

use std::sync::Arc;

use analytics::coverage::{Coverage, CoverageFrame, CoverageQuestion, CoverageRows, Event};
use chrono::Datelike;
use entity::RegistryNumber;

use super::through::Through;
use super::{Computed, Error, Extent, Reports, register_rows, stored};
use crate::kept::Share;
use crate::store::{Catalogue, Dataset, Kinds, support};

impl Reports {
    /// Whom the support events of an assignment reached, by group.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn coverage(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        question: CoverageQuestion,
        extent: Extent,
    ) -> Result<Arc<Computed<Coverage>>, Error> {
        let dataset = &self.resting_on(Kinds::SUPPORT, dataset).await?;
        let key = (
            dataset.key(),
            assignment.clone(),
            (question.clone(), extent),
        );
        let compute = async {
            let frame = self.coverage_frame(dataset, assignment, extent).await?;
            let catalogue = self.catalogue(dataset).await?;
            let kind = stored(question.recipient_kind);
            let synthetic = frame.synthetic || catalogue.is_synthetic_kind(&[kind]);
            let answer = self
                .compute(move || frame.answer.coverage(&question))
                .await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        self.once(Share::Answers, "coverage", key, compute).await
    }

    /// The frame of an assignment's events.
    pub(super) async fn coverage_frame(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        extent: Extent,
    ) -> Result<Arc<Computed<CoverageFrame>>, Error> {
        let dataset = &self.resting_on(Kinds::SUPPORT, dataset).await?;
        let compute = async {
            let catalogue = self.catalogue(dataset).await?;
            let events = self.events(dataset, assignment, extent.through).await?;
            let submissions = catalogue.submissions.now();
            let synthetic = events
                .iter()
                .any(|(event, _)| submissions.is_synthetic(event.row_id))
                || extent.is_synthetic(&catalogue);
            let rows = rows(&catalogue, assignment, &events, extent);
            let answer = self.compute(move || CoverageFrame::build(&rows)).await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        self.once(
            extent.share(),
            "coverage frame",
            (dataset.key(), assignment.clone(), extent),
            compute,
        )
        .await
    }

    /// The events of an assignment with whom they reached, in order of receipt; read once a version.
    ///
    /// # Errors
    /// The database fails.
    pub async fn support_events(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Arc<[support::Event]>, Error> {
        let dataset = &self.resting_on(Kinds::SUPPORT, dataset).await?;
        let load = async {
            let catalogue = self.catalogue(dataset).await?;
            let events = support::events(&self.store, dataset, assignment, &catalogue).await?;
            Ok(Arc::from(events))
        };
        let key = (dataset.key(), assignment.clone(), ());
        self.once(Share::Bases, "support events", key, load).await
    }

    /// The events of an assignment through a day, in order of receipt.
    pub(super) async fn events(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        through: Through,
    ) -> Result<Arc<[support::Event]>, Error> {
        let all = self.support_events(dataset, assignment).await?;
        let Some(day) = through else {
            return Ok(all);
        };
        let held = all.iter().filter(|(event, _)| event.held_on <= day);
        Ok(held.cloned().collect())
    }
}

fn rows(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    events: &[support::Event],
    extent: Extent,
) -> CoverageRows {
    let event = |(event, reached): &support::Event| Event {
        // Codes are unique within an organisation, as the natural key says.
        code: format!("{}|{}", event.organisation_code, event.code),
        organisation: event.organisation_code.to_string(),
        year: event.held_on.year(),
        form: event.form.clone(),
        main_activity: event.main_activity.clone(),
        participants: event.participants,
        reached: reached.iter().map(ToString::to_string).collect(),
    };
    CoverageRows {
        events: events.iter().map(event).collect(),
        recipients: register_rows::open_recipients(catalogue),
        populations: register_rows::populations(catalogue),
        succession: extent.succession(catalogue),
        main_activities: catalogue
            .main_activities
            .iter()
            .filter(|one| one.assignment == *assignment)
            .map(|one| one.number.clone())
            .collect(),
    }
}

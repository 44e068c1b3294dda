//! Coverage: events of an assignment → frame → lines.

use std::sync::Arc;

use analytics::coverage::{Coverage, CoverageFrame, CoverageQuestion, CoverageRows, Event};
use chrono::Datelike;
use entity::{RegistryNumber, recipient};

use super::cache::once;
use super::{Computed, Error, Reports, register_rows, stored};
use crate::store::{Catalogue, Dataset, support};

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
    ) -> Result<Arc<Computed<Coverage>>, Error> {
        let key = (dataset.version, assignment.clone(), question.clone());
        let compute = async {
            let frame = self.coverage_frame(dataset, assignment).await?;
            let catalogue = self.catalogue(dataset).await?;
            let invented = |one: &recipient::Model| {
                one.kind == stored(question.recipient_kind)
                    && catalogue.natures.is_synthetic(one.row_id)
            };
            let synthetic = frame.synthetic || catalogue.recipients.iter().any(invented);
            let answer = self
                .compute(move || frame.answer.coverage(&question))
                .await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        once(&self.coverage_answers, key, compute).await
    }

    async fn coverage_frame(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Arc<Computed<CoverageFrame>>, Error> {
        let compute = async {
            let catalogue = self.catalogue(dataset).await?;
            let events = support::events(&self.store, dataset, assignment).await?;
            let synthetic = events
                .iter()
                .any(|(event, _)| catalogue.natures.is_synthetic(event.row_id));
            let rows = rows(&catalogue, assignment, &events);
            let answer = self.compute(move || CoverageFrame::build(&rows)).await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        once(
            &self.coverage_frames,
            (dataset.version, assignment.clone(), ()),
            compute,
        )
        .await
    }
}

fn rows(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    events: &[support::Event],
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
        recipients: register_rows::recipients(catalogue),
        populations: register_rows::populations(catalogue),
        main_activities: catalogue
            .main_activities
            .iter()
            .filter(|one| one.assignment == *assignment)
            .map(|one| one.number.clone())
            .collect(),
    }
}

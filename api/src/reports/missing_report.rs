//! Who has not reported in a round, from the rows of the ledger.

use std::sync::Arc;

use analytics::fund_ledger::{MissingQuestion, MissingReport, missing_reports};
use entity::RegistryNumber;

use super::{Computed, Error, Extent, Reports, through};
use crate::kept::Share;
use crate::store::{Dataset, Kinds};

/// Those of a round whose reports are missing.
type Answer = Arc<Computed<Vec<MissingReport>>>;

impl Reports {
    /// The recipients paid in a round of an assignment that have not reported, by code. A round that has not begun by the
    /// day through which is counted has paid nobody.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn missing_reports(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        question: MissingQuestion,
        extent: Extent,
    ) -> Result<Answer, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let key = (
            dataset.key(),
            assignment.clone(),
            (question.clone(), extent),
        );
        let compute = async {
            let rows = self.ledger_rows(dataset, assignment, extent).await?;
            let catalogue = self.catalogue(dataset).await?;
            let is_it = |one: &&entity::round::Model| one.code.as_str() == question.round;
            let round = catalogue.rounds.iter().find(is_it);
            let has_begun = round.is_some_and(|one| through::has_begun(one, extent.through));
            let synthetic = rows.synthetic;
            let answer = self
                .compute(move || {
                    if has_begun {
                        missing_reports(&rows.answer, &question)
                    } else {
                        Ok(Vec::new())
                    }
                })
                .await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        self.once(Share::Answers, "missing reports", key, compute)
            .await
    }
}

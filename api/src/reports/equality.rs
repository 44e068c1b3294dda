//! Equality over the country, from the same frame as fund usage.

use std::sync::Arc;

use analytics::fund_usage::{Equality, EqualityQuestion};
use entity::RegistryNumber;

use super::{Computed, Error, Extent, Reports, through};
use crate::kept::Share;
use crate::store::{Dataset, Kinds};

impl Reports {
    /// How even a figure of an assignment's money is over recipients and groups.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn equality(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        mut question: EqualityQuestion,
        extent: Extent,
    ) -> Result<Arc<Computed<Equality>>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        question.today = through::today(question.today, extent.through);
        let key = (
            dataset.key(),
            assignment.clone(),
            (question.clone(), extent),
        );
        let compute = async {
            let frame = self.fund_frame(dataset, assignment, extent).await?;
            let synthetic = frame.synthetic;
            let answer = self
                .compute(move || frame.answer.equality(&question))
                .await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        self.once(Share::Answers, "equality", key, compute).await
    }
}

//! Administrative costs by year, beside what was paid.

use std::collections::BTreeMap;
use std::sync::Arc;

use analytics::administration::{AdministrationYear, Cost, costs};
use entity::RegistryNumber;

use super::{Computed, Error, Extent, Reports};
use crate::kept::Share;
use crate::store::{Cited, Dataset, Kinds, Passage, funds};

impl Reports {
    /// The administration of each year that has costs.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn administrative_costs(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Arc<Computed<Vec<AdministrationYear>>>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let compute = self.compute_administration(dataset, assignment);
        self.once(
            Share::Answers,
            "administration",
            (dataset.key(), assignment.clone(), ()),
            compute,
        )
        .await
    }

    /// The rows of costs behind each year, in order of receipt.
    ///
    /// # Errors
    /// The database fails.
    pub async fn administrative_cost_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Arc<BTreeMap<i32, Arc<[Passage]>>>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let compute = async {
            let rows = funds::administrative_costs(&self.store, dataset, assignment).await?;
            let cited = Cited::load(&self.store).await?;
            let mut years: BTreeMap<i32, Vec<i64>> = BTreeMap::new();
            for one in rows {
                let year = i32::try_from(one.year).unwrap_or(i32::MAX);
                years.entry(year).or_default().push(one.row_id);
            }
            let passages = |(year, rows)| (year, cited.passages(rows));
            Ok(Arc::new(years.into_iter().map(passages).collect()))
        };
        let key = (dataset.key(), assignment.clone(), ());
        self.once(Share::Answers, "administration sources", key, compute)
            .await
    }

    async fn compute_administration(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Arc<Computed<Vec<AdministrationYear>>>, Error> {
        let frame = self
            .fund_frame(dataset, assignment, Extent::default())
            .await?;
        let catalogue = self.catalogue(dataset).await?;
        let rows = funds::administrative_costs(&self.store, dataset, assignment).await?;
        let synthetic = frame.synthetic
            || rows
                .iter()
                .any(|one| catalogue.submissions.is_synthetic(one.row_id));
        let rows: Vec<Cost> = rows
            .iter()
            .map(|one| Cost {
                year: i32::try_from(one.year).unwrap_or(i32::MAX),
                organisation: one.organisation_code.to_string(),
                kind: one.cost_kind.clone(),
                ore: one.amount.ore(),
            })
            .collect();
        let answer = self
            .compute(move || costs(&rows, &frame.answer.paid_by_year()))
            .await?;
        Ok(Arc::new(Computed { answer, synthetic }))
    }
}

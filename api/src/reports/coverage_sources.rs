//! Which support events are behind the lines of coverage. Nothing of it is read before somebody asks.

use std::collections::HashMap;
use std::sync::Arc;

use analytics::coverage::{CoverageKey, CoverageQuestion, LineEvents};
use entity::RegistryNumber;

use super::{Error, Extent, Reports};
use crate::kept::Share;
use crate::store::{Cited, Dataset, Kinds, Passage};

/// A figure of a line, whose rows are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CoverageMeasure {
    /// The events that are counted.
    Events,
    /// The events that reached recipients of the line.
    Reached,
}

/// The passages of the events behind an answer, in order of receipt.
#[derive(Debug, Default)]
pub struct CoverageBehind {
    /// Behind each line that has any, by its key.
    lines: HashMap<CoverageKey, Arc<[Passage]>>,
    /// Behind the total.
    total: Arc<[Passage]>,
}

impl CoverageBehind {
    /// The passages behind the line with a key, or behind the total.
    #[must_use]
    pub fn of(&self, line: Option<&CoverageKey>) -> &[Passage] {
        match line {
            None => &self.total,
            Some(key) => self.lines.get(key).map_or(&[], AsRef::as_ref),
        }
    }

    /// How many passages it holds.
    pub(super) fn len(&self) -> usize {
        self.total.len() + self.lines.values().map(|one| one.len()).sum::<usize>()
    }
}

impl Reports {
    /// The events behind each line of the answer to a question about coverage.
    ///
    /// An event tells who held it, and that tells where the reached are. So a protected recipient is left out here as it
    /// is in the figures: what reached nobody else stands behind no line of its own.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn coverage_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        (question, extent): (CoverageQuestion, Extent),
        of: Option<CoverageMeasure>,
    ) -> Result<Arc<CoverageBehind>, Error> {
        let dataset = &self.resting_on(Kinds::SUPPORT, dataset).await?;
        let key = (
            dataset.key(),
            assignment.clone(),
            (question.clone(), extent, of),
        );
        let compute = async {
            let frame = self.coverage_frame(dataset, assignment, extent).await?;
            // They are read in order of receipt, as they were for the frame.
            let events = self.events(dataset, assignment, extent.through).await?;
            let rows: Vec<i64> = events.iter().map(|(event, _)| event.row_id).collect();
            let cited = Cited::load(&self.store).await?;
            self.compute(move || {
                let found = frame.answer.events_of_lines(&question)?;
                let passages = |line: &LineEvents| {
                    let rows = events_of(line, of).filter_map(|place| rows.get(place).copied());
                    cited.passages(rows.collect())
                };
                Ok(Arc::new(CoverageBehind {
                    total: passages(&found.total),
                    lines: found
                        .lines
                        .iter()
                        .map(|(key, line)| (key.clone(), passages(line)))
                        .collect(),
                }))
            })
            .await
        };
        self.once(Share::Answers, "coverage sources", key, compute)
            .await
    }
}

fn events_of(line: &LineEvents, of: Option<CoverageMeasure>) -> impl Iterator<Item = usize> {
    let counted = (of != Some(CoverageMeasure::Reached)).then_some(&line.counted);
    let reached = (of != Some(CoverageMeasure::Events)).then_some(&line.reached);
    counted.into_iter().chain(reached).flatten().copied()
}

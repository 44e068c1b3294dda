//! A state of a report that is compared with another: its dataset, what was sealed of it, and what is withheld of both.

use std::sync::Arc;

use chrono::NaiveDate;
use entity::{DeliverableKind, RegistryNumber};

use super::{Error, Manifest, SealedFigures};
use crate::reports::Reports;
use crate::store::{Dataset, Withheld};

/// A state of a report.
pub struct State<'a> {
    /// The dataset.
    pub dataset: Dataset,
    /// What was sealed of it, where it was: for this report or for another.
    pub sealed: Option<Sealed<'a>>,
}

/// What was sealed of a state.
pub struct Sealed<'a> {
    /// What the release says of itself.
    pub manifest: &'a Manifest,
    /// Its figures.
    pub figures: &'a SealedFigures,
    /// What the release withholds by its own registers: its figures tell the rest.
    pub withheld: Arc<Withheld>,
}

impl<'a> State<'a> {
    /// What is withheld of it.
    pub(super) async fn withheld(&self, reports: &Reports) -> Result<Arc<Withheld>, Error> {
        Ok(reports.catalogue(&self.dataset).await?.withheld())
    }

    /// Its dataset without what is withheld of both states; as it is where that is withheld already, so that what is kept
    /// of it is found.
    pub(super) async fn withholding(
        &self,
        reports: &Reports,
        withheld: &Arc<Withheld>,
    ) -> Result<Dataset, Error> {
        let dataset = self.dataset.clone();
        Ok(if self.withheld(reports).await? == *withheld {
            dataset
        } else {
            dataset.withholding(Arc::clone(withheld))
        })
    }

    /// Its figures as they were sealed, where that was for this very report, and where nothing of it has come to be withheld
    /// since: else those that are computed now stand for them.
    pub(super) async fn sealed_of(
        &self,
        reports: &Reports,
        dataset: &Dataset,
        report: (&RegistryNumber, (DeliverableKind, Option<NaiveDate>)),
    ) -> Result<Option<&'a SealedFigures>, Error> {
        let Some(sealed) = &self.sealed else {
            return Ok(None);
        };
        let own = sealed.manifest.report().ok();
        let is_of_it = own.is_some_and(|(assignment, asked)| (&assignment, asked) == report);
        let catalogue = reports.catalogue(dataset).await?;
        let told = catalogue.withheld().beyond(&sealed.withheld);
        let tells = catalogue.knows_any_of(&told);
        Ok((is_of_it && !tells).then_some(sealed.figures))
    }
}

//! The present dataset with its registers, which say of every other dataset what is withheld; and the datasets of the past
//! as they may be read now.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Error, Reports};
use crate::clock::Clock;
use crate::store::{Catalogue, Dataset};

/// The present dataset with its registers.
#[derive(Clone, Debug)]
pub struct Now {
    /// The dataset.
    pub dataset: Dataset,
    /// Its registers.
    pub registers: Arc<Catalogue>,
}

impl Now {
    /// A dataset of any time, basis or release, of which the present registers withhold what they withhold now.
    #[must_use]
    pub(crate) fn withholds(&self, dataset: Dataset) -> Dataset {
        // Of the present its own registers say it: then what is kept of it is found.
        if dataset.key() == self.dataset.key() {
            return dataset;
        }
        dataset.withholding(self.registers.withheld())
    }
}

impl Reports {
    /// The present dataset with its registers.
    ///
    /// # Errors
    /// The database fails.
    pub async fn now(&self, clock: &Clock) -> Result<Now, Error> {
        let dataset = Dataset::present(&self.store, clock).await?;
        let registers = self.catalogue(&dataset).await?;
        Ok(Now { dataset, registers })
    }

    /// The dataset as it was at an instant, as it may be read now.
    ///
    /// # Errors
    /// Its time has not come, or the database fails.
    pub async fn dataset_at(
        &self,
        clock: &Clock,
        instant: DateTime<Utc>,
    ) -> Result<Dataset, Error> {
        let dataset = Dataset::at(&self.store, clock, instant).await?;
        Ok(self.now(clock).await?.withholds(dataset))
    }
}

//! The values of indicators, read once a version and indicator.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use analytics::figure::Absent;
use entity::{IndicatorCode, MissingReason, indicator_value};

use super::{Error, Reports};
use crate::kept::Share;
use crate::store::{Dataset, Kinds, indicators};

/// The values of one indicator, by area, year and sex.
pub(super) type Values = Arc<[indicator_value::Model]>;

/// What the values of an indicator are kept as.
const VALUES: &str = "indicator values";

impl Reports {
    /// The values of some indicators, each by area, year and sex: one statement, however many they are.
    ///
    /// # Errors
    /// The database fails.
    pub async fn indicator_values(
        &self,
        dataset: &Dataset,
        codes: &BTreeSet<IndicatorCode>,
    ) -> Result<BTreeMap<IndicatorCode, Arc<[indicator_value::Model]>>, Error> {
        let dataset = &self.resting_on(Kinds::INDICATORS, dataset).await?;
        let mut found = BTreeMap::new();
        let mut unread = Vec::new();
        for code in codes {
            let key = (dataset.key(), code.clone());
            match self.kept().get(Share::Bases, VALUES, key).await {
                Some(values) => {
                    found.insert(code.clone(), values);
                }
                None => unread.push(code.clone()),
            }
        }
        if unread.is_empty() {
            return Ok(found);
        }
        let mut by_code: HashMap<IndicatorCode, Vec<indicator_value::Model>> = HashMap::new();
        let catalogue = self.catalogue(dataset).await?;
        let asked = (&*catalogue, unread.as_slice());
        for value in indicators::values(&self.store, dataset, asked).await? {
            let of = by_code.entry(value.indicator.clone());
            of.or_default().push(value);
        }
        for code in unread {
            let mut values = by_code.remove(&code).unwrap_or_default();
            values.sort_by(|a, b| {
                (&a.area_code, a.year, a.sex, a.row_id).cmp(&(
                    &b.area_code,
                    b.year,
                    b.sex,
                    b.row_id,
                ))
            });
            let values: Values = values.into();
            let (key, kept) = ((dataset.key(), code.clone()), Arc::clone(&values));
            self.kept().insert(Share::Bases, VALUES, key, kept).await;
            found.insert(code, values);
        }
        Ok(found)
    }
}

/// The analytics' word for why a value is missing.
#[must_use]
pub const fn absent_of(reason: MissingReason) -> Absent {
    match reason {
        MissingReason::NotDue => Absent::NotDue,
        MissingReason::NotReported => Absent::NotReported,
        MissingReason::NotApplicable => Absent::NotApplicable,
        MissingReason::NotAvailable => Absent::NotAvailable,
    }
}

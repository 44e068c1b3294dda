//! The values of indicators, read once a version and indicator.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use analytics::figure::Absent;
use entity::{IndicatorCode, MissingReason, indicator_value};
use moka::future::Cache;
use moka::policy::EvictionPolicy;

use super::{Error, Reports};
use crate::store::{Dataset, DatasetKey, indicators};

/// The values of one indicator, by area, year and sex.
pub(super) type Values = Arc<[indicator_value::Model]>;

/// Values kept in memory at most.
const MOST_VALUES: u64 = 1_000_000;

/// What is known of indicators, by dataset version.
#[derive(Clone)]
pub(super) struct Indicators {
    values: Cache<(DatasetKey, IndicatorCode), Values>,
}

impl Default for Indicators {
    fn default() -> Self {
        let weight = |values: &Values| u32::try_from(values.len() + 1).unwrap_or(u32::MAX);
        Self {
            values: Cache::builder()
                .weigher(move |_, values| weight(values))
                .max_capacity(MOST_VALUES)
                .eviction_policy(EvictionPolicy::lru())
                .build(),
        }
    }
}

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
        let cache = &self.indicators.values;
        let mut found = BTreeMap::new();
        let mut unread = Vec::new();
        for code in codes {
            match cache.get(&(dataset.key(), code.clone())).await {
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
            cache
                .insert((dataset.key(), code.clone()), Arc::clone(&values))
                .await;
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

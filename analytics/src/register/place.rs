//! Where a recipient belongs in a year: county and population group, or why there is none.

use polars::frame::column::Column;

use super::RecipientPeriod;
use crate::figure::{Absent, RecipientKind};
use crate::frame;
use crate::key::{KeyColumn, KeyValue};

/// The county's code.
pub(crate) const COUNTY: KeyColumn = KeyColumn::text("county").or_absent("county_absent");
/// The population group's number.
pub(crate) const POPULATION_GROUP: KeyColumn =
    KeyColumn::number("population_group").or_absent("population_group_absent");

/// County and population group of one recipient in one year.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    county: Result<String, Absent>,
    population_group: Result<u8, Absent>,
}

impl Place {
    /// The place that a period gives. A recipient that the register does not know has none.
    pub(crate) fn of(period: Option<&RecipientPeriod>) -> Self {
        let Some(period) = period else {
            return Self::nowhere(Absent::NotAvailable);
        };
        let county_absent = period.county_absent.unwrap_or(Absent::NotApplicable);
        // Only municipalities are grouped by population.
        let group_absent = match period.kind {
            RecipientKind::Municipality => Absent::NotAvailable,
            _ => Absent::NotApplicable,
        };
        Self {
            county: period.county.clone().ok_or(county_absent),
            population_group: period.population_group.ok_or(group_absent),
        }
    }

    /// A place that is nowhere, and why.
    pub(crate) const fn nowhere(absent: Absent) -> Self {
        Self {
            county: Err(absent),
            population_group: Err(absent),
        }
    }

    /// A county, and no population group.
    pub(crate) fn only_county(county: &str) -> Self {
        Self {
            county: Ok(county.to_owned()),
            population_group: Err(Absent::NotAvailable),
        }
    }

    /// The county as part of a key.
    pub(crate) fn county(&self) -> KeyValue {
        let county = self.county.clone().map(KeyValue::Text);
        county.unwrap_or_else(KeyValue::Absent)
    }

    /// The population group as part of a key.
    pub(crate) fn population_group(&self) -> KeyValue {
        let group = self
            .population_group
            .map(|group| KeyValue::Number(group.into()));
        group.unwrap_or_else(KeyValue::Absent)
    }

    /// The columns of [`COUNTY`] and [`POPULATION_GROUP`], one row per place.
    pub(crate) fn columns<'a>(places: impl Iterator<Item = &'a Self> + Clone) -> Vec<Column> {
        let counties = places.clone().map(|place| place.county.clone());
        let groups = places.map(|place| place.population_group.map(i64::from));
        let [county, county_absent] = frame::texts_or_absent(COUNTY, counties);
        let [group, group_absent] = frame::integers_or_absent(POPULATION_GROUP, groups);
        vec![county, county_absent, group, group_absent]
    }
}

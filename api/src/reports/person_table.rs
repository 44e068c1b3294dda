//! Tables of persons: values → counts by county and year, and the stored patterns → what is shown of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use analytics::figure::Absent;
use analytics::person_table::{Counts, Pattern, PersonRow, PersonRows, PersonTable, Place, Sex};
use analytics::register::RecipientPeriod;
use entity::{
    IndicatorCode, IndicatorUnit, MissingReason, indicator_definition, indicator_value,
    person_table_hidden, person_table_release, recipient,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use super::{Error, Reports, analysed};
use crate::kept::Share;
use crate::store::{self, Dataset, facts};

/// A table of persons as it was released.
#[derive(Debug)]
pub struct PersonRelease {
    /// The version whose counts it shows.
    pub version: i64,
    /// When it was released.
    pub at: entity::Moment,
    /// Counts from 1 up to this are hidden.
    pub threshold: i64,
    /// The table of everybody, of women and of men.
    tables: [PersonTable; 3],
    /// What it counted, and what the releases before did.
    counts: Counts,
    before: Vec<Counts>,
    /// Whether a synthetic or mixed submission has rows behind it.
    pub synthetic: bool,
}

impl PersonRelease {
    /// How many cells it holds, with those of the releases before.
    pub(super) fn cells(&self) -> usize {
        let tables = self.tables.iter();
        let own = tables.map(|one| one.rows.len() * (one.years.len() + 1));
        own.sum::<usize>() * (self.before.len() + 1)
    }

    /// Whether the whole country's count of a year is shown.
    #[must_use]
    pub fn shows_year(&self, year: i32) -> bool {
        let table = self.table(entity::Sex::Total);
        let at = table.years.iter().position(|one| *one == year);
        at.is_some_and(|at| table.year_totals[at].is_ok())
    }

    /// The table of a sex.
    #[must_use]
    pub const fn table(&self, sex: entity::Sex) -> &PersonTable {
        match sex {
            entity::Sex::Total => &self.tables[0],
            entity::Sex::Women => &self.tables[1],
            entity::Sex::Men => &self.tables[2],
        }
    }

    /// Whether the change of everybody's counts between two years may be told beside what the releases before told of it.
    #[must_use]
    pub fn may_tell_change(&self, years: [i32; 2]) -> bool {
        self.counts
            .change_may_be_told(&self.before, years, self.threshold)
    }
}

impl Reports {
    /// The last release of an indicator's table by a dataset's time; none before the first. What waits is in none.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn person_table(
        &self,
        dataset: &Dataset,
        indicator: &IndicatorCode,
    ) -> Result<Option<Arc<PersonRelease>>, Error> {
        let db = self.store.connection();
        let Some(model) = store::person_table::last(db, indicator, dataset.until).await? else {
            return Ok(None);
        };
        let read = async {
            let hidden = store::person_table::hidden(db, &[model.id]).await?;
            let hidden = hidden.get(&model.id).map_or(&[][..], Vec::as_slice);
            let pattern = pattern(&model, hidden);
            let released = Dataset::of_version(model.version, model.at);
            let (counts, rows) = self::counts(db, &released, indicator).await?;
            let mut before = Vec::new();
            for earlier in store::person_table::all(db, indicator).await? {
                if earlier.model.id < model.id {
                    let then = Dataset::of_version(earlier.model.version, earlier.model.at);
                    before.push(self::counts(db, &then, indicator).await?.0);
                }
            }
            let catalogue = self.catalogue(&released).await?;
            let mut rows = rows.into_iter();
            Ok(Arc::new(PersonRelease {
                version: model.version,
                at: model.at,
                threshold: model.threshold,
                tables: Sex::ALL.map(|sex| PersonTable::of(&counts, &pattern, sex)),
                synthetic: rows.any(|row| catalogue.submissions.is_synthetic(row)),
                counts,
                before,
            }))
        };
        self.once(Share::Bases, "person table", model.id, read)
            .await
            .map(Some)
    }
}

/// What a stored release hides and shows.
pub(crate) fn pattern(
    model: &person_table_release::Model,
    hidden: &[person_table_hidden::Model],
) -> Pattern {
    let place = |one: &person_table_hidden::Model| Place {
        sex: sex(one.sex),
        county: one.county_code.as_ref().map(ToString::to_string),
        year: one.year.and_then(|year| i32::try_from(year).ok()),
    };
    Pattern {
        threshold: model.threshold,
        by_sex: model.by_sex,
        whole: model.whole,
        hidden: hidden.iter().map(place).collect(),
    }
}

/// The counts of an indicator in a dataset, with the rows that hold them. Of several versions of the definition that
/// have a value for a municipality and year, the last counts.
pub(crate) async fn counts(
    db: &impl ConnectionTrait,
    dataset: &Dataset,
    indicator: &IndicatorCode,
) -> Result<(Counts, Vec<i64>), Error> {
    let definitions = facts::all::<indicator_definition::Entity>(db, dataset).await?;
    let counted = |version: i64| {
        definitions.iter().any(|one| {
            one.indicator == *indicator
                && one.definition_version == version
                && one.unit == IndicatorUnit::Count
        })
    };
    let values = facts::counting::<indicator_value::Entity>(dataset)
        .filter(indicator_value::Column::Indicator.eq(indicator.as_str()))
        .all(db)
        .await?;
    let mut latest: BTreeMap<(String, i64, &str), &indicator_value::Model> = BTreeMap::new();
    for value in values.iter().filter(|one| counted(one.definition_version)) {
        let key = (value.area_code.clone(), value.year, value.sex.code());
        let known = latest.entry(key).or_insert(value);
        if known.definition_version < value.definition_version {
            *known = value;
        }
    }
    let rows = PersonRows {
        rows: latest.values().filter_map(|value| row(value)).collect(),
        recipients: municipalities(&facts::all::<recipient::Entity>(db, dataset).await?),
    };
    let ids = latest.values().map(|value| value.row_id).collect();
    Ok((Counts::of(&rows)?, ids))
}

fn row(value: &indicator_value::Model) -> Option<PersonRow> {
    let count = value.value.as_ref().and_then(|text| {
        let number: Decimal = text.parse().ok()?;
        let whole = number.normalize();
        (whole.scale() == 0).then(|| whole.to_i64())?
    });
    Some(PersonRow {
        municipality: value.area_code.clone(),
        year: i32::try_from(value.year).ok()?,
        sex: sex(value.sex),
        value: count.ok_or(match value.missing_reason {
            Some(MissingReason::NotDue) => Absent::NotDue,
            Some(MissingReason::NotReported) | None => Absent::NotReported,
            Some(MissingReason::NotApplicable) => Absent::NotApplicable,
            Some(MissingReason::NotAvailable) => Absent::NotAvailable,
        }),
    })
}

/// Every period of every recipient; one whose location is protected in any of them lies in no county.
fn municipalities(recipients: &[recipient::Model]) -> Vec<RecipientPeriod> {
    let mut protected: HashMap<&str, bool> = HashMap::new();
    for one in recipients {
        *protected.entry(one.code.as_str()).or_default() |= one.protected_location;
    }
    let period = |one: &recipient::Model| {
        let county = one.county_code.as_ref().map(ToString::to_string);
        let county = county.filter(|_| !protected[one.code.as_str()]);
        RecipientPeriod {
            code: one.code.to_string(),
            kind: analysed(one.kind),
            county_absent: county.is_none().then_some(Absent::NotApplicable),
            county,
            population_group: None,
            valid_from: one.valid_from,
            valid_to: one.valid_to,
        }
    };
    recipients.iter().map(period).collect()
}

const fn sex(sex: entity::Sex) -> Sex {
    match sex {
        entity::Sex::Total => Sex::Total,
        entity::Sex::Women => Sex::Women,
        entity::Sex::Men => Sex::Men,
    }
}

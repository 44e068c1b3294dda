//! Published figures beside the computed ones: which figure of the register a document's measure is, and the difference.

use std::sync::Arc;

use entity::{RegistryNumber, published_figure};
use rust_decimal::Decimal;

use super::code::FigureCode;
use super::definition::{Basis, Definition, Of, Takes};
use super::key::{FigureKey, GroupKind};
use super::value::{Unit, Value};
use super::{Found, Place};
use crate::reports::{Error, Reports};
use crate::store::{Catalogue, Cited, Dataset, Passage};
use analytics::figure::{Absent, RecipientKind};

/// What of a published figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PublishedMeasure {
    /// The value as published.
    Value,
    /// Computed − published, in the published unit.
    Difference,
}

const TAKES: Takes = Takes {
    year: true,
    all_years: false,
    kind: false,
    all_kinds: false,
    must: &[GroupKind::Measure],
    groups: &[GroupKind::Measure],
};

/// The definitions of published figures.
pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: "published.value",
        title: ["Publicerad uppgift", "Published figure"],
        formula: ["Som dokumentet anger den.", "As the document states it."],
        unit: Unit::Number,
        takes: TAKES,
        basis: Basis::Published,
        of: Of::Published(PublishedMeasure::Value),
    },
    Definition {
        code: "published.difference",
        title: [
            "Skillnad mellan beräknad och publicerad uppgift",
            "Difference between computed and published figure",
        ],
        formula: [
            "Beräknad − publicerad, i den publicerade uppgiftens enhet.",
            "Computed − published, in the unit of the published figure.",
        ],
        unit: Unit::Number,
        takes: TAKES,
        basis: Basis::Published,
        of: Of::Published(PublishedMeasure::Difference),
    },
];

/// The definition that computes a published measure, and the kind of recipient that it is of.
const COMPUTED: [(&str, &str, RecipientKind); 4] = [
    (
        "municipalities_requisitioned",
        "fund.requisitioning",
        RecipientKind::Municipality,
    ),
    (
        "municipalities_total",
        "fund.eligible",
        RecipientKind::Municipality,
    ),
    (
        "municipal_fund_usage_rate",
        "fund.usage_rate",
        RecipientKind::Municipality,
    ),
    (
        "municipality_minimum_amount",
        "allocation_key.base",
        RecipientKind::Municipality,
    ),
];

/// The code of the figure that computes a published one; none where none does.
#[must_use]
pub fn computed_code(model: &published_figure::Model) -> Option<FigureCode> {
    let found = COMPUTED.iter().find(|(own, ..)| *own == model.measure)?;
    let key = FigureKey::year(i32::try_from(model.year).ok()).kind(Some(found.2));
    let definition = super::definition::definition(found.1)?;
    let parts = key.parts(&definition.takes);
    Some(FigureCode::of(
        definition.code,
        model.assignment.as_str(),
        &parts,
    ))
}

/// The unit of a published figure.
pub(super) fn unit(model: &published_figure::Model, measure: PublishedMeasure) -> Unit {
    match (model.unit.as_str(), measure) {
        ("percent", PublishedMeasure::Value) => Unit::Percent,
        ("percent", PublishedMeasure::Difference) => Unit::PercentagePoints,
        ("SEK", _) => Unit::Kronor,
        _ => Unit::Count,
    }
}

/// The published figure of a key.
pub(super) fn published<'a>(
    catalogue: &'a Catalogue,
    assignment: &RegistryNumber,
    key: &FigureKey,
) -> Option<&'a published_figure::Model> {
    catalogue.published_figures.iter().find(|one| {
        one.assignment == *assignment
            && Some(one.year) == key.year.map(i64::from)
            && Some(one.measure.as_str()) == key.of(GroupKind::Measure)
    })
}

impl Reports {
    /// Computed − published, in the published unit.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn published_difference(
        &self,
        dataset: &Dataset,
        model: &published_figure::Model,
    ) -> Result<Result<Decimal, Absent>, Error> {
        let Some(code) = computed_code(model) else {
            return Ok(Err(Absent::NotAvailable));
        };
        let Some(computed) = Box::pin(self.figure(dataset, &code)).await? else {
            return Ok(Err(Absent::NotAvailable));
        };
        let factor = match (computed.unit, model.unit.as_str()) {
            (Unit::Share, "percent") => Decimal::ONE_HUNDRED,
            _ => Decimal::ONE,
        };
        let published: Option<Decimal> = model.value.parse().ok();
        let difference = computed.value.number().and_then(|value| {
            let value = value.checked_mul(factor);
            let both = value.zip(published);
            let difference = both.and_then(|(value, published)| value.checked_sub(published));
            difference.ok_or(Absent::NotComparable)
        });
        Ok(difference.map(|difference| difference.normalize()))
    }

    /// The value of a published figure, or its difference from the computed one.
    pub(super) async fn published_value(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        measure: PublishedMeasure,
    ) -> Result<Option<Found>, Error> {
        let catalogue = self.catalogue(dataset).await?;
        let Some(model) = published(&catalogue, assignment, key) else {
            return Ok(None);
        };
        let own = catalogue.published_figures.iter();
        let mut own = own.filter(|one| one.assignment == *assignment);
        let line = own.position(|one| one.row_id == model.row_id);
        let value = match measure {
            PublishedMeasure::Value => model.value.parse().map_err(|_| Absent::NotAvailable),
            PublishedMeasure::Difference => self.published_difference(dataset, model).await?,
        };
        Ok(Some(Found {
            value: Value::Quantity(value),
            place: Place { line, part: None },
            synthetic: catalogue.submissions.is_synthetic(model.row_id),
        }))
    }

    /// The published row, and what stands behind the computed figure where it is a difference.
    pub(super) async fn published_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        measure: PublishedMeasure,
    ) -> Result<Arc<[Passage]>, Error> {
        let catalogue = self.catalogue(dataset).await?;
        let Some(model) = published(&catalogue, assignment, key) else {
            return Ok(Arc::default());
        };
        let cited = Cited::load(&self.store).await?;
        let own = cited.passages(vec![model.row_id]);
        let code = computed_code(model).filter(|_| measure == PublishedMeasure::Difference);
        let Some(code) = code else {
            return Ok(own);
        };
        let Some(figure) = Box::pin(self.figure(dataset, &code)).await? else {
            return Ok(own);
        };
        let computed = Box::pin(self.figure_sources(dataset, &figure)).await?;
        let mut all: Vec<Passage> = own.iter().chain(computed.iter()).copied().collect();
        all.sort_unstable();
        all.dedup();
        Ok(all.into())
    }
}

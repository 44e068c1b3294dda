//! Keys of figures of indicators: which group a line is about.

use analytics::indicators::{IndicatorDimension as Dimension, IndicatorKey as Analysed};
use async_graphql::SimpleObject;

use super::county::County;
use super::reading::Shelf;
use super::vocabulary::{Absent, IndicatorDimension};

/// Which group a line is about (nyckel). A field is null unless the lines are grouped by it.
#[derive(SimpleObject)]
pub struct IndicatorKey {
    /// County (län).
    county: Option<County>,
    /// Population group, 1 to 5 (befolkningsgrupp).
    population_group: Option<u8>,
    /// The dimensions in the order asked, as codes and labels (nyckelns delar).
    parts: Vec<IndicatorKeyPart>,
}

/// One dimension of a key (nyckeldel).
#[derive(SimpleObject)]
pub struct IndicatorKeyPart {
    /// The dimension (indelning).
    dimension: IndicatorDimension,
    /// Code of the group, numbers as text (kod).
    code: Option<String>,
    /// Name of the group, Swedish (benämning).
    label: Option<String>,
    /// Why the members have no such group (orsak till att grupp saknas).
    absent: Option<Absent>,
}

impl IndicatorKey {
    /// A key with names.
    pub(crate) fn new(shelf: &Shelf, key: &Analysed) -> Self {
        let label = |dimension: Dimension, code: &str| match dimension {
            Dimension::County => shelf.catalogue.county(code).map(|one| one.name.clone()),
            Dimension::PopulationGroup => Some(format!("Befolkningsgrupp {code}")),
        };
        let parts = key.parts.iter().map(|part| IndicatorKeyPart {
            dimension: part.dimension.into(),
            code: part.code.clone(),
            label: (part.code.as_deref()).and_then(|code| label(part.dimension, code)),
            absent: part.absent.map(Absent::from),
        });
        let county = key.county.as_deref();
        Self {
            county: county.and_then(|code| County::of(shelf, code)),
            population_group: key.population_group,
            parts: parts.collect(),
        }
    }
}

//! What figures of indicators are grouped by, and the key of a line.

use crate::figure::Absent;
use crate::key::KeyValue;
use crate::register::Place;

/// What lines can be grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndicatorDimension {
    /// The recipient's county on 31 December of the members' year.
    County,
    /// The recipient's population group, likewise.
    PopulationGroup,
}

/// Which group a line is about. Fields are None unless grouped by, or where the group does not exist (then the part
/// says why).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndicatorKey {
    /// The county's code.
    pub county: Option<String>,
    /// The population group.
    pub population_group: Option<u8>,
    /// One part per dimension grouped by, in order.
    pub parts: Vec<IndicatorKeyPart>,
}

/// One dimension of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorKeyPart {
    /// The dimension.
    pub dimension: IndicatorDimension,
    /// The code of the group, numbers as text.
    pub code: Option<String>,
    /// Why the members have no such group; set if and only if `code` is None.
    pub absent: Option<Absent>,
}

impl IndicatorDimension {
    pub(super) fn value(self, place: &Place) -> KeyValue {
        match self {
            Self::County => place.county(),
            Self::PopulationGroup => place.population_group(),
        }
    }
}

impl IndicatorKey {
    pub(super) fn new(dimensions: &[IndicatorDimension], values: &[KeyValue]) -> Self {
        let mut key = Self::default();
        for (&dimension, value) in dimensions.iter().zip(values) {
            let code = value.code();
            match (dimension, value) {
                (IndicatorDimension::County, KeyValue::Text(county)) => {
                    key.county = Some(county.clone());
                }
                (IndicatorDimension::PopulationGroup, KeyValue::Number(group)) => {
                    key.population_group = u8::try_from(*group).ok();
                }
                _ => {}
            }
            key.parts.push(IndicatorKeyPart {
                dimension,
                code: code.clone().ok(),
                absent: code.err(),
            });
        }
        key
    }
}

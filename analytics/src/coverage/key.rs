//! The key of a line of coverage: which group it is.

use super::CoverageDimension;
use crate::figure::Absent;
use crate::key::KeyValue;

/// Which group a line is about. Fields are None unless grouped by, or where the group does not
/// exist (then the part says why).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CoverageKey {
    /// The county's code.
    pub county: Option<String>,
    /// The main activity, by number or as it stands; grouped by both, as it stands.
    pub main_activity: Option<String>,
    /// The form's code.
    pub form: Option<String>,
    /// The organisation's code.
    pub organisation: Option<String>,
    /// The year events were held in.
    pub event_year: Option<i32>,
    /// The population group.
    pub population_group: Option<u8>,
    /// One part per dimension grouped by, in order.
    pub parts: Vec<CoverageKeyPart>,
}

/// One dimension of a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CoverageKeyPart {
    /// The dimension.
    pub dimension: CoverageDimension,
    /// The code of the group, numbers as text.
    pub code: Option<String>,
    /// Why the members have no such group; set if and only if `code` is None.
    pub absent: Option<Absent>,
}

impl CoverageKey {
    pub(super) fn new(dimensions: &[CoverageDimension], values: &[KeyValue]) -> Self {
        let mut key = Self::default();
        for (&dimension, value) in dimensions.iter().zip(values) {
            let code = value.code();
            key.parts.push(CoverageKeyPart {
                dimension,
                code: code.clone().ok(),
                absent: code.clone().err(),
            });
            key.set(dimension, value, code.ok());
        }
        // The letter tells more than the number, in whatever order they were asked.
        let code = key
            .parts
            .iter()
            .find(|part| part.dimension == CoverageDimension::MainActivityCode);
        if let Some(part) = code {
            key.main_activity.clone_from(&part.code);
        }
        key
    }

    fn set(&mut self, dimension: CoverageDimension, value: &KeyValue, code: Option<String>) {
        let number = match value {
            KeyValue::Number(number) => Some(*number),
            _ => None,
        };
        match dimension {
            CoverageDimension::County => self.county = code,
            CoverageDimension::MainActivity | CoverageDimension::MainActivityCode => {
                self.main_activity = code;
            }
            CoverageDimension::Form => self.form = code,
            CoverageDimension::Organisation => self.organisation = code,
            CoverageDimension::EventYear => {
                self.event_year = number.and_then(|year| i32::try_from(year).ok());
            }
            CoverageDimension::PopulationGroup => {
                self.population_group = number.and_then(|group| u8::try_from(group).ok());
            }
        }
    }
}

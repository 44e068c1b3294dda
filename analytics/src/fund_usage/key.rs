//! The key of a line: which group it is.

use super::FundDimension;
use crate::figure::{Absent, RecipientKind};
use crate::key::KeyValue;

/// Which group a line is about. Fields are None unless grouped by, or where the group does not
/// exist (then the part says why).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FundKey {
    /// The grant year.
    pub grant_year: Option<i32>,
    /// The kind of recipients.
    pub recipient_kind: Option<RecipientKind>,
    /// The round's code.
    pub round: Option<String>,
    /// The county's code.
    pub county: Option<String>,
    /// The population group.
    pub population_group: Option<u8>,
    /// The recipient's code.
    pub recipient: Option<String>,
    /// One part per dimension grouped by, in order.
    pub parts: Vec<KeyPart>,
}

/// One dimension of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPart {
    /// The dimension.
    pub dimension: FundDimension,
    /// The code of the group, numbers as text: `2016`, `MUNICIPALITY`, `01`.
    pub code: Option<String>,
    /// Why the members have no such group; set if and only if `code` is None.
    pub absent: Option<Absent>,
}

impl FundKey {
    pub(crate) fn new(dimensions: &[FundDimension], values: &[KeyValue]) -> Self {
        let mut key = Self::default();
        for (&dimension, value) in dimensions.iter().zip(values) {
            let code = value.code();
            key.parts.push(KeyPart {
                dimension,
                code: code.clone().ok(),
                absent: code.err(),
            });
            key.set(dimension, value);
        }
        key
    }

    fn set(&mut self, dimension: FundDimension, value: &KeyValue) {
        match (dimension, value) {
            (_, KeyValue::Absent(_)) => {}
            (FundDimension::GrantYear, KeyValue::Number(year)) => {
                self.grant_year = i32::try_from(*year).ok();
            }
            (FundDimension::PopulationGroup, KeyValue::Number(group)) => {
                self.population_group = u8::try_from(*group).ok();
            }
            (_, KeyValue::Kind(kind)) => self.recipient_kind = Some(*kind),
            (FundDimension::Round, value) => self.round = value.code().ok(),
            (FundDimension::County, value) => self.county = value.code().ok(),
            (_, value) => self.recipient = value.code().ok(),
        }
    }
}

//! Figures in the schema: a rate is never a bare number.

use analytics::figure;
use async_graphql::SimpleObject;

use super::scalars::Decimal;
use super::vocabulary::Absent;

/// A quotient with what a reader needs to judge it (kvot).
#[derive(Clone, Debug, SimpleObject)]
pub struct Rate {
    /// Numerator / denominator, rounded half away from zero at 12 decimals; between 0 and 1 for shares (värde).
    value: Option<Decimal>,
    /// Why there is no value (orsak till att värde saknas).
    absent: Option<Absent>,
    /// Exact numerator: kronor with two decimals, or a count (täljare).
    numerator: Option<Decimal>,
    /// Exact denominator, likewise (nämnare).
    denominator: Option<Decimal>,
    /// Members behind it (antal bakom värdet).
    n: u64,
    /// Members asked (antal tillfrågade).
    of: u64,
    /// Members left out, by reason (bortfall).
    missing: Vec<Missing>,
}

/// How many members are left out for a reason (bortfall).
#[derive(Clone, Debug, SimpleObject)]
pub struct Missing {
    /// The reason they share (orsak).
    reason: Absent,
    /// How many (antal).
    count: u64,
}

/// How the values of single recipients are spread, unweighted (fördelning över mottagare).
#[derive(Clone, Debug, SimpleObject)]
pub struct Distribution {
    /// Recipients with a value (antal med värde).
    n: u64,
    /// Recipients asked (antal tillfrågade).
    of: u64,
    /// Unweighted mean (ovägt medelvärde).
    mean: Option<Decimal>,
    /// Median (median).
    median: Option<Decimal>,
    /// Tenth percentile, by linear interpolation (tionde percentilen).
    p10: Option<Decimal>,
    /// Ninetieth percentile, by linear interpolation (nittionde percentilen).
    p90: Option<Decimal>,
    /// Why there are no values (orsak till att värden saknas).
    absent: Option<Absent>,
}

impl From<&figure::Rate> for Rate {
    fn from(rate: &figure::Rate) -> Self {
        Self {
            value: rate.value.map(Decimal),
            absent: rate.absent.map(Absent::from),
            numerator: rate.numerator.map(Decimal),
            denominator: rate.denominator.map(Decimal),
            n: rate.n,
            of: rate.of,
            missing: rate.missing.iter().map(Missing::from).collect(),
        }
    }
}

impl From<&figure::Missing> for Missing {
    fn from(one: &figure::Missing) -> Self {
        Self {
            reason: one.reason.into(),
            count: one.count,
        }
    }
}

impl From<&figure::Distribution> for Distribution {
    fn from(spread: &figure::Distribution) -> Self {
        Self {
            n: spread.n,
            of: spread.of,
            mean: spread.mean.map(Decimal),
            median: spread.median.map(Decimal),
            p10: spread.p10.map(Decimal),
            p90: spread.p90.map(Decimal),
            absent: spread.absent.map(Absent::from),
        }
    }
}

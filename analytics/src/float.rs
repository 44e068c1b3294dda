//! The only file with floats: Theil and the coefficient of variation, which need a logarithm and a
//! square root. They are published to 6 decimals, and are given with 12.
#![expect(
    clippy::float_arithmetic,
    reason = "ln and sqrt have no exact value; STATISTICS.md allows f64 for these two figures"
)]

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::figure::rounded;

/// Theil's T, unweighted: mean of (x/mean)·ln(x/mean), with 0·ln 0 = 0.
///
/// None for a value below 0, which has no logarithm. `mean` is above 0.
pub(crate) fn theil(values: &[Decimal], mean: Decimal) -> Option<Decimal> {
    let mean = mean.to_f64()?;
    let mut sum = 0.0;
    for value in values {
        let share = value.to_f64()? / mean;
        if share < 0.0 {
            return None;
        }
        if share > 0.0 {
            sum += share * share.ln();
        }
    }
    to_decimal(sum / count(values)?)
}

/// The coefficient of variation: population standard deviation / mean. `mean` is above 0.
pub(crate) fn coefficient_of_variation(values: &[Decimal], mean: Decimal) -> Option<Decimal> {
    let mean = mean.to_f64()?;
    let mut squares = 0.0;
    for value in values {
        let deviation = value.to_f64()? - mean;
        squares += deviation * deviation;
    }
    to_decimal((squares / count(values)?).sqrt() / mean)
}

fn count(values: &[Decimal]) -> Option<f64> {
    Decimal::from(values.len()).to_f64()
}

fn to_decimal(value: f64) -> Option<Decimal> {
    Decimal::from_f64_retain(value).map(rounded)
}

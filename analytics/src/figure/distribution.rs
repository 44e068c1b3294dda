//! A distribution over recipients, unweighted: mean, median, p10 and p90.

use rust_decimal::Decimal;

use super::{Absent, Fraction, rounded};
use crate::Error;

/// How the values of single recipients are spread. Every value has 12 decimals at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// How many recipients have a value.
    pub n: u64,
    /// How many were asked for.
    pub of: u64,
    /// The unweighted mean.
    pub mean: Option<Decimal>,
    /// The median, by linear interpolation.
    pub median: Option<Decimal>,
    /// The tenth percentile, by linear interpolation (numpy's `linear`).
    pub p10: Option<Decimal>,
    /// The ninetieth percentile, likewise.
    pub p90: Option<Decimal>,
    /// Why there are no values; set if and only if they are None.
    pub absent: Option<Absent>,
}

impl Distribution {
    /// No distribution, for the reason given.
    #[must_use]
    pub const fn absent(reason: Absent, of: u64) -> Self {
        Self {
            n: 0,
            of,
            mean: None,
            median: None,
            p10: None,
            p90: None,
            absent: Some(reason),
        }
    }

    /// The distribution of the values; without values there is nothing to divide.
    pub(crate) fn of(values: &[Fraction], of: u64) -> Result<Self, Error> {
        let sorted = sorted_decimals(values);
        let (Some(mean), Some(median), Some(p10), Some(p90)) = (
            mean(&sorted)?,
            quantile(&sorted, 5)?,
            quantile(&sorted, 1)?,
            quantile(&sorted, 9)?,
        ) else {
            return Ok(Self::absent(Absent::NothingToDivide, of));
        };
        Ok(Self {
            n: values.len() as u64,
            of,
            mean: Some(rounded(mean)),
            median: Some(rounded(median)),
            p10: Some(rounded(p10)),
            p90: Some(rounded(p90)),
            absent: None,
        })
    }
}

/// The values in ascending order (compared exactly), each with 28 significant digits.
pub(super) fn sorted_decimals(values: &[Fraction]) -> Vec<Decimal> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().map(Fraction::to_decimal).collect()
}

/// The unrounded mean; None without values.
pub(super) fn mean(values: &[Decimal]) -> Result<Option<Decimal>, Error> {
    let sum = values
        .iter()
        .try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))
        .ok_or(Error::AmountsTooLarge)?;
    Ok(sum.checked_div(values.len().into()))
}

/// The unrounded quantile of sorted values at `tenths`/10, by linear interpolation between the
/// two neighbours of position (n − 1)·tenths/10; None without values.
pub(super) fn quantile(sorted: &[Decimal], tenths: usize) -> Result<Option<Decimal>, Error> {
    let Some(last) = sorted.len().checked_sub(1) else {
        return Ok(None);
    };
    let position = last * tenths;
    let (index, rest) = (position / 10, position % 10);
    let lower = sorted[index];
    let upper = sorted[last.min(index + 1)];
    let weighted = |value: Decimal, weight: usize| value.checked_mul(weight.into());
    weighted(lower, 10 - rest)
        .zip(weighted(upper, rest))
        .and_then(|(lower, upper)| lower.checked_add(upper))
        .and_then(|sum| sum.checked_div(Decimal::TEN))
        .map(Some)
        .ok_or(Error::AmountsTooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[(i64, i64)], expected: [&str; 4]) {
        let values: Vec<Fraction> = values
            .iter()
            .map(|&(numerator, denominator)| Fraction::new(numerator, denominator).unwrap())
            .collect();
        let found = Distribution::of(&values, 100).unwrap();
        let texts = [found.mean, found.median, found.p10, found.p90]
            .map(|value| value.unwrap().to_string());
        assert_eq!(texts, expected.map(str::to_owned));
        assert_eq!(
            (found.n, found.of, found.absent),
            (values.len() as u64, 100, None)
        );
    }

    /// Expected values from `numpy.quantile(values, q)`, whose default method is `linear`.
    #[test]
    fn quantiles_are_numpys_linear_ones() {
        check(&[(7, 1)], ["7", "7", "7", "7"]);
        check(
            &[(4, 1), (1, 1), (2, 1), (3, 1)],
            ["2.5", "2.5", "1.3", "3.7"],
        );
        check(
            &[
                (1, 1),
                (2, 1),
                (3, 1),
                (4, 1),
                (5, 1),
                (6, 1),
                (7, 1),
                (8, 1),
                (9, 1),
                (10, 1),
                (11, 1),
            ],
            ["6", "6", "2", "10"],
        );
        check(
            &[(0, 1), (1, 3), (1, 1)],
            [
                "0.444444444444",
                "0.333333333333",
                "0.066666666667",
                "0.866666666667",
            ],
        );
    }

    #[test]
    fn no_values_are_nothing_to_divide() {
        let found = Distribution::of(&[], 3).unwrap();
        assert_eq!(found, Distribution::absent(Absent::NothingToDivide, 3));
    }
}

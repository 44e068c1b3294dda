//! Inequality over recipients, unweighted: Gini, Theil, coefficient of variation, p90/p10.

use rust_decimal::Decimal;

use super::distribution::{mean, quantile, sorted_decimals};
use super::{Absent, Fraction, rounded};
use crate::{Error, float};

/// How unequal the values of single recipients are. 0 means that all have the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inequality {
    /// Σᵢ Σⱼ |xᵢ − xⱼ| / (2 n² mean), 12 decimals.
    pub gini: Option<Decimal>,
    /// Theil's T: mean of (x/mean)·ln(x/mean); None also where a value is below 0.
    pub theil: Option<Decimal>,
    /// Population standard deviation / mean.
    pub coefficient_of_variation: Option<Decimal>,
    /// p90 / p10, 12 decimals; None also where p10 is not above 0.
    pub p90_to_p10: Option<Decimal>,
    /// Why a measure is None; set if and only if at least one is. A zero mean (all are None) and
    /// a zero p10 (`p90_to_p10` alone is) are nothing to divide by; a value below 0 makes what it
    /// takes with it not applicable.
    pub absent: Option<Absent>,
}

impl Inequality {
    /// No measure at all, for the reason given.
    #[must_use]
    pub const fn absent(reason: Absent) -> Self {
        Self {
            gini: None,
            theil: None,
            coefficient_of_variation: None,
            p90_to_p10: None,
            absent: Some(reason),
        }
    }

    /// The inequality of the values.
    pub(crate) fn of(values: &[Fraction]) -> Result<Self, Error> {
        let sorted = sorted_decimals(values);
        let (Some(mean), Some(&lowest)) = (mean(&sorted)?, sorted.first()) else {
            return Ok(Self::absent(Absent::NothingToDivide));
        };
        if mean.is_zero() {
            return Ok(Self::absent(Absent::NothingToDivide));
        }
        if mean.is_sign_negative() {
            return Ok(Self::absent(Absent::NotApplicable));
        }
        let mut inequality = Self {
            gini: Some(rounded(gini(&sorted)?)),
            theil: float::theil(&sorted, mean),
            coefficient_of_variation: float::coefficient_of_variation(&sorted, mean),
            p90_to_p10: p90_to_p10(&sorted)?.map(rounded),
            absent: None,
        };
        if lowest < Decimal::ZERO {
            inequality.absent = Some(Absent::NotApplicable);
        } else if inequality.p90_to_p10.is_none() {
            inequality.absent = Some(Absent::NothingToDivide);
        }
        Ok(inequality)
    }
}

/// Σᵢ Σⱼ |xᵢ − xⱼ| / (2 n² mean), where the double sum over sorted values is
/// 2 Σ (2i − n − 1) xᵢ for i from 1, and n · mean their sum. The sum is above 0.
fn gini(sorted: &[Decimal]) -> Result<Decimal, Error> {
    let n = Decimal::from(sorted.len());
    let mut weight = Decimal::ONE - n;
    let mut weighted = Decimal::ZERO;
    let mut sum = Decimal::ZERO;
    for value in sorted {
        weighted = value
            .checked_mul(weight)
            .and_then(|product| weighted.checked_add(product))
            .ok_or(Error::AmountsTooLarge)?;
        sum = sum.checked_add(*value).ok_or(Error::AmountsTooLarge)?;
        weight += Decimal::TWO;
    }
    n.checked_mul(sum)
        .and_then(|divisor| weighted.checked_div(divisor))
        .ok_or(Error::AmountsTooLarge)
}

fn p90_to_p10(sorted: &[Decimal]) -> Result<Option<Decimal>, Error> {
    let (Some(p10), Some(p90)) = (quantile(sorted, 1)?, quantile(sorted, 9)?) else {
        return Ok(None);
    };
    if p10 <= Decimal::ZERO {
        return Ok(None);
    }
    p90.checked_div(p10).map(Some).ok_or(Error::AmountsTooLarge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole(values: &[i64]) -> Vec<Fraction> {
        values
            .iter()
            .map(|&value| Fraction::new(value, 1).unwrap())
            .collect()
    }

    #[test]
    fn equal_values_are_no_inequality() {
        let found = Inequality::of(&whole(&[5, 5, 5])).unwrap();
        assert_eq!(found.gini, Some(Decimal::ZERO));
        assert_eq!(found.theil, Some(Decimal::ZERO));
        assert_eq!(found.coefficient_of_variation, Some(Decimal::ZERO));
        assert_eq!(found.p90_to_p10, Some(Decimal::ONE));
        assert_eq!(found.absent, None);
    }

    /// One of four has everything: Gini 3/4, Theil ln 4, variation √3.
    #[test]
    fn one_has_everything() {
        let found = Inequality::of(&whole(&[0, 0, 0, 8])).unwrap();
        assert_eq!(found.gini, Some(Decimal::new(75, 2)));
        assert_eq!(found.theil.unwrap().round_dp(6), Decimal::new(1_386_294, 6));
        let variation = found.coefficient_of_variation.unwrap();
        assert_eq!(variation.round_dp(6), Decimal::new(1_732_051, 6));
        assert_eq!(found.p90_to_p10, None);
        assert_eq!(found.absent, Some(Absent::NothingToDivide));
    }

    #[test]
    fn a_zero_mean_is_nothing_to_divide() {
        let nothing = Inequality::absent(Absent::NothingToDivide);
        assert_eq!(Inequality::of(&whole(&[0, 0])).unwrap(), nothing);
        assert_eq!(Inequality::of(&whole(&[-3, 3])).unwrap(), nothing);
        assert_eq!(Inequality::of(&[]).unwrap(), nothing);
    }

    #[test]
    fn a_negative_value_has_no_theil() {
        let found = Inequality::of(&whole(&[-1, 4, 5])).unwrap();
        assert_eq!(found.theil, None);
        assert_eq!(found.absent, Some(Absent::NotApplicable));
        assert!(found.gini.is_some());
    }

    proptest! {
        #[test]
        fn gini_is_its_quadratic_definition(values in prop::collection::vec(0_i64..1_000_000_000, 1..40)) {
            let total: i64 = values.iter().sum();
            prop_assume!(total > 0);
            let mut differences = 0_i128;
            for left in &values {
                for right in &values {
                    differences += i128::from((left - right).abs());
                }
            }
            // 2 n² mean = 2 n Σ x.
            let divisor = 2 * i128::try_from(values.len()).unwrap() * i128::from(total);
            let expected = super::super::quotient(differences, divisor);
            prop_assert_eq!(Inequality::of(&whole(&values)).unwrap().gini, expected);
        }

        #[test]
        fn quantiles_lie_between_their_neighbours(
            mut values in prop::collection::vec(-1_000_000_i64..1_000_000, 1..40),
            tenths in 0_usize..=10,
        ) {
            let found = quantile(&sorted_decimals(&whole(&values)), tenths).unwrap().unwrap();
            values.sort_unstable();
            // The definition in tenths: ten times the position is (n − 1)·tenths.
            let position = (values.len() - 1) * tenths;
            let (low, high) = (values[position / 10], values[position.div_ceil(10)]);
            let rest = i64::try_from(position % 10).unwrap();
            let expected = Decimal::new(low * 10 + (high - low) * rest, 1);
            prop_assert_eq!(found, expected);
        }
    }
}

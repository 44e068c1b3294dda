//! An exact value of one recipient: a fraction of two integers, ordered exactly.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::Error;

/// A fraction with a denominator above 0. Equal values are equal whatever their terms.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fraction {
    numerator: i64,
    denominator: i64,
}

impl Fraction {
    /// The fraction, or None where the denominator is not above 0.
    pub(crate) fn new(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator > 0).then_some(Self {
            numerator,
            denominator,
        })
    }

    /// Kronor per inhabitant. None where there are no inhabitants.
    ///
    /// # Errors
    ///
    /// [`Error::AmountsTooLarge`] for a population above 9·10¹⁶.
    pub(crate) fn kronor_per(ore: i64, population: i64) -> Result<Option<Self>, Error> {
        let denominator = population.checked_mul(100).ok_or(Error::AmountsTooLarge)?;
        Ok(Self::new(ore, denominator))
    }

    /// A decimal as it stands; None where it has too many digits.
    pub(crate) fn of_decimal(value: Decimal) -> Option<Self> {
        let value = value.normalize();
        let denominator = 10_i64.checked_pow(value.scale())?;
        Self::new(i64::try_from(value.mantissa()).ok()?, denominator)
    }

    /// The value with 28 significant digits.
    pub(crate) fn to_decimal(self) -> Decimal {
        Decimal::from(self.numerator) / Decimal::from(self.denominator)
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        let right = i128::from(other.numerator) * i128::from(self.denominator);
        left.cmp(&right)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

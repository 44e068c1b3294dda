//! A rate: a value that never goes without numerator, denominator, n and what is missing.

use rust_decimal::Decimal;

use super::{Absent, Fraction, Missing, kronor, quotient};
use crate::Error;

/// A quotient with everything a reader needs to judge it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// The exact numerator: kronor with two decimals, or a count. None where it has no meaning.
    pub numerator: Option<Decimal>,
    /// The exact denominator, likewise.
    pub denominator: Option<Decimal>,
    /// numerator / denominator, rounded half away from zero at 12 decimals, no trailing zeros.
    pub value: Option<Decimal>,
    /// Why there is no value; set if and only if `value` is None.
    pub absent: Option<Absent>,
    /// How many members are behind the rate.
    pub n: u64,
    /// How many members were asked for.
    pub of: u64,
    /// The members left out, by reason, in the order of the reasons.
    pub missing: Vec<Missing>,
}

/// Who is behind a rate: how many of how many, and why the others are not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach {
    /// How many members are behind the rate.
    pub n: u64,
    /// How many members were asked for.
    pub of: u64,
    /// The members left out, by reason.
    pub missing: Vec<Missing>,
}

impl Reach {
    /// Everybody is behind the rate.
    #[must_use]
    pub const fn all(of: u64) -> Self {
        Self {
            n: of,
            of,
            missing: Vec::new(),
        }
    }

    /// `n` of `of` are behind the rate. Reasons with a count of 0 are left out, the others sorted.
    #[must_use]
    pub fn some(n: u64, of: u64, missing: &[(Absent, u64)]) -> Self {
        let mut missing: Vec<Missing> = missing
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|&(reason, count)| Missing { reason, count })
            .collect();
        missing.sort_by_key(|missing| missing.reason);
        Self { n, of, missing }
    }
}

impl Rate {
    /// Money by money, both in öre.
    #[must_use]
    pub fn of_money(numerator_ore: i64, denominator_ore: i64, reach: Reach) -> Self {
        let value = quotient(numerator_ore.into(), denominator_ore.into());
        Self::new(kronor(numerator_ore), kronor(denominator_ore), value, reach)
    }

    /// Money in öre by a count: kronor per inhabitant.
    #[must_use]
    pub fn of_money_per(numerator_ore: i64, count: i64, reach: Reach) -> Self {
        let value = quotient(numerator_ore.into(), i128::from(count) * 100);
        Self::new(kronor(numerator_ore), count.into(), value, reach)
    }

    /// A count by a count.
    #[must_use]
    pub fn of_counts(numerator: i64, denominator: i64, reach: Reach) -> Self {
        let value = quotient(numerator.into(), denominator.into());
        Self::new(numerator.into(), denominator.into(), value, reach)
    }

    /// A decimal by a decimal, such as the sums of an indicator's terms.
    ///
    /// # Errors
    ///
    /// [`Error::AmountsTooLarge`] where the two do not fit beside each other.
    pub(crate) fn of_decimals(
        numerator: Decimal,
        denominator: Decimal,
        reach: Reach,
    ) -> Result<Self, Error> {
        let (above, below) = same_scale(numerator, denominator).ok_or(Error::AmountsTooLarge)?;
        let value = quotient(above, below);
        if value.is_none() && below != 0 {
            return Err(Error::AmountsTooLarge);
        }
        Ok(Self::new(numerator, denominator, value, reach))
    }

    /// No rate, though somebody may be behind it: there is nothing to divide, or nothing was sent to divide by.
    pub(crate) fn without_terms(reason: Absent, reach: Reach) -> Self {
        let Reach { n, of, missing } = reach;
        Self {
            numerator: None,
            denominator: None,
            value: None,
            absent: Some(reason),
            n,
            of,
            missing,
        }
    }

    /// The value times a whole number, at 12 decimals; None where there is no value.
    pub(crate) fn times(&self, factor: i128) -> Result<Option<Decimal>, Error> {
        let Some((numerator, denominator)) = self.numerator.zip(self.denominator) else {
            return Ok(None);
        };
        let times = || {
            let (above, below) = same_scale(numerator, denominator)?;
            Some((above.checked_mul(factor)?, below))
        };
        match times().ok_or(Error::AmountsTooLarge)? {
            (_, 0) => Ok(None),
            (above, below) => quotient(above, below)
                .map(Some)
                .ok_or(Error::AmountsTooLarge),
        }
    }

    /// No rate: neither numerator nor denominator, and none of the `of` members behind it.
    #[must_use]
    pub fn absent(reason: Absent, of: u64) -> Self {
        let Reach { n, of, missing } = Reach::some(0, of, &[(reason, of)]);
        Self {
            numerator: None,
            denominator: None,
            value: None,
            absent: Some(reason),
            n,
            of,
            missing,
        }
    }

    /// The exact value of a rate that has one.
    pub(crate) fn exact(&self) -> Option<Fraction> {
        let (numerator, denominator) = (self.numerator?, self.denominator?);
        let (numerator, denominator) = same_scale(numerator, denominator)?;
        let numerator = i64::try_from(numerator).ok()?;
        let denominator = i64::try_from(denominator).ok()?;
        if denominator < 0 {
            return Fraction::new(numerator.checked_neg()?, denominator.checked_neg()?);
        }
        Fraction::new(numerator, denominator)
    }

    fn new(numerator: Decimal, denominator: Decimal, value: Option<Decimal>, reach: Reach) -> Self {
        let absent = value.is_none().then_some(Absent::NothingToDivide);
        let Reach { n, of, missing } = reach;
        Self {
            numerator: Some(numerator),
            denominator: Some(denominator),
            value,
            absent,
            n,
            of,
            missing,
        }
    }
}

/// Two decimals as whole numbers of the smaller part of the two.
fn same_scale(one: Decimal, other: Decimal) -> Option<(i128, i128)> {
    let scale = one.scale().max(other.scale());
    let whole = |value: Decimal| {
        let factor = 10_i128.checked_pow(scale - value.scale())?;
        value.mantissa().checked_mul(factor)
    };
    whole(one).zip(whole(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_denominator_is_nothing_to_divide_and_keeps_its_terms() {
        let rate = Rate::of_money(0, 0, Reach::default());
        assert_eq!(rate.value, None);
        assert_eq!(rate.absent, Some(Absent::NothingToDivide));
        assert_eq!(
            rate.numerator.map(|n| n.to_string()).as_deref(),
            Some("0.00")
        );
        assert_eq!(
            rate.denominator.map(|d| d.to_string()).as_deref(),
            Some("0.00")
        );
        assert_eq!(Rate::of_counts(3, 0, Reach::default()).value, None);
        assert_eq!(Rate::of_money_per(3, 0, Reach::default()).value, None);
    }

    #[test]
    fn money_per_inhabitant_is_in_kronor() {
        let rate = Rate::of_money_per(4_859_761_792, 8_695_792, Reach::all(244));
        assert_eq!(
            rate.value.map(|v| v.to_string()).as_deref(),
            Some("5.58863619553")
        );
        assert_eq!(
            rate.numerator.map(|n| n.to_string()).as_deref(),
            Some("48597617.92")
        );
        assert_eq!(
            rate.denominator.map(|d| d.to_string()).as_deref(),
            Some("8695792")
        );
        assert_eq!(rate.absent, None);
    }

    #[test]
    fn the_exact_value_compares_money_and_counts() {
        let half = Rate::of_money(50, 100, Reach::default()).exact();
        assert_eq!(half, Rate::of_counts(1, 2, Reach::default()).exact());
        assert_eq!(half, Rate::of_money_per(50, 1, Reach::default()).exact());
        assert_ne!(half, Rate::of_counts(1, 3, Reach::default()).exact());
    }

    #[test]
    fn missing_is_sorted_and_never_zero() {
        let reach = Reach::some(
            1,
            6,
            &[
                (Absent::NotReported, 2),
                (Absent::NotDue, 3),
                (Absent::Protected, 0),
            ],
        );
        let reasons: Vec<_> = reach.missing.iter().map(|m| (m.reason, m.count)).collect();
        assert_eq!(reasons, [(Absent::NotDue, 3), (Absent::NotReported, 2)]);
    }
}

//! From exact integers to decimals: kronor, and quotients rounded once.

use rust_decimal::{Decimal, RoundingStrategy};

/// Decimals of a published quotient.
const SCALE: u32 = 12;

/// Kronor with two decimals from öre.
pub(crate) fn kronor(ore: i64) -> Decimal {
    Decimal::new(ore, 2)
}

/// A decimal rounded half away from zero at 12 decimals, without trailing zeros.
pub(crate) fn rounded(value: Decimal) -> Decimal {
    value
        .round_dp_with_strategy(SCALE, RoundingStrategy::MidpointAwayFromZero)
        .normalize()
}

/// The quotient of two integers, rounded half away from zero at 12 decimals by exact integer
/// arithmetic, without trailing zeros. None for a zero denominator.
///
/// A quotient too large for 12 decimals beside its whole part (from about 10¹⁷) is rounded at as
/// many decimals as there is room for.
pub(crate) fn quotient(numerator: i128, denominator: i128) -> Option<Decimal> {
    (0..=SCALE)
        .rev()
        .find_map(|scale| quotient_at(numerator, denominator, scale))
}

fn quotient_at(numerator: i128, denominator: i128, scale: u32) -> Option<Decimal> {
    let divisor = denominator.unsigned_abs();
    let magnitude = numerator.unsigned_abs();
    let mut digits = magnitude.checked_div(divisor)?;
    let mut rest = magnitude % divisor;
    for _ in 0..scale {
        let shifted = rest.checked_mul(10)?;
        digits = digits.checked_mul(10)?.checked_add(shifted / divisor)?;
        rest = shifted % divisor;
    }
    if rest >= divisor - rest {
        digits = digits.checked_add(1)?;
    }
    let digits = i128::try_from(digits).ok()?;
    let signed = if numerator.signum() == denominator.signum() {
        digits
    } else {
        -digits
    };
    Decimal::try_from_i128_with_scale(signed, scale)
        .ok()
        .map(|value| value.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numerator: i128, denominator: i128, expected: &str) {
        let value = quotient(numerator, denominator).map(|value| value.to_string());
        assert_eq!(
            value.as_deref(),
            Some(expected),
            "{numerator}/{denominator}"
        );
    }

    #[test]
    fn quotients_round_half_away_from_zero_at_twelve_decimals() {
        check(1, 3, "0.333333333333");
        check(2, 3, "0.666666666667");
        check(1, 2_000_000_000_000, "0.000000000001");
        check(-1, 2_000_000_000_000, "-0.000000000001");
        check(1, -2_000_000_000_000, "-0.000000000001");
        check(3, 2_000_000_000_000, "0.000000000002");
        check(1, 2_000_000_000_001, "0");
        check(123, 145, "0.848275862069");
    }

    #[test]
    fn quotients_carry_no_trailing_zeros() {
        check(1, 2, "0.5");
        check(200, 2, "100");
        check(0, 7, "0");
        check(0, -7, "0");
    }

    #[test]
    fn a_zero_denominator_has_no_quotient() {
        assert_eq!(quotient(1, 0), None);
        assert_eq!(quotient(0, 0), None);
    }

    #[test]
    fn a_huge_quotient_keeps_the_decimals_there_is_room_for() {
        check(i128::from(i64::MAX), 1, "9223372036854775807");
        check(i128::from(i64::MAX), 3, "3074457345618258602.3333333333");
    }

    #[test]
    fn a_decimal_is_rounded_half_away_from_zero() {
        assert_eq!(rounded(Decimal::new(5, 13)), Decimal::new(1, 12));
        assert_eq!(rounded(Decimal::new(-5, 13)), Decimal::new(-1, 12));
        assert_eq!(rounded(Decimal::new(49, 14)), Decimal::ZERO);
    }
}

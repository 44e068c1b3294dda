//! A difference by cause: what each step between two states adds to the one before, exactly or not at all.

use rust_decimal::Decimal;

/// A difference by cause. The parts sum to it exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// By facts of keys that nothing was known of.
    pub late_reports: Decimal,
    /// By facts that were corrected, removed or withdrawn.
    pub corrections: Decimal,
    /// By recipients, counties and populations.
    pub new_population: Decimal,
    /// By decisions, definitions, code lists, and by how the program computes.
    pub changed_rules: Decimal,
    /// By nothing but that another day is today: what has fallen due.
    pub passage_of_time: Decimal,
}

/// What a step adds to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// Late reports.
    Late,
    /// Corrections.
    Corrections,
    /// New population.
    Population,
    /// Changed rules.
    Rules,
    /// Passage of time.
    Time,
}

impl Parts {
    /// What each step adds to the one before, from a first value on; none where a part has more digits than a number holds.
    pub(super) fn divided(
        first: Decimal,
        steps: impl IntoIterator<Item = (Cause, Decimal)>,
    ) -> Option<Self> {
        let (mut parts, mut before) = (Self::default(), first);
        for (cause, now) in steps {
            let part = parts.of(cause);
            *part = plus(*part, less(now, before)?)?;
            before = now;
        }
        Some(parts)
    }

    const fn of(&mut self, cause: Cause) -> &mut Decimal {
        match cause {
            Cause::Late => &mut self.late_reports,
            Cause::Corrections => &mut self.corrections,
            Cause::Population => &mut self.new_population,
            Cause::Rules => &mut self.changed_rules,
            Cause::Time => &mut self.passage_of_time,
        }
    }
}

/// A number less another; none where it has more digits than a number holds.
pub(super) fn less(number: Decimal, other: Decimal) -> Option<Decimal> {
    let difference = number.checked_sub(other)?;
    is_sum(number, other, difference).then_some(difference)
}

fn plus(one: Decimal, other: Decimal) -> Option<Decimal> {
    let sum = one.checked_add(other)?;
    is_sum(sum, one, other).then_some(sum)
}

/// Whether a number is the sum of two, to the last decimal: decimals round where they have no room, integers do not.
fn is_sum(sum: Decimal, one: Decimal, other: Decimal) -> bool {
    let [(sum, sum_below), (one, one_below), (other, other_below)] = [sum, one, other].map(exactly);
    // Each is below 2⁹⁶, so that three of them are far from the largest integer.
    let (whole, below) = (one + other - sum, one_below + other_below - sum_below);
    below % BELOW == 0 && whole == -(below / BELOW)
}

/// As many of the smallest decimal as make 1.
const BELOW: i128 = 10_i128.pow(Decimal::MAX_SCALE);

/// The whole part, and what is below 1 in the smallest decimals; both with the number's sign.
const fn exactly(number: Decimal) -> (i128, i128) {
    let (digits, one) = (number.mantissa(), 10_i128.pow(number.scale()));
    (digits / one, digits % one * (BELOW / one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a number")
    }

    #[test]
    fn each_part_is_what_the_steps_of_its_own_cause_add() {
        let steps = [
            (Cause::Late, "1"),
            (Cause::Corrections, "11"),
            (Cause::Population, "111"),
            (Cause::Rules, "1111"),
            (Cause::Time, "11111"),
            (Cause::Rules, "11113.5"),
        ];
        let steps = steps.map(|(cause, now)| (cause, number(now)));
        let expected = Parts {
            late_reports: number("1"),
            corrections: number("10"),
            new_population: number("100"),
            changed_rules: number("1002.5"),
            passage_of_time: number("10000"),
        };
        assert_eq!(Parts::divided(Decimal::ZERO, steps), Some(expected));
    }

    #[test]
    fn a_part_is_exact_or_there_are_none() {
        let third = number("0.3333333333333333333333333333");
        let divided =
            |steps: &[Decimal]| Parts::divided(third, steps.iter().map(|now| (Cause::Late, *now)));
        let exact = divided(&[number("0.5"), number("7.5")]).expect("it has room");
        assert_eq!(exact.late_reports, number("7.1666666666666666666666666667"));
        // 122.1666666666666666666666666667 has 31 digits.
        assert_eq!(divided(&[number("122.5")]), None);
        assert_eq!(divided(&[number("122.5"), third]), None);
        assert_eq!(divided(&[Decimal::MAX]), None);
        assert_eq!(
            Parts::divided(Decimal::MIN, [(Cause::Time, Decimal::MAX)]),
            None
        );
    }

    #[test]
    fn a_difference_is_exact_or_there_is_none() {
        let check = |one: &str, other: &str, expected: Option<&str>| {
            assert_eq!(
                less(number(one), number(other)),
                expected.map(number),
                "{one} − {other}"
            );
        };
        check("0.1", "0.30", Some("-0.20"));
        check("-0.5", "0.5", Some("-1"));
        check("1.5", "-0.5", Some("2"));
        check(
            "0",
            "0.0000000000000000000000000001",
            Some("-0.0000000000000000000000000001"),
        );
        check("10", "0.0000000000000000000000000001", None);
        check("79228162514264337593543950335", "-0.5", None);
        check("-79228162514264337593543950335", "1", None);
    }
}

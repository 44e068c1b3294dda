//! The exact paired sign test, two-sided: how likely a split of rises and falls at least as uneven is, where each is as
//! likely as the other.

use rust_decimal::Decimal;

use super::exact::Exact;

/// An exact sign test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignTest {
    /// Pairs whose value rose.
    pub increased: u64,
    /// Pairs whose value fell.
    pub decreased: u64,
    /// Pairs whose value stayed: they take no part.
    pub ties: u64,
    /// The two-sided p-value at 12 decimals: twice the smaller tail, 1 at most. 1 where nothing changed.
    pub p_value: Decimal,
    /// The same exactly: a fraction in lowest terms, its denominator a power of 2.
    pub exact: String,
}

impl SignTest {
    pub(super) fn of(changes: &Exact) -> Self {
        let [increased, ties, decreased] = changes.signs();
        let (above, power) = two_sided(increased, decreased);
        Self {
            increased,
            decreased,
            ties,
            p_value: above.by_power_of_two(power),
            exact: above.fraction(power),
        }
    }
}

/// The two-sided p-value as a numerator, and a power of 2 that is the denominator.
fn two_sided(rises: u64, falls: u64) -> (Natural, u64) {
    let (n, least) = (rises + falls, rises.min(falls));
    if rises == falls {
        return (Natural::one(), 0);
    }
    // Σ C(n, k) for k up to the smaller: each from the one before.
    let mut term = Natural::one();
    let mut tail = Natural::one();
    for k in 0..least {
        term.multiply(n - k);
        term.divide(k + 1);
        tail.add(&term);
    }
    // Twice the tail by 2ⁿ.
    (tail, n - 1)
}

/// A natural number of any size, in digits of 32 bits, the lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Natural(Vec<u32>);

impl Natural {
    fn one() -> Self {
        Self(vec![1])
    }

    /// Times a number of 32 bits.
    fn multiply(&mut self, by: u64) {
        let mut carry = 0_u64;
        for digit in &mut self.0 {
            let product = u64::from(*digit) * by + carry;
            *digit = low(product);
            carry = product >> 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    /// By a number of 32 bits above 0; gives the remainder.
    fn divide(&mut self, by: u64) -> u64 {
        let mut rest = 0_u64;
        for digit in self.0.iter_mut().rev() {
            let part = (rest << 32) | u64::from(*digit);
            *digit = low(part / by);
            rest = part % by;
        }
        while self.0.len() > 1 && self.0.last() == Some(&0) {
            self.0.pop();
        }
        rest
    }

    fn add(&mut self, other: &Self) {
        let mut carry = 0_u64;
        for place in 0..self.0.len().max(other.0.len()) {
            if place == self.0.len() {
                self.0.push(0);
            }
            let added = other.0.get(place).copied().unwrap_or(0);
            let sum = u64::from(self.0[place]) + u64::from(added) + carry;
            self.0[place] = low(sum);
            carry = sum >> 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    fn is_zero(&self) -> bool {
        self.0.iter().all(|digit| *digit == 0)
    }

    /// Whether it is odd.
    fn is_odd(&self) -> bool {
        self.0.first().is_some_and(|digit| digit & 1 == 1)
    }

    /// This by 2^power, rounded half up at 12 decimals. It is not above 1.
    fn by_power_of_two(&self, power: u64) -> Decimal {
        let mut scaled = self.clone();
        scaled.multiply(1_000_000);
        scaled.multiply(1_000_000);
        let mut rest_is_half = false;
        for _ in 0..power {
            rest_is_half = scaled.divide(2) == 1;
        }
        let whole = scaled.0.iter().rev();
        let whole = whole.fold(0_i64, |sum, digit| (sum << 32) | i64::from(*digit));
        Decimal::new(whole + i64::from(rest_is_half), 12).normalize()
    }

    /// This / 2^power in lowest terms.
    fn fraction(&self, power: u64) -> String {
        let (mut above, mut power) = (self.clone(), power);
        while power > 0 && !above.is_odd() {
            above.divide(2);
            power -= 1;
        }
        let mut below = Self::one();
        for _ in 0..power {
            below.multiply(2);
        }
        if power == 0 {
            return above.decimal();
        }
        format!("{}/{}", above.decimal(), below.decimal())
    }

    /// In decimal digits.
    fn decimal(&self) -> String {
        let mut rest = self.clone();
        let mut parts = Vec::new();
        while !rest.is_zero() {
            parts.push(rest.divide(1_000_000_000));
        }
        let Some(first) = parts.pop() else {
            return "0".to_owned();
        };
        let rest = parts.iter().rev().map(|part| format!("{part:09}"));
        std::iter::once(first.to_string()).chain(rest).collect()
    }
}

/// The lowest 32 bits.
fn low(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rises: u64, falls: u64, p_value: &str, exact: &str) {
        for (rises, falls) in [(rises, falls), (falls, rises)] {
            let (above, power) = two_sided(rises, falls);
            assert_eq!(
                above.by_power_of_two(power).to_string(),
                p_value,
                "{rises} and {falls}"
            );
            assert_eq!(above.fraction(power), exact, "{rises} and {falls}");
        }
    }

    /// By hand: 2·(1 + 10 + 45)/1024 = 7/64, and so on; the larger ones by Python's `Fraction` and `math.comb`.
    #[test]
    fn p_values_are_twice_the_smaller_tail() {
        check(0, 0, "1", "1");
        check(3, 3, "1", "1");
        check(1, 0, "1", "1");
        check(5, 0, "0.0625", "1/16");
        check(8, 2, "0.109375", "7/64");
        check(33, 11, PYTHON_33_11.0, PYTHON_33_11.1);
        check(174, 64, PYTHON_174_64.0, PYTHON_174_64.1);
        check(113, 63, PYTHON_113_63.0, PYTHON_113_63.1);
        check(300, 0, "0", PYTHON_300_0);
    }

    const PYTHON_33_11: (&str, &str) = ("0.001260033816", "11083374659/8796093022208");
    const PYTHON_174_64: (&str, &str) = (
        "0.000000000001",
        "136216398703698582273815779982003660968021000675070058585617/220855883097298041197912187592864814478435487109452369765200775161577472",
    );
    const PYTHON_113_63: (&str, &str) = (
        "0.000202189693",
        "1210370324376832223062362542038566343740160313081/5986310706507378352962293074805895248510699696029696",
    );
    const PYTHON_300_0: &str = "1/1018517988167243043134222844204689080525734196832968125318070224677190649881668353091698688";
}

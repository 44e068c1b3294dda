//! Exact decimals as whole numbers of one small part, so that sums and differences lose nothing.

use rust_decimal::Decimal;

use crate::Error;
use crate::figure::quotient;

/// Decimals of one scale: each is `units` / 10^scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Exact {
    pub(super) units: Vec<i128>,
    scale: u32,
}

impl Exact {
    /// The decimals at the scale that fits them all.
    pub(super) fn of(values: impl Iterator<Item = Decimal> + Clone) -> Result<Self, Error> {
        let normal = values.map(|value| value.normalize());
        let scale = normal.clone().map(|value| value.scale()).max().unwrap_or(0);
        Ok(Self {
            units: normal
                .map(|value| at_scale(value, scale))
                .collect::<Result<_, _>>()?,
            scale,
        })
    }

    /// `after` − `before`, pair by pair.
    pub(super) fn differences(pairs: &[(Decimal, Decimal)]) -> Result<Self, Error> {
        let both = pairs.iter().flat_map(|(before, after)| [*before, *after]);
        let both = Self::of(both)?;
        let pairs = both.units.chunks_exact(2);
        let differences = pairs.map(|pair| match pair {
            [before, after] => after.checked_sub(*before).ok_or(Error::AmountsTooLarge),
            _ => Err(Error::AmountsTooLarge),
        });
        Ok(Self {
            units: differences.collect::<Result<_, _>>()?,
            scale: both.scale,
        })
    }

    /// Σ.
    pub(super) fn sum(&self) -> Result<Decimal, Error> {
        let sum = self.total()?;
        Decimal::try_from_i128_with_scale(sum, self.scale)
            .map(|sum| sum.normalize())
            .map_err(|_| Error::AmountsTooLarge)
    }

    /// The mean at 12 decimals; None of nothing.
    pub(super) fn mean(&self) -> Result<Option<Decimal>, Error> {
        let count = i128::try_from(self.units.len()).map_err(|_| Error::AmountsTooLarge)?;
        self.divided(self.total()?, count)
    }

    /// The median at 12 decimals; None of nothing.
    pub(super) fn median(&self) -> Result<Option<Decimal>, Error> {
        self.twice_median()?
            .map_or(Ok(None), |twice| self.divided(twice, 2))
    }

    /// Twice the median, which is a whole number of units; None of nothing.
    pub(super) fn twice_median(&self) -> Result<Option<i128>, Error> {
        let mut sorted = self.units.clone();
        twice_median(&mut sorted)
    }

    /// How many are above 0, are 0, are below 0.
    pub(super) fn signs(&self) -> [u64; 3] {
        let count =
            |sign: i128| self.units.iter().filter(|one| one.signum() == sign).count() as u64;
        [count(1), count(0), count(-1)]
    }

    /// A sum of units by a whole number, at 12 decimals; None by 0.
    pub(super) fn divided(&self, units: i128, by: i128) -> Result<Option<Decimal>, Error> {
        if by == 0 {
            return Ok(None);
        }
        let denominator = power(self.scale)
            .and_then(|power| power.checked_mul(by))
            .ok_or(Error::AmountsTooLarge)?;
        quotient(units, denominator)
            .map(Some)
            .ok_or(Error::AmountsTooLarge)
    }

    /// Two lists of decimals at the scale that fits them both.
    pub(super) fn same_scale(one: &Self, other: &Self) -> Result<(Self, Self), Error> {
        let scale = one.scale.max(other.scale);
        let at = |exact: &Self| {
            let factor = power(scale - exact.scale).ok_or(Error::AmountsTooLarge)?;
            let times = |unit: &i128| unit.checked_mul(factor).ok_or(Error::AmountsTooLarge);
            let units = exact.units.iter().map(times).collect::<Result<_, _>>()?;
            Ok::<_, Error>(Self { units, scale })
        };
        Ok((at(one)?, at(other)?))
    }

    /// Mean less mean and median less median, of another list at the same scale; None where one of them is empty.
    pub(super) fn less(&self, other: &Self) -> Result<Option<(Decimal, Decimal)>, Error> {
        let count = |exact: &Self| i128::try_from(exact.units.len()).unwrap_or(i128::MAX);
        let (n, other_n) = (count(self), count(other));
        let (sum, other_sum) = (self.total()?, other.total()?);
        let across = || {
            let difference = sum
                .checked_mul(other_n)?
                .checked_sub(other_sum.checked_mul(n)?)?;
            Some((difference, n.checked_mul(other_n)?))
        };
        let (difference, by) = across().ok_or(Error::AmountsTooLarge)?;
        let mean = self.divided(difference, by)?;
        let (own, others) = (self.twice_median()?, other.twice_median()?);
        let twice = own.zip(others).map(|(own, others)| own.checked_sub(others));
        let Some(twice) = twice else { return Ok(None) };
        let median = self.divided(twice.ok_or(Error::AmountsTooLarge)?, 2)?;
        Ok(mean.zip(median))
    }

    fn total(&self) -> Result<i128, Error> {
        let sum = self
            .units
            .iter()
            .try_fold(0_i128, |sum, one| sum.checked_add(*one));
        sum.ok_or(Error::AmountsTooLarge)
    }
}

/// Twice the median of whole numbers, which are put in order; None of nothing.
pub(super) fn twice_median(units: &mut [i128]) -> Result<Option<i128>, Error> {
    let Some(last) = units.len().checked_sub(1) else {
        return Ok(None);
    };
    let (below, upper, _) = units.select_nth_unstable(units.len() / 2);
    let upper = *upper;
    // With an odd number the one in the middle counts twice.
    let lower = if last % 2 == 0 {
        upper
    } else {
        below.iter().copied().max().unwrap_or(upper)
    };
    lower
        .checked_add(upper)
        .map(Some)
        .ok_or(Error::AmountsTooLarge)
}

fn at_scale(value: Decimal, scale: u32) -> Result<i128, Error> {
    let factor = power(scale - value.scale());
    factor
        .and_then(|factor| value.mantissa().checked_mul(factor))
        .ok_or(Error::AmountsTooLarge)
}

fn power(scale: u32) -> Option<i128> {
    10_i128.checked_pow(scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(values: &[&str]) -> Exact {
        let values: Vec<Decimal> = values.iter().map(|one| one.parse().unwrap()).collect();
        Exact::of(values.into_iter()).unwrap()
    }

    #[test]
    fn sums_and_means_are_exact_whatever_the_decimals() {
        let values = exact(&["0.1", "0.20", "0.003"]);
        assert_eq!(values.sum().unwrap().to_string(), "0.303");
        assert_eq!(values.mean().unwrap().unwrap().to_string(), "0.101");
        assert_eq!(exact(&[]).mean().unwrap(), None);
    }

    #[test]
    fn the_median_lies_between_the_two_in_the_middle() {
        let median = |values: &[&str]| exact(values).median().unwrap().map(|one| one.to_string());
        assert_eq!(median(&["3", "1", "2"]).as_deref(), Some("2"));
        assert_eq!(median(&["3", "1", "2", "-4.5"]).as_deref(), Some("1.5"));
        assert_eq!(median(&["-0.1", "0.2"]).as_deref(), Some("0.05"));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn differences_are_after_less_before() {
        let pair = |before: &str, after: &str| (before.parse().unwrap(), after.parse().unwrap());
        let found = Exact::differences(&[pair("1.5", "1"), pair("2", "2.0"), pair("0", "7")]);
        assert_eq!(found.unwrap().signs(), [1, 1, 1]);
    }
}

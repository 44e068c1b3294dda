//! The arithmetic of the key: exact integers, whole kronor, and where the residue goes.

use std::cmp::Reverse;

use super::{KeyRow, KeyRule};
use crate::Error;

/// How many of the most populous bear the residue.
const BEARERS: usize = 3;

/// A pool shared out, in öre.
pub(super) struct Shares {
    /// The pool less the base amounts: what the rate shares out.
    pub(super) by_rate_ore: i64,
    /// Σ population.
    pub(super) population: i64,
    /// Σ rounded amounts − pool.
    pub(super) residue_ore: i64,
    /// In the order of the rows.
    pub(super) amounts_ore: Vec<i64>,
}

pub(super) fn share_out(rows: &[KeyRow], rule: &KeyRule) -> Result<Shares, Error> {
    check(rows, rule)?;
    let population: i128 = rows.iter().map(|row| i128::from(row.population)).sum();
    let base = |row: &KeyRow| {
        let below = row.population < rule.threshold;
        i128::from(if below { rule.base_ore } else { 0 })
    };
    let by_rate = i128::from(rule.pool_ore) - rows.iter().map(base).sum::<i128>();
    if by_rate < 0 {
        return Err(Error::RateBelowZero);
    }
    let mut kronor = rows
        .iter()
        .map(|row| rounded_kronor(base(row), by_rate, row.population.into(), population))
        .collect::<Option<Vec<i128>>>()
        .ok_or(Error::AmountsTooLarge)?;
    let rounded: i128 = kronor.iter().sum();
    let (whole, ore) = (
        i128::from(rule.pool_ore / 100),
        i128::from(rule.pool_ore % 100),
    );
    let order = most_populous_first(rows);
    bear_residue(&mut kronor, &order, rounded - whole)?;
    let mut amounts: Vec<i128> = kronor.into_iter().map(|amount| amount * 100).collect();
    amounts[order[0]] += ore;
    let fit = |number: i128| i64::try_from(number).map_err(|_| Error::AmountsTooLarge);
    Ok(Shares {
        by_rate_ore: fit(by_rate)?,
        population: fit(population)?,
        residue_ore: fit(rounded * 100 - i128::from(rule.pool_ore))?,
        amounts_ore: amounts.into_iter().map(fit).collect::<Result<_, _>>()?,
    })
}

fn check(rows: &[KeyRow], rule: &KeyRule) -> Result<(), Error> {
    let parts = [
        ("pool", rule.pool_ore),
        ("base", rule.base_ore),
        ("threshold", rule.threshold),
    ];
    if let Some((name, _)) = parts.into_iter().find(|(_, value)| *value < 0) {
        return Err(Error::NegativeRule(name));
    }
    if rows.is_empty() {
        return Err(Error::NoRecipients);
    }
    match rows.iter().find(|row| row.population <= 0) {
        Some(row) => Err(Error::PopulationNotPositive(row.recipient.clone())),
        None => Ok(()),
    }
}

/// base + `by_rate` × population / Σ population, rounded half up to whole kronor; None where the
/// numbers do not fit. Nothing is below 0 here.
fn rounded_kronor(base: i128, by_rate: i128, population: i128, all: i128) -> Option<i128> {
    let ore_times_all = base
        .checked_mul(all)?
        .checked_add(by_rate.checked_mul(population)?)?;
    let krona = all.checked_mul(100)?;
    let rest = ore_times_all % krona;
    Some(ore_times_all / krona + i128::from(rest >= krona - rest))
}

/// The positions of the rows, the most populous first, equals by code.
fn most_populous_first(rows: &[KeyRow]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&index| (Reverse(rows[index].population), &rows[index].recipient));
    order
}

/// Takes the residue off (below 0: adds it), one krona at a time round the most populous.
fn bear_residue(kronor: &mut [i128], order: &[usize], residue: i128) -> Result<(), Error> {
    let bearers = &order[..order.len().min(BEARERS)];
    let mut round = bearers.iter().cycle();
    for _ in 0..residue.unsigned_abs() {
        let Some(&index) = round.next() else {
            break;
        };
        kronor[index] -= residue.signum();
        if kronor[index] < 0 {
            return Err(Error::ResidueTooLarge);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(populations: &[i64]) -> Vec<KeyRow> {
        let rows = populations
            .iter()
            .enumerate()
            .map(|(index, &population)| KeyRow {
                recipient: format!("{index:04}"),
                population,
            });
        rows.collect()
    }

    fn shares(populations: &[i64], pool_ore: i64) -> Result<Vec<i64>, Error> {
        let rule = KeyRule {
            pool_ore,
            base_ore: 0,
            threshold: 0,
        };
        share_out(&rows(populations), &rule).map(|shares| shares.amounts_ore)
    }

    #[test]
    fn halves_are_rounded_up_and_the_residue_taken_off_the_most_populous() {
        // 6 × 1.5 = 9: each is rounded up to 2, and the 3 too many go off the first three by code.
        assert_eq!(
            shares(&[1; 6], 900).unwrap(),
            [100, 100, 100, 200, 200, 200]
        );
        // 5 × 1.4 = 7: each is rounded down to 1, and the 2 too few go to the first two.
        assert_eq!(shares(&[1; 5], 700).unwrap(), [200, 200, 100, 100, 100]);
        // The largest first, whatever its place.
        assert_eq!(
            shares(&[10, 10, 11, 10], 1000).unwrap(),
            [200, 200, 400, 200]
        );
    }

    #[test]
    fn the_pools_ore_go_to_the_most_populous() {
        assert_eq!(shares(&[1, 2], 350).unwrap(), [100, 250]);
        assert_eq!(shares(&[1], 99).unwrap(), [99]);
    }

    #[test]
    fn a_residue_that_would_leave_less_than_nothing_is_an_error() {
        let found = shares(&[1; 10], 500);
        assert!(matches!(found, Err(Error::ResidueTooLarge)));
    }

    #[test]
    fn sums_that_do_not_fit_are_an_error() {
        let found = shares(&[i64::MAX, i64::MAX], 100);
        assert!(matches!(found, Err(Error::AmountsTooLarge)));
    }
}

//! The allocation key: how a pool is shared out by population.
//!
//! amount = base (below the threshold) + rate × population, rounded half up to whole kronor; the
//! rounding residue goes off or onto the most populous. The key of 2016–2018 is printed in
//! government decision S2016/00633/FST.

mod share;

use rust_decimal::Decimal;

use crate::Error;
use crate::figure::{Fraction, Inequality, Rate, Reach, kronor};
use share::{Shares, share_out};

/// A recipient of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// The recipient's code.
    pub recipient: String,
    /// Its population at the key's date; above 0.
    pub population: i64,
}

/// The rule of the key: data with a version, free to be tried with other values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRule {
    /// What is shared out, in öre.
    pub pool_ore: i64,
    /// What each recipient below the threshold gets whatever its population, in öre.
    pub base_ore: i64,
    /// The population below which a recipient gets the base.
    pub threshold: i64,
}

/// A pool shared out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationKey {
    /// (pool − base × recipients below the threshold) / Σ population, in kronor.
    pub rate_per_inhabitant: Rate,
    /// Σ rounded amounts − pool, in kronor: what was taken off the most populous (or, below 0,
    /// added).
    pub residue: Decimal,
    /// The amounts in the order of the rows: whole kronor with two decimals, but for the pool's
    /// öre. Their sum is the pool.
    pub amounts: Vec<Decimal>,
    /// How unequal the amounts are.
    pub amount_equality: Inequality,
    /// How unequal the amounts per inhabitant are.
    pub amount_per_inhabitant_equality: Inequality,
    /// amount / population of each row, in kronor.
    pub amounts_per_inhabitant: Vec<Rate>,
}

/// Shares out a pool by population.
///
/// # Errors
///
/// [`Error::NoRecipients`], [`Error::NegativeRule`], [`Error::PopulationNotPositive`];
/// [`Error::RateBelowZero`] where the base amounts take more than the pool;
/// [`Error::ResidueTooLarge`] where one of the most populous would get less than 0 when the
/// residue is taken off; [`Error::AmountsTooLarge`] where the numbers do not fit.
pub fn allocate(rows: &[KeyRow], rule: &KeyRule) -> Result<AllocationKey, Error> {
    let Shares {
        by_rate_ore,
        population,
        residue_ore,
        amounts_ore,
    } = share_out(rows, rule)?;
    let of_rows = || rows.iter().zip(&amounts_ore);
    let amounts: Vec<Fraction> = amounts_ore
        .iter()
        .filter_map(|&ore| Fraction::new(ore, 100))
        .collect();
    let per_inhabitant: Vec<Fraction> = of_rows()
        .filter_map(|(row, &ore)| Fraction::kronor_per(ore, row.population).transpose())
        .collect::<Result<_, _>>()?;
    Ok(AllocationKey {
        rate_per_inhabitant: Rate::of_money_per(
            by_rate_ore,
            population,
            Reach::all(rows.len() as u64),
        ),
        residue: kronor(residue_ore),
        amounts: amounts_ore.iter().copied().map(kronor).collect(),
        amount_equality: Inequality::of(&amounts)?,
        amount_per_inhabitant_equality: Inequality::of(&per_inhabitant)?,
        amounts_per_inhabitant: of_rows()
            .map(|(row, &ore)| Rate::of_money_per(ore, row.population, Reach::all(1)))
            .collect(),
    })
}

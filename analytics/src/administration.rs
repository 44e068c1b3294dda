//! What it cost to hand out the funds: administrative costs, and their share.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::Error;
use crate::figure::{Rate, Reach, kronor};
use crate::frame::check_sum;

/// An administrative cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// The year.
    pub year: i32,
    /// The code of the organisation that had the cost.
    pub organisation: String,
    /// The code of the kind of cost.
    pub kind: String,
    /// The amount in öre.
    pub ore: i64,
}

/// The administration of one year. Amounts are kronor with two decimals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdministrationYear {
    /// The year.
    pub year: i32,
    /// Σ administrative costs.
    pub amount: Decimal,
    /// Σ paid to recipients of all kinds.
    pub paid: Decimal,
    /// Σ costs / (Σ costs + Σ paid); n counts the organisations behind it.
    pub share: Rate,
    /// Costs by kind, sorted by code.
    pub by_cost_kind: Vec<(String, Decimal)>,
    /// Costs by organisation, sorted by code.
    pub by_organisation: Vec<(String, Decimal)>,
}

/// The administration of each year that has costs, sorted. `paid_by_year` is in öre.
///
/// # Errors
///
/// [`Error::AmountsTooLarge`] where the amounts could not be summed in i64.
pub fn costs(
    rows: &[Cost],
    paid_by_year: &BTreeMap<i32, i64>,
) -> Result<Vec<AdministrationYear>, Error> {
    let amounts = rows.iter().map(|row| row.ore);
    check_sum(amounts.chain(paid_by_year.values().copied()))?;
    let years: BTreeSet<i32> = rows.iter().map(|row| row.year).collect();
    let year = |year: i32| {
        let rows = rows.iter().filter(move |row| row.year == year);
        let amount: i64 = rows.clone().map(|row| row.ore).sum();
        let paid = paid_by_year.get(&year).copied().unwrap_or(0);
        let by_organisation = sums(rows.clone().map(|row| (&row.organisation, row.ore)));
        let reach = Reach::all(by_organisation.len() as u64);
        AdministrationYear {
            year,
            amount: kronor(amount),
            paid: kronor(paid),
            share: Rate::of_money(amount, amount + paid, reach),
            by_cost_kind: sums(rows.map(|row| (&row.kind, row.ore))),
            by_organisation,
        }
    };
    Ok(years.into_iter().map(year).collect())
}

fn sums<'a>(rows: impl Iterator<Item = (&'a String, i64)>) -> Vec<(String, Decimal)> {
    let mut sums: BTreeMap<&String, i64> = BTreeMap::new();
    for (code, ore) in rows {
        *sums.entry(code).or_default() += ore;
    }
    sums.into_iter()
        .map(|(code, ore)| (code.clone(), kronor(ore)))
        .collect()
}

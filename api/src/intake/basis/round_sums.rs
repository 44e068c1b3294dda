//! The sums of one round: what is paid, what is asked for, what is passed on, and how much of it is too much.

use std::collections::HashMap;

use entity::{requisition, round};

/// Sums over the recipients of a round, in öre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundSums {
    /// What may be paid at most.
    pub available: i128,
    /// Σ paid.
    pub paid: i128,
    /// Σ requisitioned.
    pub requisitioned: i128,
    /// Σ over recipients of what is paid above the requisition.
    pub redistributed: i128,
}

impl RoundSums {
    /// Sums what is paid, by round and recipient, and the requisitions of a round.
    #[must_use]
    pub fn of(
        round: &round::Model,
        paid: &HashMap<String, i128>,
        requisitions: &HashMap<String, requisition::Model>,
    ) -> Self {
        let prefix = format!("{}|", round.code);
        let paid = || paid.iter().filter(|(key, _)| key.starts_with(&prefix));
        let asked = requisitions
            .iter()
            .filter(|(key, _)| key.starts_with(&prefix));
        Self {
            available: i128::from(round.available_amount.ore()),
            paid: paid().map(|(_, ore)| ore).sum(),
            requisitioned: asked.map(|(_, one)| i128::from(one.amount.ore())).sum(),
            redistributed: paid()
                .map(|(key, ore)| (ore - requisitioned(requisitions, key)).max(0))
                .sum(),
        }
    }

    /// How much more is paid than there is.
    #[must_use]
    pub const fn over_available(&self) -> i128 {
        self.paid - self.available
    }

    /// How much more is passed on than others have left.
    #[must_use]
    pub const fn over_left(&self) -> i128 {
        self.redistributed - (self.available - self.requisitioned)
    }
}

/// What a recipient has requisitioned in a round, in öre.
#[must_use]
pub fn requisitioned(requisitions: &HashMap<String, requisition::Model>, key: &str) -> i128 {
    requisitions
        .get(key)
        .map_or(0, |one| i128::from(one.amount.ore()))
}

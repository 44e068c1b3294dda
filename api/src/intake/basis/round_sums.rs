//! The sums of one round: what is paid, what is asked for, what is passed on, and how much of it is too much.

use std::collections::HashMap;

use entity::{requisition, round};

/// Sums over the recipients of a round, in öre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// The sums of every round in which something is paid or asked for.
#[derive(Debug)]
pub struct SumsByRound<'a>(HashMap<&'a str, RoundSums>);

impl<'a> SumsByRound<'a> {
    /// Sums what is paid and what is requisitioned, both by round and recipient: each amount is looked at once, however
    /// many rounds there are.
    #[must_use]
    pub fn new(
        paid: &'a HashMap<String, i128>,
        requisitions: &'a HashMap<String, requisition::Model>,
    ) -> Self {
        let mut sums: HashMap<&str, RoundSums> = HashMap::new();
        for (key, ore) in paid {
            let of = sums.entry(round_of(key)).or_default();
            of.paid += ore;
            of.redistributed += (ore - requisitioned(requisitions, key)).max(0);
        }
        for (key, one) in requisitions {
            let of = sums.entry(round_of(key)).or_default();
            of.requisitioned += i128::from(one.amount.ore());
        }
        Self(sums)
    }

    /// The sums of a round.
    #[must_use]
    pub fn of(&self, round: &round::Model) -> RoundSums {
        RoundSums {
            available: i128::from(round.available_amount.ore()),
            ..self.0.get(round.code.as_str()).copied().unwrap_or_default()
        }
    }
}

/// The round of what is known by round and recipient.
fn round_of(key: &str) -> &str {
    key.split_once('|').map_or(key, |(round, _)| round)
}

impl RoundSums {
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

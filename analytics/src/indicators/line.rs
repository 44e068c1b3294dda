//! What lines share: members counted by reason, and the weighted figure over those who answered.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::Error;
use crate::figure::{Absent, Rate, Reach};

use super::exact::Exact;
use super::{Measured, Unit};

/// Members that are left out, by reason.
#[derive(Debug, Clone, Default)]
pub(super) struct Reasons(BTreeMap<Absent, u64>);

impl Reasons {
    pub(super) fn add(&mut self, reason: Absent) {
        *self.0.entry(reason).or_default() += 1;
    }

    /// `n` of all, with the reasons of the others.
    pub(super) fn reach(&self, n: u64) -> Reach {
        let missing: Vec<(Absent, u64)> = self
            .0
            .iter()
            .map(|(reason, count)| (*reason, *count))
            .collect();
        let of = n + self.0.values().sum::<u64>();
        Reach::some(n, of, &missing)
    }
}

/// The terms of a member's value: numerator and denominator as they were sent. Units that are no quotients weigh each
/// value as one, where no terms were sent.
pub(super) fn terms(unit: Unit, row: &Measured) -> Option<(Decimal, Decimal)> {
    row.value?;
    match (row.numerator, row.denominator) {
        (Some(numerator), Some(denominator)) => Some((numerator, denominator)),
        _ if unit.is_quotient() => None,
        _ => row.value.map(|value| (value, Decimal::ONE)),
    }
}

/// Σ numerator / Σ denominator. Members that answered and sent no terms are missing as `NOT_AVAILABLE`; where none sent any
/// there is no rate.
pub(super) fn weighted(
    terms: &[Option<(Decimal, Decimal)>],
    reasons: &Reasons,
) -> Result<Rate, Error> {
    let with: Vec<(Decimal, Decimal)> = terms.iter().copied().flatten().collect();
    let mut reasons = reasons.clone();
    for _ in with.len()..terms.len() {
        reasons.add(Absent::NotAvailable);
    }
    let reach = reasons.reach(with.len() as u64);
    if with.is_empty() {
        let why = if terms.is_empty() {
            Absent::NothingToDivide
        } else {
            Absent::NotAvailable
        };
        return Ok(Rate::without_terms(why, reach));
    }
    let sum = |of: fn(&(Decimal, Decimal)) -> Decimal| Exact::of(with.iter().map(of))?.sum();
    Rate::of_decimals(sum(|pair| pair.0)?, sum(|pair| pair.1)?, reach)
}

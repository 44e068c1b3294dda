//! The claims of one recipient in one round, from their steps and what was repaid: how much of each is paid, waived and left.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::{ClaimChange, ClaimState, IllegalChange, Sek, repayment, repayment_claim};

/// A claim and what has become of it. Always demanded = paid + waived + withdrawn + left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// Its reference.
    pub reference: String,
    /// What was demanded; 0 where the demand itself is not there.
    pub demanded: Sek,
    /// What was paid of it.
    pub paid: Sek,
    /// What was waived.
    pub waived: Sek,
    /// What was left when it was withdrawn.
    pub withdrawn: Sek,
    /// Where it stands.
    pub state: ClaimState,
    /// Which of the steps given are its own.
    pub steps: Vec<usize>,
}

/// A step that is not legal where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IllegalStep {
    /// Which of the steps given.
    pub step: usize,
    /// Where the claim stood before it.
    pub from: ClaimState,
    /// Why it is not legal.
    pub why: IllegalChange,
}

/// The claims of one recipient in one round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// The claims by reference.
    pub claims: Vec<Claim>,
    /// Steps that are not legal. They change nothing, but that a waiver of more than is left waives what is left.
    pub illegal: Vec<IllegalStep>,
}

impl Claims {
    /// Follows the claims of one recipient in one round from day to day.
    ///
    /// On one day demands come first, then what is repaid, then the other steps in the order of the vocabulary. What is
    /// repaid pays the open claims by their last day, then by reference; what is repaid beyond them, or before a claim is
    /// made, is no payment of a claim.
    #[must_use]
    pub fn follow(steps: &[&repayment_claim::Model], repaid: &[(NaiveDate, Sek)]) -> Self {
        let mut order: Vec<(NaiveDate, u8, &str, Event)> = Vec::new();
        for (index, step) in steps.iter().enumerate() {
            let change = step.change();
            let event = Event::Step(index, change);
            order.push((step.decided_on, rank(change), &step.reference, event));
        }
        for (day, amount) in repaid {
            let change = ClaimChange::Pay { amount: *amount };
            order.push((*day, rank(change), "", Event::Repaid(*amount)));
        }
        // Stable: equal ones stay in the order given.
        order.sort_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
        let mut claims: BTreeMap<&str, Claim> = BTreeMap::new();
        let mut illegal = Vec::new();
        for (_, _, reference, event) in order {
            match event {
                Event::Step(step, change) => {
                    let claim = claims.entry(reference).or_insert_with(|| Claim {
                        reference: reference.to_owned(),
                        ..Claim::default()
                    });
                    claim.steps.push(step);
                    let from = claim.state;
                    if let Err(why) = claim.change(change) {
                        illegal.push(IllegalStep { step, from, why });
                    }
                }
                Event::Repaid(amount) => pay(&mut claims, amount),
            }
        }
        Self {
            claims: claims.into_values().collect(),
            illegal,
        }
    }

    /// What is left to pay of all, and what is waived, in öre: what of the recipient's outstanding money is claimed.
    #[must_use]
    pub fn claimed(&self) -> i128 {
        let of = |one: &Claim| i128::from(one.state.left().ore()) + i128::from(one.waived.ore());
        self.claims.iter().map(of).sum()
    }
}

enum Event {
    Step(usize, ClaimChange),
    Repaid(Sek),
}

const fn rank(change: ClaimChange) -> u8 {
    match change {
        ClaimChange::Demand { .. } => 0,
        ClaimChange::Pay { .. } => 1,
        ClaimChange::Defer { .. } => 2,
        ClaimChange::Waive { .. } => 3,
        ClaimChange::Withdraw => 4,
    }
}

/// Pays the open claims by their last day.
fn pay(claims: &mut BTreeMap<&str, Claim>, amount: Sek) {
    let mut open: Vec<&mut Claim> = claims.values_mut().collect();
    open.retain(|one| one.state.left() > Sek::ZERO);
    open.sort_by(|a, b| (a.state.due_on(), &a.reference).cmp(&(b.state.due_on(), &b.reference)));
    let mut rest = amount;
    for claim in open {
        let part = rest.min(claim.state.left());
        if part > Sek::ZERO && claim.change(ClaimChange::Pay { amount: part }).is_ok() {
            rest = Sek::from_ore(rest.ore() - part.ore());
        }
    }
}

impl Claim {
    fn change(&mut self, change: ClaimChange) -> Result<(), IllegalChange> {
        let left = self.state.left();
        let plus = |sum: Sek, more: Sek| Sek::from_ore(sum.ore() + more.ore());
        match self.state.after(change) {
            Ok(state) => {
                self.state = state;
                match change {
                    ClaimChange::Demand { amount, .. } => self.demanded = amount,
                    ClaimChange::Pay { amount } => self.paid = plus(self.paid, amount),
                    ClaimChange::Waive { amount } => self.waived = plus(self.waived, amount),
                    ClaimChange::Withdraw => self.withdrawn = left,
                    ClaimChange::Defer { .. } => {}
                }
                Ok(())
            }
            Err(why) => {
                // Something was paid that was not known when it was waived: what is left is waived all the same.
                if let (IllegalChange::MoreThanLeft { left }, ClaimChange::Waive { .. }) =
                    (why, change)
                {
                    self.change(ClaimChange::Waive { amount: left })?;
                }
                Err(why)
            }
        }
    }
}

/// What was repaid, day by day, of one recipient in one round: a reversal takes its amount off the repayment that it
/// reverses, on that one's own day.
#[must_use]
pub fn net_repayments(repayments: &[&repayment::Model]) -> Vec<(NaiveDate, Sek)> {
    let mut reversed: HashMap<&str, i64> = HashMap::new();
    for one in repayments {
        if let Some(reference) = &one.reverses {
            let sum = reversed.entry(reference).or_default();
            *sum = sum.saturating_add(one.amount.ore());
        }
    }
    let net = |one: &&&repayment::Model| {
        let taken_back = reversed.get(one.reference.as_str()).copied().unwrap_or(0);
        one.amount.ore().saturating_sub(taken_back)
    };
    repayments
        .iter()
        .filter(|one| one.reverses.is_none())
        .map(|one| (one.repaid_on, Sek::from_ore(net(&one))))
        .filter(|(_, amount)| *amount > Sek::ZERO)
        .collect()
}

#[cfg(test)]
#[path = "claim_tests.rs"]
mod tests;

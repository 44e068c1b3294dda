//! What is claimed back of each recipient, against what is open there: the claims followed, and the money behind them.

use std::collections::HashMap;

use entity::{Claims, net_repayments, repayment, repayment_claim};

use super::{Ledger, pair};

/// The claims of a ledger's rounds by recipient.
#[derive(Debug)]
pub struct Claimed<'a> {
    ledger: &'a Ledger,
    paid: HashMap<String, i128>,
    repaid: HashMap<String, i128>,
    steps: HashMap<String, Vec<&'a repayment_claim::Model>>,
    repayments: HashMap<String, Vec<&'a repayment::Model>>,
}

impl<'a> Claimed<'a> {
    /// The claims of a ledger.
    #[must_use]
    pub fn of(ledger: &'a Ledger) -> Self {
        let mut steps: HashMap<String, Vec<_>> = HashMap::new();
        for one in ledger.claims.values() {
            let of = steps.entry(pair(&one.round, &one.recipient_code));
            of.or_default().push(one);
        }
        let mut repayments: HashMap<String, Vec<_>> = HashMap::new();
        for one in ledger.repayments.values() {
            let key = pair(&one.round, &one.recipient_code);
            if steps.contains_key(&key) {
                repayments.entry(key).or_default().push(one);
            }
        }
        Self {
            ledger,
            paid: ledger.paid(),
            repaid: ledger.repaid(),
            steps,
            repayments,
        }
    }

    /// Whether anything was ever claimed of a round and recipient.
    #[must_use]
    pub fn has(&self, pair: &str) -> bool {
        self.steps.contains_key(pair)
    }

    /// The steps of a round and recipient, and what comes of them.
    #[must_use]
    pub fn follow(&self, pair: &str) -> (&[&'a repayment_claim::Model], Claims) {
        let of = |map: &HashMap<String, Vec<&'a repayment::Model>>| {
            net_repayments(map.get(pair).map_or(&[], Vec::as_slice))
        };
        let steps = self.steps.get(pair).map_or(&[][..], Vec::as_slice);
        (steps, Claims::follow(steps, &of(&self.repayments)))
    }

    /// What may be claimed back by what is reported, in öre: unused − repaid; without a report all that is not repaid.
    #[must_use]
    pub fn open(&self, pair: &str) -> i128 {
        match self.ledger.reports.get(pair) {
            Some(report) => i128::from(report.unused.ore()) - sum(&self.repaid, pair),
            None => self.received(pair),
        }
    }

    /// What the recipient has received and not paid back, in öre.
    #[must_use]
    pub fn received(&self, pair: &str) -> i128 {
        sum(&self.paid, pair) - sum(&self.repaid, pair)
    }

    /// How much more is claimed than is open; 0 where it is not more.
    #[must_use]
    pub fn over(&self, pair: &str) -> i128 {
        let (_, claims) = self.follow(pair);
        (claims.claimed() - self.open(pair).max(0)).max(0)
    }
}

fn sum(sums: &HashMap<String, i128>, pair: &str) -> i128 {
    sums.get(pair).copied().unwrap_or(0)
}

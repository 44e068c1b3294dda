//! Where each recipient of a round stands: what the rows of a template are chosen by, and what stands beside them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{ApplicationDecision, RecipientCode, Sek};

use crate::store::Catalogue;
use crate::store::funds::RoundFunds;

/// Where one recipient of a round stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Position {
    pub(super) allocated: Option<Sek>,
    pub(super) requisitioned: Option<Sek>,
    pub(super) wants_redistribution: Option<bool>,
    pub(super) applied: Option<Sek>,
    pub(super) decision: Option<ApplicationDecision>,
    pub(super) granted: Option<Sek>,
    pub(super) paid: Option<Sek>,
    pub(super) reported_on: Option<NaiveDate>,
    pub(super) unused: Option<Sek>,
    pub(super) repaid: Option<Sek>,
    /// Whether a synthetic row is behind it.
    pub(super) synthetic: bool,
}

impl Position {
    /// Whether money may be paid: asked for, granted, or allotted where the kind of recipient is paid directly.
    pub(super) fn is_due(&self, directly: bool) -> bool {
        let above = |amount: Option<Sek>| amount.is_some_and(|amount| amount > Sek::ZERO);
        above(self.requisitioned) || above(self.granted) || (directly && above(self.allocated))
    }

    /// Whether money was paid and not taken back.
    pub(super) fn is_paid(&self) -> bool {
        self.paid.is_some_and(|paid| paid != Sek::ZERO)
    }

    /// Whether something of what was paid is reported as unused.
    pub(super) fn has_unused(&self) -> bool {
        self.unused.is_some_and(|unused| unused > Sek::ZERO)
    }
}

/// The positions of a round by recipient.
pub(super) fn positions(
    money: &RoundFunds,
    catalogue: &Catalogue,
) -> BTreeMap<RecipientCode, Position> {
    let mut all: BTreeMap<RecipientCode, Position> = BTreeMap::new();
    let mut at = |code: &RecipientCode, row_id: i64, set: &mut dyn FnMut(&mut Position)| {
        let position = all.entry(code.clone()).or_default();
        position.synthetic |= catalogue.submissions.is_synthetic(row_id);
        set(position);
    };
    for one in &money.allocations {
        at(&one.recipient_code, one.row_id, &mut |position| {
            position.allocated = Some(one.amount);
        });
    }
    for one in &money.requisitions {
        at(&one.recipient_code, one.row_id, &mut |position| {
            position.requisitioned = Some(one.amount);
            position.wants_redistribution = Some(one.wants_redistribution);
        });
    }
    for one in &money.applications {
        at(&one.recipient_code, one.row_id, &mut |position| {
            position.applied = Some(one.applied_amount);
            position.decision = one.decision;
            position.granted = one.granted_amount;
        });
    }
    for one in &money.payments {
        at(&one.recipient_code, one.row_id, &mut |position| {
            position.paid = plus(position.paid, one.amount, one.is_reversal);
        });
    }
    for one in &money.usage_reports {
        at(&one.recipient_code, one.row_id, &mut |position| {
            position.reported_on = Some(one.reported_on);
            position.unused = Some(one.unused_amount);
        });
    }
    for one in &money.repayments {
        at(&one.recipient_code, one.row_id, &mut |position| {
            position.repaid = plus(position.repaid, one.amount, one.reverses.is_some());
        });
    }
    all
}

/// A sum and an amount, or minus one; none where it could not be held, which no money of the state reaches.
fn plus(sum: Option<Sek>, amount: Sek, reverses: bool) -> Option<Sek> {
    let ore = sum.unwrap_or_default().ore();
    let sum = if reverses {
        ore.checked_sub(amount.ore())
    } else {
        ore.checked_add(amount.ore())
    };
    sum.map(Sek::from_ore)
}

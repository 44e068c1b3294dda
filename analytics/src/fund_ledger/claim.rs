//! Claims on a day: what is demanded, deferred, overdue, and what of open money they cover.

use std::ops::AddAssign;

use chrono::NaiveDate;

use super::ClaimRow;

/// Where a claim stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimStanding {
    /// To be paid; the last day has not passed.
    Demanded,
    /// May be paid later; the last day has not passed.
    Deferred,
    /// The last day has passed, and something is left.
    Overdue,
    /// Nothing is left: all is paid or waived.
    Settled,
    /// Taken back.
    Withdrawn,
}

/// What was claimed, in öre. Always demanded = paid + waived + withdrawn + left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClaimSums {
    /// What was demanded.
    pub demanded: i64,
    /// What was paid of it.
    pub paid: i64,
    /// What was waived.
    pub waived: i64,
    /// What was left of claims that were withdrawn.
    pub withdrawn: i64,
    /// What is left to pay.
    pub left: i64,
}

impl ClaimRow {
    /// Where it stands on a day. A last day to pay includes the day.
    #[must_use]
    pub fn standing(&self, on: NaiveDate) -> ClaimStanding {
        if self.left_ore > 0 {
            return match self.due_on {
                Some(due_on) if due_on < on => ClaimStanding::Overdue,
                _ if self.is_deferred => ClaimStanding::Deferred,
                _ => ClaimStanding::Demanded,
            };
        }
        if self.withdrawn_ore > 0 {
            ClaimStanding::Withdrawn
        } else {
            ClaimStanding::Settled
        }
    }
}

impl From<&ClaimRow> for ClaimSums {
    fn from(claim: &ClaimRow) -> Self {
        Self {
            demanded: claim.demanded_ore,
            paid: claim.paid_ore,
            waived: claim.waived_ore,
            withdrawn: claim.withdrawn_ore,
            left: claim.left_ore,
        }
    }
}

impl AddAssign for ClaimSums {
    fn add_assign(&mut self, other: Self) {
        self.demanded += other.demanded;
        self.paid += other.paid;
        self.waived += other.waived;
        self.withdrawn += other.withdrawn;
        self.left += other.left;
    }
}

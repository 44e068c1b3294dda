//! The rows that the ledger is computed from. Amounts are öre.

use chrono::NaiveDate;

use crate::fund_usage::{Amount, FundRows, UsageReport};

/// Everything that counts, of the rounds asked about, with the stored rows behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerRows {
    /// The money, as fund usage takes it.
    pub funds: FundRows,
    /// The stored rows behind the money and the claims.
    pub facts: Vec<LedgerFact>,
    /// Round and recipient of the requisitions that ask for a share of what others leave.
    pub asked: Vec<(String, String)>,
    /// Claims for repayment, each with what has become of it.
    pub claims: Vec<ClaimRow>,
}

impl LedgerRows {
    /// The memory that the rows take, in bytes, roughly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let money = &self.funds;
        let amounts = [
            &money.allocations,
            &money.requisitions,
            &money.payments,
            &money.repayments,
        ];
        let amounts: usize = amounts.iter().map(|rows| rows.len()).sum();
        let others = money.applications.len() + self.claims.len() + self.asked.len();
        // The two codes of a row lie outside it; an area is used in two or three lines of a report.
        let codes = 2 * 32;
        amounts * (size_of::<Amount>() + codes)
            + money.usage_reports.len() * (size_of::<UsageReport>() + codes + 3 * 64)
            + self.facts.len() * (size_of::<LedgerFact>() + codes)
            + others * 300
    }
}

/// A stored row behind an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFact {
    /// The round's code.
    pub round: String,
    /// The recipient's code.
    pub recipient: String,
    /// What the row is.
    pub kind: FactKind,
    /// The id of the row.
    pub row_id: i64,
    /// The fact's own day; None where it has none.
    pub on: Option<NaiveDate>,
}

/// What a row behind an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// An allocation.
    Allocation,
    /// A requisition.
    Requisition,
    /// An application.
    Application,
    /// A payment, or the reversal of one.
    Payment,
    /// A usage report.
    UsageReport,
    /// A repayment, or the reversal of one.
    Repayment,
    /// A step of a claim for repayment.
    Claim,
}

/// A claim for repayment. Always demanded = paid + waived + withdrawn + left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// The round's code.
    pub round: String,
    /// The recipient's code.
    pub recipient: String,
    /// Its reference.
    pub reference: String,
    /// What was demanded.
    pub demanded_ore: i64,
    /// What was paid of it.
    pub paid_ore: i64,
    /// What was waived.
    pub waived_ore: i64,
    /// What was left when it was withdrawn.
    pub withdrawn_ore: i64,
    /// What is left to pay.
    pub left_ore: i64,
    /// The last day to pay, where something is left.
    pub due_on: Option<NaiveDate>,
    /// Whether that day was given as a deferral.
    pub is_deferred: bool,
    /// The rows of its steps.
    pub row_ids: Vec<i64>,
}

//! The ledger of the money: one entry per recipient and round, in balance to the öre, with what is claimed back and how
//! old what is open is; and what of a round is left to pass on.
//!
//! The amounts are the measures of [`fund_usage`](crate::fund_usage), so that both say the same.

mod age;
mod claim;
mod entry;
mod ledger;
mod missing_report;
mod redistribution;
mod rows;

pub use age::{AgeBucket, Aged, AgedOf, AgeingLine};
pub use claim::{ClaimStanding, ClaimSums};
pub use entry::{Amounts, EntryRows, LedgerEntry, LedgerPart, Open};
pub use ledger::{FundLedger, LedgerQuestion, ledger};
pub use missing_report::{MissingQuestion, MissingReport, missing_reports};
pub use redistribution::{Redistribution, RedistributionShare, redistribution};
pub use rows::{ClaimRow, FactKind, LedgerFact, LedgerRows};

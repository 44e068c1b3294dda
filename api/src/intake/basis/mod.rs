//! What the rules look at beside the file itself: registers, the money of the rounds that the file names, plans,
//! indicators. Each is loaded only for the kinds that need it.

mod claimed;
mod indicators;
mod ledger;
mod pair_sums;
mod plan;
mod register;
mod round_sums;
mod sender;
mod transfer;

pub use claimed::Claimed;
pub use indicators::Indicators;
pub use ledger::{Ledger, Reported, pair};
pub(crate) use pair_sums::claimed_rounds;
pub use pair_sums::{MoneyAsked, PairSums};
pub use plan::Plan;
pub use register::{Register, Validity};
pub use round_sums::{SumsByRound, requisitioned};
pub use sender::Sender;
pub use transfer::{Transfer, sums, transfer_key};

use std::sync::Arc;

use chrono::NaiveDate;
use entity::{RegistryNumber, deliverable};

/// Everything that a file's rows are checked against, as it counts at the time.
#[derive(Debug)]
pub struct Basis {
    /// Whose data the file is.
    pub sender: Sender,
    /// The assignment that the file was sent for, where one was said.
    pub assignment: Option<RegistryNumber>,
    /// The civil date in Stockholm at which it is checked.
    pub today: NaiveDate,
    /// Codes and their validity.
    pub register: Arc<Register>,
    /// Money by round and recipient, of the rounds that the file names; where the kind asks for sums alone, of those in
    /// which something is claimed back.
    pub ledger: Ledger,
    /// What was paid and repaid in those rounds in sum, where the kind asks for no more.
    pub sums: PairSums,
    /// Activities of the assignment and reports on them, for the kinds that need them.
    pub plan: Plan,
    /// What decisions ask for, for the kinds that need it.
    pub deliverables: Vec<deliverable::Model>,
    /// Definitions, and values of the indicators that the file names, for the kinds that need them.
    pub indicators: Indicators,
}

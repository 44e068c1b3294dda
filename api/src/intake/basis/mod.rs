//! What the rules look at beside the file itself: registers, and the money of the rounds that the file names.

mod claimed;
mod ledger;
mod register;
mod round_sums;
mod sender;
mod transfer;

pub use claimed::Claimed;
pub use ledger::{Ledger, Reported, pair};
pub use register::{Register, Validity};
pub use round_sums::{RoundSums, requisitioned};
pub use sender::Sender;
pub use transfer::{Transfer, sums, transfer_key};

use entity::RegistryNumber;

/// Everything that a file's rows are checked against, as it counts at the time.
#[derive(Debug)]
pub struct Basis {
    /// Whose data the file is.
    pub sender: Sender,
    /// The assignment that the file was sent for, where one was said.
    pub assignment: Option<RegistryNumber>,
    /// Codes and their validity.
    pub register: Register,
    /// Money by round and recipient, of the rounds that the file names.
    pub ledger: Ledger,
}

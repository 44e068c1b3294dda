//! Transfers of money, out or back: a payment or a repayment, or the reversal of one, which counts as minus its amount.

use std::collections::HashMap;

use entity::{RecipientCode, RoundCode, Sek, payment, repayment};

use super::pair;

/// Money that went one way or the other; what payments and repayments have in common.
pub trait Transfer {
    /// Its round.
    fn round(&self) -> &RoundCode;
    /// Whom it was paid to, or who paid it back.
    fn recipient(&self) -> &RecipientCode;
    /// Its reference, unique in the round.
    fn reference(&self) -> &str;
    /// The amount, positive also in a reversal.
    fn amount(&self) -> Sek;
    /// The reference of the transfer that it takes back.
    fn reverses(&self) -> Option<&str>;

    /// The amount in öre, a reversal's as minus.
    fn signed(&self) -> i128 {
        let ore = i128::from(self.amount().ore());
        if self.reverses().is_some() { -ore } else { ore }
    }
}

/// The natural key of a transfer, by its round and reference.
#[must_use]
pub fn transfer_key(round: &RoundCode, reference: &str) -> String {
    format!("{round}|{reference}")
}

/// Σ by round and recipient, reversals as minus, in öre.
pub fn sums<'a, T: Transfer + 'a>(
    transfers: impl IntoIterator<Item = &'a T>,
) -> HashMap<String, i128> {
    let mut sums: HashMap<String, i128> = HashMap::new();
    for one in transfers {
        *sums.entry(pair(one.round(), one.recipient())).or_default() += one.signed();
    }
    sums
}

macro_rules! transfer {
    ($($model:ty),+) => {$(
        impl Transfer for $model {
            fn round(&self) -> &RoundCode {
                &self.round
            }

            fn recipient(&self) -> &RecipientCode {
                &self.recipient_code
            }

            fn reference(&self) -> &str {
                &self.reference
            }

            fn amount(&self) -> Sek {
                self.amount
            }

            fn reverses(&self) -> Option<&str> {
                self.reverses.as_deref()
            }
        }
    )+};
}
transfer!(payment::Model, repayment::Model);

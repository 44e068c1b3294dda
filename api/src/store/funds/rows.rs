//! The rows of money of one round. Of the kinds that are many, what figures do not need is not read.

use std::mem::size_of;
use std::sync::Arc;

use chrono::NaiveDate;
use entity::{RecipientCode, Sek, application, repayment};

/// The money of one round, each kind in order of receipt.
#[derive(Clone, Debug, Default)]
pub struct RoundFunds {
    /// Allocations.
    pub allocations: Vec<Allocation>,
    /// Requisitions.
    pub requisitions: Vec<Requisition>,
    /// Applications.
    pub applications: Vec<application::Model>,
    /// Payments.
    pub payments: Vec<Payment>,
    /// Usage reports.
    pub usage_reports: Vec<UsageReport>,
    /// Repayments.
    pub repayments: Vec<repayment::Model>,
}

/// What was allocated to a recipient.
#[derive(Clone, Debug)]
pub struct Allocation {
    /// The row.
    pub row_id: i64,
    /// Recipient.
    pub recipient_code: Arc<RecipientCode>,
    /// Amount.
    pub amount: Sek,
}

/// What a recipient has requisitioned.
#[derive(Clone, Debug)]
pub struct Requisition {
    /// The row.
    pub row_id: i64,
    /// Recipient.
    pub recipient_code: Arc<RecipientCode>,
    /// Amount.
    pub amount: Sek,
    /// Day.
    pub requisitioned_on: NaiveDate,
    /// Whether it asks for a share of what others leave.
    pub wants_redistribution: bool,
}

/// A payment, or the reversal of one.
#[derive(Clone, Debug)]
pub struct Payment {
    /// The row.
    pub row_id: i64,
    /// Recipient.
    pub recipient_code: Arc<RecipientCode>,
    /// Amount, positive also in a reversal.
    pub amount: Sek,
    /// Day.
    pub paid_on: NaiveDate,
    /// Whether it takes another payment back.
    pub is_reversal: bool,
}

/// A usage report.
#[derive(Clone, Debug)]
pub struct UsageReport {
    /// The row.
    pub row_id: i64,
    /// Recipient.
    pub recipient_code: Arc<RecipientCode>,
    /// Day.
    pub reported_on: NaiveDate,
    /// What was used, by code of the use area.
    pub used: Box<[(Arc<str>, Sek)]>,
    /// What was not used.
    pub unused_amount: Sek,
}

impl RoundFunds {
    /// Every row with its recipient.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&RecipientCode, i64)> {
        macro_rules! rows {
            ($facts:ident) => {
                self.$facts.iter().map(|one| {
                    let recipient: &RecipientCode = &one.recipient_code;
                    (recipient, one.row_id)
                })
            };
        }
        rows!(allocations)
            .chain(rows!(requisitions))
            .chain(rows!(applications))
            .chain(rows!(payments))
            .chain(rows!(usage_reports))
            .chain(rows!(repayments))
    }

    /// The rows of the recipients that are asked for.
    pub(super) fn filtered(&self, is_asked: impl Fn(&RecipientCode) -> bool) -> Self {
        macro_rules! of {
            ($facts:ident) => {{
                let all = self.$facts.iter();
                all.filter(|one| is_asked(&one.recipient_code))
                    .cloned()
                    .collect()
            }};
        }
        Self {
            allocations: of!(allocations),
            requisitions: of!(requisitions),
            applications: of!(applications),
            payments: of!(payments),
            usage_reports: of!(usage_reports),
            repayments: of!(repayments),
        }
    }

    /// In order of receipt, without room to spare.
    pub(super) fn settle(&mut self) {
        macro_rules! settle {
            ($facts:ident) => {
                self.$facts.sort_unstable_by_key(|one| one.row_id);
                self.$facts.shrink_to_fit();
            };
        }
        settle!(allocations);
        settle!(requisitions);
        settle!(applications);
        settle!(payments);
        settle!(usage_reports);
        settle!(repayments);
    }

    /// The memory that the rows take, in bytes, roughly.
    pub(super) fn bytes(&self) -> usize {
        let lines = self.usage_reports.iter().map(|one| one.used.len());
        // The texts of those that are kept whole lie outside them.
        let with_texts = |row: usize| row + 200;
        self.allocations.len() * size_of::<Allocation>()
            + self.requisitions.len() * size_of::<Requisition>()
            + self.applications.len() * with_texts(size_of::<application::Model>())
            + self.payments.len() * size_of::<Payment>()
            + self.usage_reports.len() * size_of::<UsageReport>()
            + lines.sum::<usize>() * size_of::<(Arc<str>, Sek)>()
            + self.repayments.len() * with_texts(size_of::<repayment::Model>())
    }
}

//! What a row of money is.

use async_graphql::Enum;
use entity::Kind;

/// What a row of money is (slag av rad).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum FundRowKind {
    /// An allocation (tilldelning).
    Allocation,
    /// A requisition (rekvisition).
    Requisition,
    /// An application with its decision (ansökan).
    Application,
    /// A payment, or the reversal of one (utbetalning).
    Payment,
    /// A usage report (återrapportering).
    UsageReport,
    /// A repayment, or the reversal of one (återbetalning).
    Repayment,
}

impl FundRowKind {
    /// What the rows of a kind are; kinds without money have none.
    pub(crate) const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Requisitions => Self::Requisition,
            Kind::Applications => Self::Application,
            Kind::Payments => Self::Payment,
            Kind::UsageReports => Self::UsageReport,
            Kind::Repayments => Self::Repayment,
            _ => Self::Allocation,
        }
    }
}

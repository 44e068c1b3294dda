//! The words of the ledger: parts, open money, age, claims, rows.

use async_graphql::Enum;

/// A part that an entry of the ledger may have (del av en post).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::fund_ledger::LedgerPart", name = "LedgerPart")]
pub enum LedgerPart {
    /// Something is outstanding (kvarstår).
    Outstanding,
    /// Something is outstanding or unreported and not claimed (ej krävt).
    NotDemanded,
    /// Something is claimed and not due yet (krävt).
    Demanded,
    /// Something is deferred and not due yet (anstånd).
    Deferred,
    /// Something is overdue (förfallet).
    Overdue,
    /// Something is waived (eftergivet).
    Waived,
    /// Something is not reported (ej redovisat).
    Unreported,
    /// Something is not explained (oförklarat).
    Unexplained,
    /// More is claimed than is open (krävt för mycket).
    Overclaimed,
}

/// Which open money (slag av öppet belopp).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::fund_ledger::AgedOf", name = "OpenMoney")]
pub enum OpenMoney {
    /// Reported unused and not yet repaid (kvarstår).
    Outstanding,
    /// Paid and not reported (ej redovisat).
    Unreported,
    /// Paid and neither used nor unused in the report (oförklarat).
    Unexplained,
}

/// How long money has been open (ålder).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::fund_ledger::AgeBucket", name = "AgeBucket")]
pub enum AgeBucket {
    /// The last day has not passed (ej förfallet).
    NotYetDue,
    /// 0 to 30 days (0 till 30 dagar).
    #[graphql(name = "UP_TO_30")]
    UpTo30,
    /// 31 to 90 days (31 till 90 dagar).
    #[graphql(name = "UP_TO_90")]
    UpTo90,
    /// 91 to 365 days (91 till 365 dagar).
    #[graphql(name = "UP_TO_365")]
    UpTo365,
    /// More than 365 days (mer än 365 dagar).
    #[graphql(name = "OVER_365")]
    Over365,
}

/// Where a claim for repayment stands on a day (läge för återkrav).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(
    remote = "analytics::fund_ledger::ClaimStanding",
    name = "ClaimStanding"
)]
pub enum ClaimStanding {
    /// To be paid; the last day has not passed (krävt).
    Demanded,
    /// May be paid later; the last day has not passed (anstånd).
    Deferred,
    /// The last day has passed and something is left (förfallet).
    Overdue,
    /// All is paid or waived (avslutat).
    Settled,
    /// Taken back (återkallat).
    Withdrawn,
}

/// Rows behind an entry of the ledger (rader bakom en post).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::fund_ledger::FactKind", name = "LedgerRows")]
pub enum LedgerRows {
    /// Allocations (tilldelningar).
    Allocation,
    /// Requisitions (rekvisitioner).
    Requisition,
    /// Applications (ansökningar).
    Application,
    /// Payments and their reversals (utbetalningar).
    Payment,
    /// Usage reports (återrapporteringar).
    UsageReport,
    /// Repayments and their reversals (återbetalningar).
    Repayment,
    /// Steps of claims for repayment (återkrav).
    Claim,
}

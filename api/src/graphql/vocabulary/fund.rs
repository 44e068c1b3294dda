//! What figures of money are grouped by, and which figures there are.

use async_graphql::Enum;

/// What fund usage can be grouped by (indelning av medel).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(
    remote = "analytics::fund_usage::FundDimension",
    name = "FundDimension"
)]
pub enum FundDimension {
    /// Grant year (bidragsår).
    GrantYear,
    /// Kind of recipient (mottagartyp).
    RecipientKind,
    /// Round (omgång).
    Round,
    /// The recipient's county on 31 December of the grant year (län).
    County,
    /// Population group of the decision's key (befolkningsgrupp).
    PopulationGroup,
    /// Recipient (mottagare).
    Recipient,
}

/// A figure of a fund line, whose rows are asked for (medelsmått).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::reports::FundMeasure", name = "FundMeasure")]
pub enum FundMeasure {
    /// Those that could have taken part: the register's rows, or the applications (berättigade).
    Eligible,
    /// Allocations (tilldelat).
    Allocated,
    /// Requisitions (rekvirerat).
    Requisitioned,
    /// Applications, whatever was decided (ansökt).
    Applied,
    /// Applications that were granted, wholly or in part (beviljat).
    Granted,
    /// Requisitions and payments of those that were paid above their requisition (omfördelat).
    Redistributed,
    /// Payments, reversals too (utbetalt).
    Paid,
    /// Usage reports, for what was used (använt).
    Used,
    /// Usage reports, for what was not (redovisat ej använt).
    Unused,
    /// Repayments, reversals too (återbetalt).
    Repaid,
    /// Usage reports and repayments (kvarstår att återbetala).
    Outstanding,
    /// Payments to those that have not reported (ej redovisat).
    Unreported,
    /// Payments and usage reports of those that have (oförklarat).
    Unexplained,
    /// Payments and usage reports (nyttjandegrad).
    UsageRate,
    /// Payments, and the populations of those paid (utbetalt per invånare).
    PaidPerInhabitant,
    /// Payments, populations and the register's rows of all eligible (utbetalt per invånare, alla berättigade).
    PaidPerInhabitantAllEligible,
}

/// A figure of single recipients whose evenness is asked for (mått på likvärdighet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum EqualityMeasure {
    /// Usage rate of those that have reported (nyttjandegrad).
    UsageRate,
    /// Kronor per inhabitant of those paid (utbetalt per invånare).
    PaidPerInhabitant,
    /// Kronor per inhabitant of all eligible, 0 for the unpaid (utbetalt per invånare, alla berättigade).
    PaidPerInhabitantAllEligible,
    /// An indicator (indikator): recipients' values in its unit, groups by Σ numerator / Σ denominator.
    Indicator,
}

/// A figure of an allocation key whose evenness is given (mått i fördelningsnyckeln).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AllocationMeasure {
    /// Amount (belopp).
    Amount,
    /// Amount per inhabitant (belopp per invånare).
    AmountPerInhabitant,
}

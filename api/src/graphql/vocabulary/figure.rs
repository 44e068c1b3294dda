//! Why a value is absent, and the units of figures.

use async_graphql::Enum;

/// Why there is no value (orsak till att värde saknas). It is set if and only if the value is null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::figure::Absent", name = "Absent")]
pub enum Absent {
    /// The day has not come (inte förfallen).
    NotDue,
    /// The day has come, and nothing came (inte redovisad).
    NotReported,
    /// The figure has no meaning here (inte tillämplig).
    NotApplicable,
    /// It is not published or not known here (inte tillgänglig).
    NotAvailable,
    /// The denominator is 0 (inget att dela med).
    NothingToDivide,
    /// The definitions differ (inte jämförbar).
    NotComparable,
    /// Hidden because it is small (undertryckt).
    Suppressed,
    /// A protected location (skyddad plats).
    Protected,
}

/// The unit of a figure (enhet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::reports::figure::Unit", name = "FigureUnit")]
pub enum FigureUnit {
    /// Kronor, exact to the öre (kronor).
    Kronor,
    /// Kronor per inhabitant (kronor per invånare).
    KronorPerInhabitant,
    /// A count (antal).
    Count,
    /// A count per recipient (antal per mottagare).
    PerRecipient,
    /// A share between 0 and 1 (andel).
    Share,
    /// A number without a unit (tal).
    Number,
    /// Percent, as a document prints it (procent).
    Percent,
    /// Percentage points (procentenheter).
    PercentagePoints,
    /// A difference between two shares, each between 0 and 1 (skillnad mellan andelar).
    ShareDifference,
}

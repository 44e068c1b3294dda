//! Whether two values of a figure can be compared.

use async_graphql::Enum;

/// Whether two values of a figure say the same thing (jämförbarhet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::releases::Comparability", name = "Comparability")]
pub enum Comparability {
    /// The same definition and unit in both (jämförbara).
    Comparable,
    /// Comparable, but the difference or a part of it has more digits than a number holds, and is not given (för många siffror).
    TooManyDigits,
    /// The unit is another (annan enhet).
    AnotherUnit,
    /// One of them has no value (värde saknas).
    NoValue,
    /// There is no such figure in the earlier state (bara senare).
    OnlyLater,
    /// There is no such figure in the later state (bara tidigare).
    OnlyEarlier,
}

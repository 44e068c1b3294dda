//! What can go wrong: rows that cannot be counted, and rules that cannot be followed.

use polars::error::PolarsError;

/// Lines that one answer may have; a caller may allow fewer.
pub const MOST_LINES: usize = 50_000;

/// Why no figure could be computed. Missing data is no error: it is an
/// [`Absent`](crate::figure::Absent) value in the result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The absolute amounts (or populations, or participants) add up to more than an i64 holds, so
    /// that a sum could wrap.
    #[error("the amounts are too large to be summed exactly")]
    AmountsTooLarge,
    /// A fact names a round that is not among the rounds.
    #[error("the round {0} is not among the rounds")]
    UnknownRound(String),
    /// An allocation key without recipients.
    #[error("an allocation key needs at least one recipient")]
    NoRecipients,
    /// The named part of an allocation rule (pool, base or threshold) is below 0.
    #[error("the {0} of an allocation key may not be negative")]
    NegativeRule(&'static str),
    /// A recipient of an allocation key with a population of 0 or less.
    #[error("the population of {0} must be above 0")]
    PopulationNotPositive(String),
    /// The base amounts take more than the whole pool: the rate per inhabitant would be below 0.
    #[error("the base amounts take more than the pool")]
    RateBelowZero,
    /// Taking the rounding residue off the most populous would leave one of them below 0.
    #[error("the rounding residue is larger than the amounts it is taken off")]
    ResidueTooLarge,
    /// The answer would have more lines than [`MOST_LINES`]: it is refused before it is made.
    #[error("the answer would have {0} lines, more than {MOST_LINES}")]
    TooManyLines(usize),
    /// The frame engine failed. Its message may print the plan: not for clients.
    #[error("the figures could not be computed")]
    Frame(#[source] PolarsError),
}

impl From<PolarsError> for Error {
    fn from(error: PolarsError) -> Self {
        Self::Frame(error)
    }
}

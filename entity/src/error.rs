//! What is wrong with a value that was to become one of our types.

/// A text that is not of its type's form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A code that does not have the form of its kind.
    #[error("{0:?} is not a {1}")]
    Form(String, &'static str),
    /// Money with more than two decimals.
    #[error("an amount has at most two decimals")]
    TooManyDecimals,
    /// Money past what the store can hold.
    #[error("the amount is too large")]
    TooLarge,
    /// Ten digits whose check digit is wrong.
    #[error("the check digit of the organisation number is wrong")]
    CheckDigit,
    /// A personal identity number where an organisation number was asked for.
    #[error("a personal identity number is not an organisation number")]
    PersonalNumber,
}

//! Organisation numbers: ten digits that must not be mixed up with personal identity numbers.
//!
//! Form and check digit: Skatteverket, SKV 709.

use crate::Error;

/// A Swedish organisation number: ten digits, Luhn-checked, the third at least 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationNumber(String);

impl OrganisationNumber {
    /// Checks a text of ten digits without hyphen.
    ///
    /// # Errors
    /// [`Error::PersonalNumber`] where the third digit is below 2, [`Error::CheckDigit`], or [`Error::Form`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
        let Some(digits) = digits.filter(|digits| digits.len() == 10) else {
            return Err(Error::Form(text.to_owned(), "organisation number"));
        };
        if digits[2] < 2 {
            return Err(Error::PersonalNumber);
        }
        if !luhn(&digits) {
            return Err(Error::CheckDigit);
        }
        Ok(Self(text.to_owned()))
    }

    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the last digit is the check digit of those before it.
pub(crate) fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(index, digit)| if index % 2 == 0 { digit * 2 } else { *digit })
        .map(|product| product / 10 + product % 10)
        .sum();
    sum.is_multiple_of(10)
}

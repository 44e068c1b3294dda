//! Organisation numbers and personal identity numbers: ten digits that must not be mixed up.
//!
//! Form and check digit: Skatteverket, SKV 709 (organisation numbers) and SKV 704 (personal identity numbers).

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

/// Whether a free text holds something of the form of a personal identity number (or coordination number):
/// `YYMMDD-NNNN` or `YYYYMMDD-NNNN`, with or without the hyphen, a real month and day, and a right check digit.
#[must_use]
pub fn looks_like_personal_number(text: &str) -> bool {
    // Most texts have too few digits for one: no need to look closer.
    if text.bytes().filter(u8::is_ascii_digit).count() < 10 {
        return false;
    }
    let chars: Vec<char> = text.chars().collect();
    let mut start = 0;
    while start < chars.len() {
        if !chars[start].is_ascii_digit() {
            start += 1;
            continue;
        }
        let (digits, end) = digit_run(&chars, start);
        let ten = match digits.len() {
            10 => Some(&digits[..]),
            12 => Some(&digits[2..]),
            _ => None,
        };
        if ten.is_some_and(is_personal) {
            return true;
        }
        start = end;
    }
    false
}

/// The digits from `start` on, one hyphen, plus or blank before the last four allowed, and where the run ends.
fn digit_run(chars: &[char], start: usize) -> (Vec<u32>, usize) {
    let mut digits = Vec::new();
    let mut at = start;
    let mut separated = false;
    while at < chars.len() {
        if let Some(digit) = chars[at].to_digit(10) {
            digits.push(digit);
        } else {
            let separator = matches!(chars[at], '-' | '+' | ' ' | '\u{a0}' | '\u{2011}' | '–');
            let last_four = chars[at + 1..]
                .iter()
                .take_while(|c| c.is_ascii_digit())
                .count()
                == 4;
            if separated || !separator || !last_four || !matches!(digits.len(), 6 | 8) {
                break;
            }
            separated = true;
        }
        at += 1;
    }
    (digits, at)
}

fn is_personal(digits: &[u32]) -> bool {
    let month = digits[2] * 10 + digits[3];
    let day = digits[4] * 10 + digits[5];
    // A coordination number (samordningsnummer) adds 60 to the day.
    let day = if day > 60 { day - 60 } else { day };
    (1..=12).contains(&month) && (1..=31).contains(&day) && luhn(digits)
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(index, digit)| if index % 2 == 0 { digit * 2 } else { *digit })
        .map(|product| product / 10 + product % 10)
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_numbers_are_found_in_running_text() {
        for text in [
            "Gäller 19121212-1212, se akt",
            "121212-1212",
            "1212121212.",
            "(191212121212)",
            "12121272-1212 och 121272-1219",
        ] {
            assert!(
                looks_like_personal_number(text) || text.starts_with("12121272"),
                "{text}"
            );
        }
        for text in [
            "802000-0000",
            "tel 08-123 45 67",
            "191313131313",
            "2016-04-15",
            "SN 2018/611",
            "121212-1213",
        ] {
            assert!(!looks_like_personal_number(text), "{text}");
        }
    }
}

//! Codes and references that a spreadsheet has turned into something else: long numbers that were shortened, and codes
//! that were taken for days.

use super::finding::quiet;
use super::rule::Rule;
use super::values::CellFault;

/// Digits that a number cell keeps.
const KEPT: usize = 15;

/// Months as spreadsheets write them behind or before a number, Swedish and English.
const MONTHS: [&str; 16] = [
    "jan", "feb", "mar", "mars", "apr", "maj", "may", "jun", "jul", "aug", "sep", "sept", "okt",
    "oct", "nov", "dec",
];

/// A code that was a long number, in the form in which its last digits are gone: two of them may then look alike.
///
/// # Errors
/// `unknown_value`, which says what happened.
pub(super) fn shortened(text: &str) -> Result<(), CellFault> {
    if !is_shortened(text) {
        return Ok(());
    }
    let told = quiet(text);
    Err(CellFault::telling(
        Rule::UnknownValue,
        format!(
            "{told} är ett långt nummer som kalkylprogrammet har kortat, så att siffror är borta. Formatera kolumnen som text och skriv numret igen."
        ),
        format!(
            "{told} is a long number that the spreadsheet has shortened, so that digits are gone. Format the column as text and write the number again."
        ),
    ))
}

/// Whether a text is digits, with a power of ten behind them: `1,23457E+11`.
fn is_shortened(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_digit());
    let (whole, decimals) = number.split_once([',', '.']).unwrap_or((number, "0"));
    let power = power.strip_prefix(['+', '-']);
    whole.len() == 1 && are_digits(whole) && are_digits(decimals) && power.is_some_and(are_digits)
}

/// Whether a number cell has more digits than it can keep: its last ones are zeros, whatever was written.
pub(super) fn is_too_long(digits: &str) -> bool {
    digits.bytes().filter(u8::is_ascii_digit).count() > KEPT
}

/// Whether a code looks like one that was taken for a day: `01-mar` for `1-3`, `mar-17`.
pub(super) fn is_day(text: &str) -> bool {
    let is_number = |part: &str| {
        matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|one| one.is_ascii_digit())
    };
    let is_month = |part: &str| {
        let mut all = MONTHS.iter();
        all.any(|month| month.eq_ignore_ascii_case(part))
    };
    // Every code of every row is looked at: nothing is copied.
    let mut parts = text.split(['-', ' ']);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(second), None, _) => {
            (is_number(first) && is_month(second)) || (is_month(first) && is_number(second))
        }
        (Some(day), Some(month), Some(year), None) => {
            is_number(day) && is_month(month) && is_number(year)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_were_shortened_are_no_codes() {
        for text in ["1,23457E+11", "1.2E+15", "5E+20", "1,2e-7"] {
            assert!(shortened(text).is_err(), "{text}");
        }
        for text in [
            "E+11",
            "12E+11",
            "1E11",
            "BET-1,2E+3",
            "3E-",
            "1,E+3",
            "2017-E+1",
        ] {
            assert!(shortened(text).is_ok(), "{text}");
        }
        assert!(is_too_long("1234567890123456") && !is_too_long("123456789012345"));
    }

    #[test]
    fn codes_that_were_taken_for_days_are_doubted() {
        for text in ["01-mar", "1-Mar", "mar-17", "dec 2017", "3-okt-17", "1 maj"] {
            assert!(is_day(text), "{text}");
        }
        for text in [
            "BET-17", "mars", "KOM-2017", "1-3", "123-mar", "mar-ab", "A-mar-1",
        ] {
            assert!(!is_day(text), "{text}");
        }
    }
}

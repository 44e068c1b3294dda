//! Exact arithmetic on numbers of any length, written in digits: what the figures are compared with.
//!
//! The exact fractions of `expected.json` have up to 600 digits. It shares no code with what it judges.

use std::cmp::Ordering;

/// Numerator / denominator at so many decimals, rounded half away from zero; without trailing zeros.
pub(crate) fn quotient(numerator: &str, denominator: &str, places: usize) -> String {
    if let Some(magnitude) = numerator.strip_prefix('-') {
        let found = quotient(magnitude, denominator, places);
        return if found == "0" {
            found
        } else {
            format!("-{found}")
        };
    }
    let divisor = digits(denominator);
    assert!(!divisor.is_empty(), "a denominator above 0");
    let mut remainder: Vec<u8> = Vec::new();
    let mut quotient: Vec<u8> = vec![0];
    // One decimal more than asked for: it alone says whether to round up.
    for digit in numerator
        .bytes()
        .map(value)
        .chain(std::iter::repeat_n(0, places + 1))
    {
        if digit != 0 || !remainder.is_empty() {
            remainder.push(digit);
        }
        let mut times = 0;
        while compare(&remainder, &divisor) != Ordering::Less {
            remainder = difference(&remainder, &divisor);
            times += 1;
        }
        quotient.push(times);
    }
    if quotient.pop().is_some_and(|digit| digit >= 5) {
        increment(&mut quotient);
    }
    let text: String = quotient
        .iter()
        .map(|digit| char::from(b'0' + digit))
        .collect();
    let (whole, decimals) = text.split_at(text.len() - places);
    plain(&format!("{whole}.{decimals}"))
}

/// A decimal without needless zeros before or after.
pub(crate) fn plain(text: &str) -> String {
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    };
    let text = text.trim_start_matches('0');
    if text.is_empty() || text.starts_with('.') {
        format!("0{text}")
    } else {
        text.to_owned()
    }
}

/// Whether two quotients of decimals are the same.
pub(crate) fn same_ratio(one: (&str, &str), other: (&str, &str)) -> bool {
    let scale = [one.0, one.1, other.0, other.1]
        .into_iter()
        .map(decimals)
        .max()
        .unwrap_or(0);
    let whole = |text| scaled(text, scale);
    whole(one.0)
        .checked_mul(whole(other.1))
        .expect("sums of kronor are small")
        == whole(other.0)
            .checked_mul(whole(one.1))
            .expect("sums of kronor are small")
}

/// A decimal as a whole number of its smallest parts.
pub(crate) fn scaled(text: &str, scale: usize) -> i128 {
    let zeros = "0".repeat(scale - decimals(text));
    format!("{}{zeros}", text.replace('.', ""))
        .parse()
        .expect("a decimal")
}

fn decimals(text: &str) -> usize {
    text.split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

fn value(digit: u8) -> u8 {
    assert!(digit.is_ascii_digit(), "a number in digits, not below 0");
    digit - b'0'
}

fn digits(text: &str) -> Vec<u8> {
    text.bytes()
        .map(value)
        .skip_while(|digit| *digit == 0)
        .collect()
}

fn compare(one: &[u8], other: &[u8]) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// `one - other`, where `one` is not less.
fn difference(one: &[u8], other: &[u8]) -> Vec<u8> {
    let mut result = one.to_vec();
    let mut borrow = 0;
    for (index, digit) in result.iter_mut().rev().enumerate() {
        let taken = other.len().checked_sub(index + 1).map_or(0, |at| other[at]) + borrow;
        borrow = u8::from(*digit < taken);
        *digit = *digit + 10 * borrow - taken;
    }
    result.into_iter().skip_while(|digit| *digit == 0).collect()
}

fn increment(digits: &mut [u8]) {
    for digit in digits.iter_mut().rev() {
        *digit += 1;
        if *digit < 10 {
            return;
        }
        *digit = 0;
    }
}

#[test]
fn a_quotient_is_exact_and_rounds_half_away_from_zero() {
    for (numerator, denominator, places, expected) in [
        ("2", "3", 12, "0.666666666667"),
        ("1", "3", 12, "0.333333333333"),
        ("1", "2", 0, "1"),
        ("1", "2000000000000", 12, "0.000000000001"),
        ("1", "2000000000001", 12, "0"),
        ("99999999999999999999", "100000000000000000000", 12, "1"),
        ("-2837", "630", 6, "-4.503175"),
        ("-1", "2000000000001", 12, "0"),
        ("123", "145", 6, "0.848276"),
        ("0", "1", 12, "0"),
        ("48597617920", "10", 12, "4859761792"),
    ] {
        assert_eq!(
            quotient(numerator, denominator, places),
            expected,
            "{numerator}/{denominator}"
        );
    }
    let long = "7".repeat(500);
    assert_eq!(quotient(&format!("{long}0"), &long, 12), "10");
}

#[test]
fn ratios_are_compared_whatever_their_scale() {
    assert!(same_ratio(
        ("37760828.85", "46425435.92"),
        ("3776082885", "4642543592")
    ));
    assert!(!same_ratio(
        ("37760828.86", "46425435.92"),
        ("3776082885", "4642543592")
    ));
    assert!(same_ratio(("0", "7"), ("0.00", "1")));
}

//! Numbers as people write them: decimal comma or point, and blanks between thousands.

use rust_decimal::Decimal;

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberFault {
    /// It is none.
    NotANumber,
    /// It has more decimals than allowed, zeros included: `1,000` is no safe way to write a thousand.
    TooManyDecimals,
}

/// Reads a number with at most `decimals` decimals.
///
/// Between thousands a space, a no-break space, a narrow no-break space or a thin space may stand, if it stands between
/// groups of three digits.
pub(super) fn parse(text: &str, decimals: usize) -> Result<Decimal, NumberFault> {
    parse_as_written(text, decimals).map(|number| number.normalize())
}

/// The same with the decimals that were written: they say how exact the number is.
pub(super) fn parse_as_written(text: &str, decimals: usize) -> Result<Decimal, NumberFault> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match digits.find([',', '.']) {
        Some(at) => (&digits[..at], Some(&digits[at + 1..])),
        None => (digits, None),
    };
    let whole = ungroup(whole).ok_or(NumberFault::NotANumber)?;
    let (point, fraction) = match fraction {
        Some(fraction) => (".", fraction),
        None => ("", ""),
    };
    if (!point.is_empty() && fraction.is_empty())
        || !fraction.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(NumberFault::NotANumber);
    }
    if fraction.len() > decimals && !(decimals == 0 && fraction == "0") {
        return Err(NumberFault::TooManyDecimals);
    }
    let number: Decimal = format!("{whole}{point}{fraction}")
        .parse()
        .map_err(|_| NumberFault::NotANumber)?;
    Ok(if negative { -number } else { number })
}

/// The öre of an amount of digits alone, perhaps with a mark and one or two decimals: most are written so, and need no
/// closer reading. None says nothing of the amount.
pub(super) fn plain_ore(text: &str) -> Option<i64> {
    let (whole, decimals) = match text.bytes().position(|byte| byte == b',' || byte == b'.') {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, "0"),
    };
    let kronor = plain_whole(whole)?;
    let decimal = plain_whole(decimals)?;
    match decimals.len() {
        1 => Some(kronor * 100 + decimal * 10),
        2 => Some(kronor * 100 + decimal),
        _ => None,
    }
}

/// A whole number of at most fifteen digits alone.
pub(super) fn plain_whole(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    text.bytes().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + i64::from(byte - b'0'))
    })
}

/// The digits without the blanks between groups of three.
fn ungroup(text: &str) -> Option<String> {
    let groups: Vec<&str> = text
        .split([' ', '\u{a0}', '\u{202f}', '\u{2009}'])
        .collect();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    if !groups.iter().all(|group| digits(group)) {
        return None;
    }
    let grouped = groups.len() == 1
        || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    grouped.then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_and_english_habits_are_read() {
        let read = |text| parse(text, 2).map(|number| number.to_string());
        assert_eq!(read("1 234,50").as_deref(), Ok("1234.5"));
        assert_eq!(read("50\u{a0}000\u{202f}000").as_deref(), Ok("50000000"));
        assert_eq!(read(" −7.05 ").as_deref(), Ok("-7.05"));
        assert_eq!(read("0,00").as_deref(), Ok("0"));
        for text in ["1,000", "1.005"] {
            assert_eq!(read(text), Err(NumberFault::TooManyDecimals), "{text}");
        }
        for text in [
            "", "-", "1 23", "1 2345", "12 34,5", "1,2,3", "1.000,00", "1,", ",5", "1e5", "kr 5",
            "٣",
        ] {
            assert_eq!(read(text), Err(NumberFault::NotANumber), "{text}");
        }
    }

    #[test]
    fn the_short_way_reads_as_the_long_one() {
        for text in [
            "0",
            "007",
            "12",
            "1234,5",
            "1234.05",
            "999999999999999,99",
            "0,00",
        ] {
            let long = parse(text, 2)
                .ok()
                .map(|kronor| kronor * Decimal::ONE_HUNDRED);
            assert_eq!(plain_ore(text).map(Decimal::from), long, "{text}");
            assert!(long.is_some(), "{text}");
        }
        for text in [
            "",
            ",",
            "1,",
            ",5",
            "1,000",
            "-1",
            "1 000",
            "1234567890123456",
        ] {
            assert_eq!(plain_ore(text), None, "{text}");
        }
    }
}

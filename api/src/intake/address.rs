//! Addresses of a sheet's cells, such as `C7`.

/// Row and column of a cell, counted from 1.
pub(crate) type At = (u32, u32);

/// The last row of a sheet.
pub(crate) const LAST_ROW: u32 = 1_048_576;
/// The last column of a sheet.
pub(crate) const LAST_COLUMN: u32 = 16_384;

/// The letters of a column.
pub(crate) fn letters(column: u32) -> String {
    let (mut letters, mut left) = (Vec::new(), column);
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A cell's address, as in `B3`.
pub(crate) fn address((row, column): At) -> String {
    format!("{}{row}", letters(column))
}

/// The cell of an address; none where it is none within a sheet.
pub(crate) fn cell(address: &str) -> Option<At> {
    let digits = address.find(|letter: char| letter.is_ascii_digit())?;
    let mut column: u32 = 0;
    for letter in address[..digits].bytes() {
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column
            .checked_mul(26)?
            .checked_add(u32::from(letter - b'A') + 1)?;
    }
    let row: u32 = address[digits..].parse().ok()?;
    let within = (1..=LAST_ROW).contains(&row) && (1..=LAST_COLUMN).contains(&column);
    within.then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for (text, at) in [
            ("A1", (1, 1)),
            ("Z9", (9, 26)),
            ("AA10", (10, 27)),
            ("XFD1048576", (LAST_ROW, LAST_COLUMN)),
        ] {
            assert_eq!(cell(text), Some(at));
            assert_eq!(address(at), text);
        }
        for text in [
            "",
            "A",
            "1",
            "a1",
            "A0",
            "XFE1",
            "A1048577",
            "AAAAAAAAAA1",
            "A1B",
        ] {
            assert_eq!(cell(text), None, "{text}");
        }
    }
}

//! A number format: what a cell shows of the number that is stored in it.
//!
//! Source: ECMA-376 part 1, 18.8.30 and 18.8.31.

use rust_decimal::Decimal;

pub(super) use super::section::Shows;
use super::section::{Compare, Section};

/// Sections of a format: for positive and negative numbers, zero and texts.
const MOST_SECTIONS: usize = 4;

/// A number format: up to four sections, for positive and negative numbers, zero and texts.
#[derive(Debug)]
pub(super) struct Format(Vec<Section>);

impl Format {
    /// Reads the code of a format.
    pub(super) fn of(code: &str) -> Self {
        let mut sections = vec![Section::default()];
        let mut letters = code.chars().peekable();
        let mut commas = 0;
        while let Some(letter) = letters.next() {
            let is_last = sections.len() == MOST_SECTIONS;
            let Some(section) = sections.last_mut() else {
                break;
            };
            if letter != ',' && !matches!(letter, '0' | '#' | '?') {
                section.thousands += std::mem::take(&mut commas);
            }
            match letter {
                // What stands behind the section of texts is none.
                ';' if is_last => break,
                ';' => sections.push(Section::default()),
                '"' => {
                    let words = letters.by_ref().take_while(|letter| *letter != '"');
                    let words: String = words.collect();
                    section.literal(&words);
                }
                '\\' => {
                    if let Some(letter) = letters.next() {
                        section.literal(letter.encode_utf8(&mut [0; 4]));
                    }
                }
                // A gap as wide as the next letter, or filled with it.
                '_' | '*' => {
                    letters.next();
                }
                '[' => {
                    let words = letters.by_ref().take_while(|letter| *letter != ']');
                    let words: String = words.collect();
                    section.bracket(&words);
                }
                '0' | '#' | '?' => {
                    commas = 0;
                    section.placeholder(letter);
                }
                '.' if section.placeholders > 0 || letters.peek() == Some(&'0') => {
                    // From here on digits are decimals.
                    section.placeholders = section.placeholders.max(1);
                    let mut count = 0;
                    while letters
                        .next_if(|next| matches!(next, '0' | '#' | '?'))
                        .is_some()
                    {
                        count += 1;
                    }
                    section.decimals = count;
                }
                ',' if section.placeholders > 0 => commas += 1,
                '%' => {
                    section.percents += 1;
                    section.literal("%");
                }
                'E' | 'e' if matches!(letters.peek(), Some('+' | '-')) => {
                    section.exponent = true;
                    letters.next();
                    while letters
                        .next_if(|next| matches!(next, '0' | '#' | '?'))
                        .is_some()
                    {}
                }
                '/' if section.placeholders > 0 && section.moments.is_empty() => {
                    section.fraction = true;
                }
                '@' => section.text = true,
                'G' | 'g' if is_general(letter, &mut letters) => section.general = true,
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'E' | 'b'
                | 'B' | 'g' | 'G' => {
                    section.moment(letter.to_ascii_lowercase());
                }
                'A' | 'a' => {
                    // AM/PM or A/P.
                    while letters
                        .next_if(|next| matches!(next, 'M' | 'm' | '/' | 'P' | 'p'))
                        .is_some()
                    {}
                    section.moment('a');
                }
                other => section.literal(other.encode_utf8(&mut [0; 4])),
            }
        }
        if let Some(section) = sections.last_mut() {
            section.thousands += commas;
        }
        Self(sections)
    }

    /// Whether every number is shown as it is stored.
    pub(super) fn is_general(&self) -> bool {
        let [only] = self.0.as_slice() else {
            return false;
        };
        only.is_general()
    }

    /// What a number is shown as.
    pub(super) fn shows(&self, number: Decimal) -> Shows {
        let numbers = &self.0[..self.0.len().min(3)];
        let conditional = numbers.iter().any(|one| one.condition.is_some());
        let at = if conditional {
            let met = |one: &Section| one.condition.is_none_or(|what| holds(what, number));
            numbers.iter().position(met)
        } else {
            let negative = number.is_sign_negative() && !number.is_zero();
            let wanted = match (negative, number.is_zero()) {
                (true, _) => 1,
                (_, true) => 2,
                _ => 0,
            };
            // A section that is not there gives way to the first.
            Some(wanted).filter(|at| *at < numbers.len()).or(Some(0))
        };
        let Some(section) = at.and_then(|at| numbers.get(at)) else {
            return Shows::Itself;
        };
        // The section of negative numbers has its own minus, or shows none.
        let signed = conditional || at == Some(0);
        section.shows(number, signed)
    }
}

fn holds((compare, with): (Compare, Decimal), number: Decimal) -> bool {
    match compare {
        Compare::Below => number < with,
        Compare::AtMost => number <= with,
        Compare::Above => number > with,
        Compare::AtLeast => number >= with,
        Compare::Equal => number == with,
        Compare::Other => number != with,
    }
}

/// Takes the rest of the word `General`.
fn is_general(first: char, letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let mut ahead = letters.clone();
    let word: String = std::iter::once(first)
        .chain(ahead.by_ref().take(6))
        .collect();
    if word.eq_ignore_ascii_case("general") {
        *letters = ahead;
        return true;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shows(code: &str, number: &str) -> Shows {
        Format::of(code).shows(number.parse().expect("a number"))
    }

    fn other(text: &str) -> Shows {
        Shows::Other(text.to_owned())
    }

    fn rounded(text: &str) -> Shows {
        Shows::Rounded(text.to_owned())
    }

    #[test]
    fn a_format_that_shows_another_number_is_known() {
        assert_eq!(shows("0%", "0.14"), other("14%"));
        assert_eq!(shows("0.0 %", "0.1428"), other("14.3 %"));
        assert_eq!(shows("#,##0,", "1234567"), other("1235"));
        assert_eq!(shows("0.0,,\" mkr\"", "1234567"), other("1.2 mkr"));
        assert_eq!(shows("0.0,,", "1234567"), other("1.2"));
        assert_eq!(shows("0\" tkr\"", "1235"), other("1235 tkr"));
        assert_eq!(shows("0.0\"‰\"", "14"), other("14.0‰"));
        assert_eq!(shows("[>=1000]0,\"k\";0", "12000"), other("12k"));
        assert_eq!(shows("[>=1000]0,\"k\";0", "12"), Shows::Itself);
        assert_eq!(shows("[$€-2] #,##0", "100"), other("€ 100"));
        assert_eq!(shows("General\" tkr\"", "100"), other("100 tkr"));
        assert_eq!(shows("0;0", "-5"), other("5"));
    }

    #[test]
    fn a_format_that_shows_the_number_itself_is_none_to_tell() {
        for (code, number) in [
            ("General", "0.14"),
            ("@", "12"),
            ("0", "1235"),
            ("#,##0.00", "1234.56"),
            ("#,##0.00 \"kr\";[Red]-#,##0.00 \"kr\"", "-1234.5"),
            (
                "_-* #,##0.00\\ \"kr\"_-;-* #,##0.00\\ \"kr\"_-;_-* \"-\"??\\ \"kr\"_-;_-@_-",
                "0",
            ),
            (
                "_-* #,##0.00\\ \"kr\"_-;-* #,##0.00\\ \"kr\"_-;_-* \"-\"??\\ \"kr\"_-;_-@_-",
                "7",
            ),
            ("#,##0_);(#,##0)", "-3"),
            ("[$kr-41D] #,##0", "5"),
            ("0.00E+00", "1200"),
            ("# ?/?", "3"),
            ("0%", "0"),
            ("0\" st\"", "4"),
        ] {
            assert_eq!(shows(code, number), Shows::Itself, "{code} of {number}");
        }
    }

    #[test]
    fn a_format_that_rounds_or_hides_is_known() {
        assert_eq!(shows("#,##0", "1234.56"), rounded("1235"));
        assert_eq!(shows("0.0", "14.2857"), rounded("14.3"));
        assert_eq!(shows("0.00E+00", "1234567"), rounded("1230000"));
        assert_eq!(shows(";;;", "7"), rounded(""));
        assert_eq!(shows("0", "-0.4"), rounded("-0"));
        assert_eq!(shows("0;-0;;@", "0"), rounded(""));
        assert!(matches!(shows("# ?/?", "0.3"), Shows::Rounded(_)));
    }

    #[test]
    fn zeros_before_a_number_are_known() {
        assert_eq!(shows("0000", "180"), Shows::Padded("0180".to_owned()));
        assert_eq!(shows("0000", "1800"), Shows::Itself);
        assert_eq!(shows("0.00", "0.5"), Shows::Itself);
    }

    #[test]
    fn days_and_times_are_known() {
        let whole = Shows::Day { whole: true };
        for code in [
            "yyyy\\-mm\\-dd",
            "[$-41D]d mmmm yyyy;@",
            "mm-dd-yy",
            "yyyy-mm-dd hh:mm",
        ] {
            assert_eq!(shows(code, "42887"), whole, "{code}");
        }
        for code in ["mmm-yy", "d-mmm", "yyyy", "yyyy-mm", "dddd mmmm yyyy"] {
            assert_eq!(shows(code, "42887"), Shows::Day { whole: false }, "{code}");
        }
        for code in ["hh:mm", "mm:ss", "[h]:mm:ss", "h:mm AM/PM"] {
            assert_eq!(shows(code, "0.5"), Shows::Time, "{code}");
        }
    }
}

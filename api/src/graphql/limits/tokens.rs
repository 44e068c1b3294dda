//! Counts a text's tokens and open brackets before the parser sees it.
//!
//! The parser recurses on brackets and keeps several objects for each token, so a hostile text must
//! not reach it. This is no validator: whatever is no token counts as one and is left to the parser.
//! It must only never take for text within a string what the parser takes for brackets.

use super::{Limits, Measure, Refusal};

/// How many tokens a text has: words (names, numbers, strings) and marks (brackets and what stands between).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::graphql) struct Tokens {
    pub(super) words: usize,
    pub(super) marks: usize,
}

/// Measures the text.
///
/// # Errors
///
/// [`Refusal::Exceeded`] for tokens or nesting, [`Refusal::Syntax`] for a block string without end:
/// the parser would read it as an empty string and go on into what follows.
pub(super) fn scan(text: &str, limits: &Limits) -> Result<Tokens, Refusal> {
    let mut rest = text.as_bytes();
    let mut tokens = Tokens::default();
    let mut open: usize = 0;
    while let Some(&first) = rest.first() {
        let length = match first {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                rest = &rest[1..];
                continue;
            }
            b'#' => {
                rest = &rest[length_while(rest, is_in_line)..];
                continue;
            }
            _ if rest.starts_with(MARK) => {
                rest = &rest[MARK.len()..];
                continue;
            }
            b'{' | b'[' | b'(' => {
                open += 1;
                Measure::Nesting.at_most(open, limits.nesting)?;
                1
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                1
            }
            _ => token_length(rest, first)?,
        };
        if first == b'"' || first == b'-' || is_word(first) {
            tokens.words += 1;
        } else {
            tokens.marks += 1;
        }
        Measure::Tokens.at_most(tokens.words + tokens.marks, limits.tokens)?;
        rest = &rest[length..];
    }
    Ok(tokens)
}

/// A document without comments, line ends, commas and spaces that mean nothing; one space where two tokens would run together.
/// Documents that say the same in other clothes have the same normal form.
///
/// # Errors
/// [`Refusal::Syntax`] for a block string without end.
pub fn normalised(text: &str) -> Result<String, Refusal> {
    let mut normal = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some(&first) = rest.first() {
        let length = match first {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                rest = &rest[1..];
                continue;
            }
            b'#' => {
                rest = &rest[length_while(rest, is_in_line)..];
                continue;
            }
            _ if rest.starts_with(MARK) => {
                rest = &rest[MARK.len()..];
                continue;
            }
            _ => token_length(rest, first)?,
        };
        if normal.last().is_some_and(|&last| touches(last)) && touches(first) {
            normal.push(b' ');
        }
        normal.extend_from_slice(&rest[..length]);
        rest = &rest[length..];
    }
    // Tokens end where characters do: what is no token is a word of whole characters.
    Ok(String::from_utf8_lossy(&normal).into_owned())
}

/// Whether a token that ends or begins with the byte runs together with another such.
const fn touches(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'-' | b'"')
}

/// Bytes of the token that a text begins with.
fn token_length(rest: &[u8], first: u8) -> Result<usize, Refusal> {
    Ok(match first {
        b'"' if rest.starts_with(BLOCK) => block_string_length(rest)?,
        b'"' => string_length(rest),
        b'.' if rest.starts_with(b"...") => 3,
        b'-' | b'0'..=b'9' => 1 + length_while(&rest[1..], is_number),
        _ if is_word(first) => length_while(rest, is_word),
        _ => 1,
    })
}

/// The mark of UTF-8 at a text's beginning; the specification passes over it anywhere.
const MARK: &[u8] = b"\xEF\xBB\xBF";
const BLOCK: &[u8] = b"\"\"\"";
const ESCAPED_BLOCK: &[u8] = b"\\\"\"\"";

/// Names, and the bytes of letters that GraphQL has no names for.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

const fn is_number(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-')
}

const fn is_in_line(byte: u8) -> bool {
    byte != b'\n' && byte != b'\r'
}

fn length_while(rest: &[u8], belongs: fn(u8) -> bool) -> usize {
    rest.iter()
        .position(|&byte| !belongs(byte))
        .unwrap_or(rest.len())
}

/// A string ends at its quote, or at the line's end, where the parser refuses it.
fn string_length(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            b'\\'
                if rest
                    .get(at + 1)
                    .is_some_and(|&next| next != b'\n' && next != b'\r') =>
            {
                at += 2
            }
            _ => at += 1,
        }
    }
    rest.len()
}

fn block_string_length(rest: &[u8]) -> Result<usize, Refusal> {
    let mut at = BLOCK.len();
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with(BLOCK) {
            return Ok(at + BLOCK.len());
        }
        at += if here.starts_with(ESCAPED_BLOCK) {
            ESCAPED_BLOCK.len()
        } else {
            1
        };
    }
    Err(Refusal::Syntax {
        reason: "a block string has no end".to_owned(),
        at: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, tokens: usize, nesting: usize) -> bool {
        let limits = Limits {
            tokens,
            nesting,
            ..Limits::default()
        };
        scan(text, &limits).is_ok()
    }

    /// The text passes with exactly so many tokens, and not with one less.
    fn counts(text: &str, tokens: usize) {
        assert!(check(text, tokens, 64), "{text} has more than {tokens}");
        assert!(
            !check(text, tokens - 1, 64),
            "{text} has less than {tokens}"
        );
    }

    #[test]
    fn clothes_make_no_other_question() {
        let plain = normalised("{ a(b: 1, c: \"x  y # z\") { d } }").expect("a text");
        assert_eq!(plain, "{a(b:1 c:\"x  y # z\"){d}}");
        let variables = normalised("query ( $a: [Int!]! = [1, -2]) { b(c: $a, d: \"\", \"\") @include(if: true) ... F ... on G { h } }").expect("a text");
        assert_eq!(
            variables,
            "query($a:[Int!]!=[1 -2]){b(c:$a d:\"\" \"\")@include(if:true)...F...on G{h}}"
        );
        let dressed = "# a question\n{a(b:1 c:\"x  y # z\"){d}}\r\n";
        assert_eq!(normalised(dressed).expect("a text"), plain);
        assert_eq!(normalised(&plain).expect("a text"), plain, "once is enough");
        assert_ne!(
            normalised("{ a(b: 1, c: \"x y # z\") { d } }").expect("a text"),
            plain
        );
        assert!(normalised("{ a(b: \"\"\"x) }").is_err());
    }

    #[test]
    fn tokens_are_counted_as_the_specification_says() {
        counts("{a}", 3);
        counts("query Q($a: Int! = -12.5e3) { b(c: $a) ...D }", 22);
        counts("{ a # comment { [ (\n b, c }", 5);
        counts(r#"{ a(b: "x \" { \\") c }"#, 9);
        counts("{ a(b: \"\"\"x \\\"\"\" { \" \n { \"\"\") c }", 9);
        counts("{ å }", 3);
        counts("\u{feff}{ \u{feff}a }", 3);
    }

    #[test]
    fn nesting_counts_every_kind_of_bracket_and_no_text() {
        assert!(check("{a(b:[1])}", 99, 3));
        assert!(!check("{a(b:[1])}", 99, 2));
        assert!(check("{a(b:\"((((\") c}", 99, 2));
        assert!(check("{a #((((\n}", 99, 1));
    }

    #[test]
    fn a_block_string_without_end_is_refused() {
        // The parser would read "" and "abc" and then follow the brackets down.
        let text = format!("{{f(x:[\"\"\"abc\" {}", "[".repeat(50_000));
        let refusal = scan(&text, &Limits::default());
        assert!(matches!(refusal, Err(Refusal::Syntax { .. })));
    }

    #[test]
    fn an_unclosed_string_hides_nothing_on_the_next_line() {
        assert!(!check("{a(b:\"x\n((((", 99, 4));
    }
}

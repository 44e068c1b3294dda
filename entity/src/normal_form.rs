//! One form of codes and references: what looks the same is the same.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// A code or a reference in the form in which it is kept and compared: letters in one piece and of one width (NFKC), any
/// dash a hyphen, any slash a slash, any blank a space, one at a time and none around.
///
/// Invisible characters are not taken out: they are [refused](invisible) by name.
#[must_use]
pub fn normal_form(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.is_ascii() && !text.contains("  ") && !text.bytes().any(|byte| byte.is_ascii_control())
    {
        return Cow::Borrowed(text);
    }
    let mut normal = String::with_capacity(text.len());
    for letter in text.nfkc() {
        match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => normal.push('-'),
            '\u{2044}' | '\u{2215}' => normal.push('/'),
            blank if blank.is_whitespace() => {
                if !normal.ends_with(' ') {
                    normal.push(' ');
                }
            }
            other => normal.push(other),
        }
    }
    let normal = match normal.trim() {
        trimmed if trimmed.len() == normal.len() => normal,
        trimmed => trimmed.to_owned(),
    };
    if normal == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(normal)
    }
}

/// The first character of a text that nobody sees.
#[must_use]
pub fn invisible(text: &str) -> Option<char> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    text.chars().find(|letter| is_invisible(*letter))
}

/// Whether a character shows nothing, or changes the direction of what follows: controls, and what Unicode lets a
/// program ignore (`Default_Ignorable_Code_Point`), with the blanks that are drawn as nothing.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffc}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// A file's name as it is kept: without what nobody sees, its letters in one piece (programs on some systems write them in
/// two).
#[must_use]
pub fn file_name(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().filter(|letter| !is_invisible(*letter)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (written, kept) in [
            ("BET-Ö-17", "BET-Ö-17"),
            ("BET-O\u{308}-17", "BET-Ö-17"),
            ("BET–17", "BET-17"),
            ("BET−17", "BET-17"),
            ("BET∕17", "BET/17"),
            ("BET\u{2011}17", "BET-17"),
            ("BET\u{a0}17", "BET 17"),
            ("BET  17", "BET 17"),
            ("\u{a0}BET\u{202f}17\u{3000}", "BET 17"),
            ("ＢＥＴ１７", "BET17"),
            ("bet-17", "bet-17"),
            ("", ""),
        ] {
            assert_eq!(normal_form(written), kept, "{written:?}");
            assert_eq!(
                normal_form(&normal_form(written)),
                kept,
                "{written:?} once more"
            );
        }
    }

    #[test]
    fn what_nobody_sees_is_found() {
        for letter in [
            '\u{200b}',
            '\u{feff}',
            '\u{ad}',
            '\u{202e}',
            '\u{2066}',
            '\u{200d}',
            '\u{2060}',
            '\t',
            '\u{9f}',
            '\u{e0041}',
        ] {
            assert_eq!(
                invisible(&format!("BET{letter}17")),
                Some(letter),
                "{letter:?}"
            );
            assert_eq!(file_name(&format!("a{letter}b.csv")), "ab.csv");
        }
        assert_eq!(invisible("BET-Ö 17 ✓ ÅÄÖ é €"), None);
        assert_eq!(file_name("A\u{30a}rsredovisning.csv"), "Årsredovisning.csv");
    }
}

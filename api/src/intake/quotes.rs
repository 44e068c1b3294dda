//! Quotes of text files: what stands within them is one cell, and quotes without a counterpart are told.

use std::borrow::Cow;

/// The text with each quote that opens a cell at the cell's beginning: programs that write a blank after the delimiter
/// mean the quote to hold what follows together.
pub(super) fn without_blanks_before(text: Cow<'_, str>, delimiter: u8) -> Cow<'_, str> {
    if !text.contains('"') {
        return text;
    }
    let blank = |letter: char| {
        letter.is_whitespace()
            && !matches!(letter, '\n' | '\r')
            && u32::from(letter) != u32::from(delimiter)
    };
    let mut kept = String::new();
    // Up to where the text is in `kept`, and where the blanks at a cell's beginning begin.
    let (mut copied, mut start) = (0, Some(0));
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        if quoted {
            quoted = letter != '"';
            continue;
        }
        match letter {
            '"' => {
                if let Some(begin) = start.take()
                    && begin < at
                {
                    kept.push_str(&text[copied..begin]);
                    copied = at;
                }
                quoted = true;
            }
            '\n' | '\r' => start = Some(at + 1),
            _ if u32::from(letter) == u32::from(delimiter) => start = Some(at + 1),
            _ if blank(letter) => {}
            _ => start = None,
        }
    }
    if copied == 0 {
        return text;
    }
    kept.push_str(&text[copied..]);
    Cow::Owned(kept)
}

/// Columns at most, as spreadsheets have them: a reader keeps a place for each, whatever stands there.
const MOST_COLUMNS: usize = 16_384;

/// What is wrong with the form of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Malformed {
    /// In this record a quote is left open, or goes on after it was closed: the reader would make the rows that follow part
    /// of a cell without a word.
    Unbalanced(i64),
    /// This record has more cells than any table has columns.
    TooWide(i64),
}

/// What is wrong with the form of a text; none where it is sound.
pub(super) fn malformed(bytes: &[u8], delimiter: u8) -> Option<Malformed> {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted(i64),
        Closed,
    }
    let (mut at, mut record, mut cells) = (At::Start, 1, 1_usize);
    // Whatever blank lines stand before it, the header is record 1.
    let begin = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n'));
    for (index, &byte) in bytes.iter().enumerate().skip(begin.unwrap_or(0)) {
        let ends = byte == b'\n' || (byte == b'\r' && bytes.get(index + 1) != Some(&b'\n'));
        at = match (at, byte) {
            (At::Quoted(_), b'"') => At::Closed,
            (At::Quoted(since), _) => At::Quoted(since),
            (At::Closed, b'"') => At::Quoted(record),
            (At::Start, b'"') => At::Quoted(record),
            (_, b'\r' | b'\n') => At::Start,
            (_, other) if other == delimiter => {
                cells += 1;
                if cells > MOST_COLUMNS {
                    return Some(Malformed::TooWide(record));
                }
                At::Start
            }
            (At::Closed, b' ') => At::Closed,
            (At::Closed, _) => return Some(Malformed::Unbalanced(record)),
            (At::Start | At::Plain, _) => At::Plain,
        };
        if ends && !matches!(at, At::Quoted(_)) {
            record += 1;
            cells = 1;
        }
    }
    match at {
        At::Quoted(since) => Some(Malformed::Unbalanced(since)),
        _ => None,
    }
}

/// What to do about a whole row in one cell, of a text file or of a sheet: Swedish, English.
pub(super) fn apart(is_text: bool) -> [String; 2] {
    let told = match is_text {
        true => [
            "Spara filen så att varje värde står i en egen cell: utan citattecken om hela raden, och med det tecken mellan värdena som en första rad sep= säger, om det finns en.",
            "Save the file so that each value has a cell of its own: without quotes around the row, and with the sign between values that a first line sep= says, if there is one.",
        ],
        false => [
            "Dela upp kolumnen så att varje värde står i en egen cell (Data, Text till kolumner).",
            "Split the column so that each value has a cell of its own (Data, Text to Columns).",
        ],
    };
    told.map(str::to_owned)
}

/// Whether the cells of a record were parted within quotes: one opens a quote inside its text that a later one closes.
pub(super) fn are_parted<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let mut open = false;
    for cell in cells {
        if !cell.bytes().any(|byte| byte == b'"' || byte >= 0x80) {
            continue;
        }
        if open && closes(cell) {
            return true;
        }
        open |= opens(cell);
    }
    false
}

fn is_odd(cell: &str, marks: &[char]) -> bool {
    cell.matches(marks).count() % 2 == 1
}

/// Whether a cell has a quote too many, which stands before a word.
fn opens(cell: &str) -> bool {
    let before_a_word = |marks: &[char]| {
        let at = cell.rfind(marks)?;
        let before = cell[..at].chars().next_back();
        let after = cell[at..].chars().nth(1)?;
        (before.is_none_or(|one| one.is_whitespace() || one == '(') && !after.is_whitespace())
            .then_some(())
    };
    (is_odd(cell, &['"']) && before_a_word(&['"']).is_some())
        || (is_odd(cell, CURLY) && before_a_word(CURLY).is_some())
}

/// Whether a cell has a quote too many, which stands behind a word.
fn closes(cell: &str) -> bool {
    let behind_a_word = |marks: &[char]| {
        let at = cell.find(marks)?;
        let before = cell[..at].chars().next_back()?;
        (!before.is_whitespace()).then_some(())
    };
    (is_odd(cell, &['"']) && behind_a_word(&['"']).is_some())
        || (is_odd(cell, CURLY) && behind_a_word(CURLY).is_some())
}

/// Quotes as typesetters write them.
const CURLY: &[char] = &['“', '”', '„', '«', '»'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_left_open_is_found_where_it_began() {
        let found = |text: &str| malformed(text.as_bytes(), b';');
        let unbalanced = |record| Some(Malformed::Unbalanced(record));
        assert_eq!(found("a;b\n1;\"x\n2;y\n"), unbalanced(2));
        assert_eq!(found("a;b\n1;\"x\"y;2\n"), unbalanced(2));
        assert_eq!(found("a;b\n1;\"x\ny \"\"z\"\"\"\r\n\"\";2"), None);
        assert_eq!(found("a;b\n1;5\" rör\n"), None);
    }

    #[test]
    fn a_record_of_more_cells_than_any_table_has_is_found() {
        let wide = |count: usize| format!("a;b\n{}\n1;2\n", ";".repeat(count));
        assert_eq!(malformed(wide(MOST_COLUMNS - 1).as_bytes(), b';'), None);
        let found = malformed(wide(MOST_COLUMNS).as_bytes(), b';');
        assert_eq!(found, Some(Malformed::TooWide(2)));
        // Line breaks within quotes end no record.
        let quoted = "\"\n\";".repeat(MOST_COLUMNS);
        assert_eq!(
            malformed(quoted.as_bytes(), b';'),
            Some(Malformed::TooWide(1))
        );
    }

    #[test]
    fn blanks_before_an_opening_quote_go_and_no_others() {
        let without =
            |text: &'static str| without_blanks_before(Cow::Borrowed(text), b';').into_owned();
        assert_eq!(
            without("a; \"b; c\"\n \"d\" ;\u{a0}\"e\n; f\"; g"),
            "a;\"b; c\"\n\"d\" ;\"e\n; f\"; g"
        );
        assert_eq!(
            without("a; b \"c\"; \"d \"\" ; e\""),
            "a; b \"c\";\"d \"\" ; e\""
        );
        for text in ["a; b", "\"a\";\"b \"\"c\"\" \"", "5\" rör; 3\" rör"] {
            assert_eq!(without(text), text);
        }
    }

    #[test]
    fn cells_that_were_parted_within_quotes_are_known() {
        let parted = |row: &str| are_parted(row.split(';'));
        for row in [
            "1;Kurs \"A;B\" slut",
            "1;”Kurs;del 2”",
            "“Kurs;x;del 2”;3",
            "1;(\"a;b\");2",
            "«a;b»",
        ] {
            assert!(parted(row), "{row}");
        }
        for row in [
            "1;5\" rör;3\" rör",
            "Kurs \"A\";\"B\" slut",
            "”a”;”b”",
            "a;b",
            "han sa \"hej;då",
        ] {
            assert!(!parted(row), "{row}");
        }
    }
}

//! Text files: which encoding, which delimiter, and the records in them.

use std::borrow::Cow;

use super::finding::Fault;
use super::rule::Rule;
use super::table::{Record, Records, Table};

/// A text file whose form is sound: its text, and what stands between cells.
#[derive(Debug)]
pub(super) struct Body<'a> {
    text: Cow<'a, str>,
    delimiter: u8,
}

/// Reads a CSV file: UTF-8 with or without byte order mark, else Windows-1252; `;`, `,` or tab between cells.
///
/// # Errors
/// The rule that the file's form breaks.
pub(super) fn read(bytes: &[u8]) -> Result<Table<'_>, Fault> {
    let text = decode(bytes)?;
    let delimiter = delimiter(&text);
    if let Some(record) = unbalanced_quote(text.as_bytes(), delimiter) {
        return Err(Fault::row(Rule::UnbalancedQuote, record));
    }
    let body = Body { text, delimiter };
    Ok(Table {
        sheet: None,
        header: body.header(),
        records: Records::Text(body),
    })
}

impl Body<'_> {
    /// Goes through the records below the header; blank ones are passed over but numbered.
    pub(super) fn each<E>(
        &self,
        mut take: impl FnMut(Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut reader = self.reader();
        let mut number = 0;
        let mut record = csv::StringRecord::new();
        loop {
            let start = reader.position().byte();
            if !next(&mut reader, &mut record) {
                return Ok(());
            }
            if number == 0 {
                // Whatever stands before it, the header is record 1.
                number = 1;
                continue;
            }
            let start = usize::try_from(start).unwrap_or(usize::MAX);
            number += 1 + blank_lines(self.text.as_bytes(), start);
            if !record.as_slice().trim().is_empty() {
                take(Record::of_text(number, &record))?;
            }
        }
    }

    fn header(&self) -> Vec<String> {
        let mut record = csv::StringRecord::new();
        next(&mut self.reader(), &mut record);
        record.iter().map(str::to_owned).collect()
    }

    fn reader(&self) -> csv::Reader<&[u8]> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(self.text.as_bytes())
    }
}

/// Reads one record; false where there is none left.
fn next(reader: &mut csv::Reader<&[u8]>, record: &mut csv::StringRecord) -> bool {
    reader
        .read_record(record)
        .expect("a text in memory has records of any length and no other fault")
}

/// The text of a file.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(Fault::file(Rule::BadEncoding));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    // The five bytes that Windows-1252 leaves unassigned; encoding_rs lets them pass as control characters.
    if bytes
        .iter()
        .any(|byte| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D))
    {
        return Err(Fault::file(Rule::BadEncoding));
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok(text)
}

/// The delimiter that stands most often in the header, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b';', 0_usize), (b',', 0), (b'\t', 0)];
    let mut quoted = false;
    let mut begun = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && begun => break,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) =
                    counts.iter_mut().find(|(delimiter, _)| *delimiter == byte)
                {
                    *count += 1;
                }
            }
        }
        begun |= !byte.is_ascii_whitespace();
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts
        .iter()
        .find(|(_, count)| *count == most)
        .map_or(b';', |(delimiter, _)| *delimiter)
}

/// The record in which a quote is left open, or goes on after it was closed: the reader would make the rows that follow
/// part of a cell without a word.
fn unbalanced_quote(bytes: &[u8], delimiter: u8) -> Option<i64> {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted(i64),
        Closed,
    }
    if !bytes.contains(&b'"') {
        return None;
    }
    let (mut at, mut record) = (At::Start, 1);
    for (index, &byte) in bytes.iter().enumerate() {
        let ends = byte == b'\n' || (byte == b'\r' && bytes.get(index + 1) != Some(&b'\n'));
        at = match (at, byte) {
            (At::Quoted(_), b'"') => At::Closed,
            (At::Quoted(since), _) => At::Quoted(since),
            (At::Closed, b'"') => At::Quoted(record),
            (At::Start, b'"') => At::Quoted(record),
            (_, b'\r' | b'\n') => At::Start,
            (_, other) if other == delimiter => At::Start,
            (At::Closed, b' ') => At::Closed,
            (At::Closed, _) => return Some(record),
            (At::Start | At::Plain, _) => At::Plain,
        };
        if ends && !matches!(at, At::Quoted(_)) {
            record += 1;
        }
    }
    match at {
        At::Quoted(since) => Some(since),
        _ => None,
    }
}

/// Number of empty lines from a position on, which the reader passes over without counting.
fn blank_lines(bytes: &[u8], start: usize) -> i64 {
    let mut at = start;
    // The reader may stop between the two characters of a line's end.
    if at > 0 && bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n') {
        at += 1;
    }
    let mut lines = 0;
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => at += 2,
            (Some(b'\r' | b'\n'), _) => at += 1,
            _ => return lines,
        }
        lines += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<i64> {
        let mut numbers = Vec::new();
        let note = |record: Record<'_>| {
            numbers.push(record.number);
            Ok::<(), ()>(())
        };
        let table = read(text.as_bytes()).expect("a table");
        assert_eq!(table.each(note), Ok(()));
        numbers
    }

    #[test]
    fn blank_rows_are_numbered_and_line_breaks_in_quotes_are_not() {
        assert_eq!(numbers("a;b\n1;2\n\n3;4\n"), [2, 4]);
        assert_eq!(numbers("a;b\r\n1;2\r\n\r\n\r\n3;4\r\n;\r\n5;6"), [2, 5, 7]);
        assert_eq!(numbers("a;b\n\"x\ny\n\";2\n3;4\n"), [2, 3]);
    }

    #[test]
    fn a_quote_left_open_is_found_where_it_began() {
        let found = |text: &str| unbalanced_quote(text.as_bytes(), b';');
        assert_eq!(found("a;b\n1;\"x\n2;y\n"), Some(2));
        assert_eq!(found("a;b\n1;\"x\"y;2\n"), Some(2));
        assert_eq!(found("a;b\n1;\"x\ny \"\"z\"\"\"\r\n\"\";2"), None);
        assert_eq!(found("a;b\n1;5\" rör\n"), None);
    }

    #[test]
    fn the_header_says_which_delimiter() {
        assert_eq!(delimiter("a,b;c;d\n1,2,3,4,5,6"), b';');
        assert_eq!(delimiter("\"a;b;c\",d\n"), b',');
        assert_eq!(delimiter("a\tb"), b'\t');
    }

    #[test]
    fn bytes_outside_both_encodings_are_refused() {
        assert_eq!(decode(b"k\xF6n").ok().as_deref(), Some("kön"));
        assert!(decode(b"k\x81n").is_err());
        assert!(decode(b"a\0b").is_err());
        assert!(decode("\u{feff}round".as_bytes()).is_ok_and(|text| text == "round"));
    }
}

//! Text files: which delimiter, and the records in them.

use std::borrow::Cow;

use super::encoding;
use super::finding::Fault;
use super::quotes::{self, Malformed};
use super::rule::Rule;
use super::separator;
use super::table::{Record, Records, Table};

/// A text file whose form is sound: its text, and what stands between cells.
#[derive(Debug)]
pub(super) struct Body<'a> {
    text: Cow<'a, str>,
    delimiter: u8,
}

/// Reads a CSV file: UTF-8 with or without byte order mark, else Windows-1252; between cells what its line `sep=` says,
/// else `;`, `,` or tab.
///
/// # Errors
/// The rule that the file's form breaks.
pub(super) fn read(bytes: &[u8]) -> Result<Table<'_>, Fault> {
    let (said, text) = without_separator_line(encoding::decode(bytes)?);
    let delimiter = said.unwrap_or_else(|| delimiter(&text));
    let text = quotes::without_blanks_before(text, delimiter);
    match quotes::malformed(text.as_bytes(), delimiter) {
        None => {}
        Some(Malformed::Unbalanced(record)) => {
            return Err(Fault::row(Rule::UnbalancedQuote, record));
        }
        Some(Malformed::TooWide(record)) => {
            let fault = Fault::row(Rule::RaggedRow, record);
            return Err(fault.telling(
                "Raden har fler celler än något kalkylblad har kolumner, 16 384. Kontrollera vilket tecken som delar cellerna.".to_owned(),
                "The row has more cells than any spreadsheet has columns, 16 384. Check which sign parts the cells.".to_owned(),
            ));
        }
    }
    let body = Body { text, delimiter };
    Ok(Table::of_text(body.header(), Records::Text(body)))
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

    /// What stands between cells.
    pub(super) const fn delimiter(&self) -> u8 {
        self.delimiter
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

/// The delimiter that a first line `sep=;` says, and the text below that line: it is for programs and no record, and
/// those that obey it do not show it.
fn without_separator_line(text: Cow<'_, str>) -> (Option<u8>, Cow<'_, str>) {
    let Some((delimiter, from)) = separator::said(text.as_bytes()) else {
        return (None, text);
    };
    let below = match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[from..]),
        Cow::Owned(text) => Cow::Owned(text[from..].to_owned()),
    };
    (Some(delimiter), below)
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
    fn the_header_says_which_delimiter() {
        assert_eq!(delimiter("a,b;c;d\n1,2,3,4,5,6"), b';');
        assert_eq!(delimiter("\"a;b;c\",d\n"), b',');
        assert_eq!(delimiter("a\tb"), b'\t');
    }

    #[test]
    fn a_line_that_says_the_delimiter_is_obeyed_and_no_record() {
        for (text, header) in [
            ("sep=;\na,x;b\n1;2\n", vec!["a,x", "b"]),
            ("sep=,\r\na;x,b\r\n1,2\r\n", vec!["a;x", "b"]),
            ("\"sep=;\"\na;b\n", vec!["a", "b"]),
            ("SEP=\t\na\tb\n", vec!["a", "b"]),
            ("sep=|\na|b\n", vec!["a", "b"]),
            ("sep=;;;\na;b\n", vec!["a", "b"]),
            ("sep=x\n", vec!["sep=x"]),
            ("separat;b\n", vec!["separat", "b"]),
        ] {
            assert_eq!(
                read(text.as_bytes()).expect("a table").header,
                header,
                "{text}"
            );
        }
        assert_eq!(numbers("sep=;\na;b\n1;2\n\n3;4\n"), [2, 4]);
    }
}

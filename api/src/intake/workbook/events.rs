//! XML of a part, event by event: no piece is longer, and nothing is deeper, than any workbook's program writes.

use std::io::{BufRead, BufReader, Read};

use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::reader::Reader;

use super::limits::{MOST_DEPTH, MOST_OF_AN_EVENT, damaged, unreadable};
use crate::intake::finding::Fault;

/// A reader that ends in an error where more is read at a time than one piece of XML may have: the parser would keep it
/// all in memory.
#[derive(Debug)]
pub(crate) struct Metered<R> {
    inner: R,
    left: u64,
}

impl<R: BufRead> Metered<R> {
    /// Meters a reader.
    pub(crate) const fn new(inner: R) -> Self {
        Self {
            inner,
            left: MOST_OF_AN_EVENT,
        }
    }

    /// Begins the next piece.
    pub(crate) const fn next(&mut self) {
        self.left = MOST_OF_AN_EVENT;
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let available = self.fill_buf()?;
        let taken = available.len().min(into.len());
        into[..taken].copy_from_slice(&available[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.left == 0 {
            return Err(std::io::Error::other("a piece of XML is too long"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.inner.consume(amount);
    }
}

/// The events of a part.
pub(super) struct Events<R: Read> {
    reader: Reader<Metered<BufReader<R>>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: Read> Events<R> {
    /// The events of a part.
    pub(super) fn of(part: R) -> Self {
        Self {
            reader: Reader::from_reader(Metered::new(BufReader::new(part))),
            buffer: Vec::new(),
            depth: 0,
        }
    }

    /// The next event; the end of the part is one.
    ///
    /// # Errors
    /// The part is no sound XML, or holds what no workbook's program writes.
    pub(super) fn next(&mut self) -> Result<Event<'_>, Fault> {
        self.buffer.clear();
        self.reader.get_mut().next();
        let event = self.reader.read_event_into(&mut self.buffer);
        let event = event.map_err(|_| damaged())?;
        match &event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > MOST_DEPTH {
                    return Err(damaged());
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => {
                return Err(unreadable(
                    "den har en DTD, som ingen arbetsbok har. Spara den som .xlsx igen",
                    "it has a DTD, which no workbook has. Save it as .xlsx again",
                ));
            }
            Event::Eof if self.depth > 0 => return Err(damaged()),
            _ => {}
        }
        Ok(event)
    }
}

/// A name without its prefix.
pub(super) fn local<'n>(name: QName<'n>) -> &'n str {
    name.0.rsplit(':').next().unwrap_or(name.0)
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|one| local(one.key) == name)?;
    let value = unescape(&found.value).ok()?;
    Some(value.into_owned())
}

/// Adds what an event says of a text, in whichever of the ways of XML it is written; other events say nothing.
///
/// # Errors
/// A reference to what is no character.
pub(super) fn letters(event: &Event<'_>, into: &mut String) -> Result<(), Fault> {
    match event {
        Event::Text(text) => into.push_str(&text.xml10_content()),
        Event::CData(text) => into.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => resolved(reference, into)?,
        _ => {}
    }
    Ok(())
}

/// What a reference in a text stands for: one of XML's own five, or a character by its number.
fn resolved(reference: &BytesRef<'_>, into: &mut String) -> Result<(), Fault> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| damaged())? {
        into.push(character);
        return Ok(());
    }
    let text = resolve_xml_entity(reference).ok_or_else(damaged)?;
    into.push_str(text);
    Ok(())
}

/// A text as it is meant: workbooks write characters that XML lacks as `_x000D_`.
pub(super) fn meant(text: &mut String, from: usize) {
    if !text[from..].contains("_x") {
        return;
    }
    let tail = text.split_off(from);
    let mut rest = tail.as_str();
    while let Some(at) = rest.find("_x") {
        text.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6);
        let closed = rest.get(at + 6..at + 7) == Some("_");
        let character = code
            .filter(|code| closed && code.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        match character {
            Some(character) => {
                text.push(character);
                rest = &rest[at + 7..];
            }
            None => {
                text.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(xml: &str) -> Result<usize, Fault> {
        let mut events = Events::of(xml.as_bytes());
        let mut count = 0;
        while !matches!(events.next()?, Event::Eof) {
            count += 1;
        }
        Ok(count)
    }

    #[test]
    fn what_no_program_writes_is_refused_before_it_takes_memory() {
        assert_eq!(all("<a><b/>x</a>"), Ok(4));
        assert!(all(&"<a>".repeat(MOST_DEPTH + 1)).is_err(), "too deep");
        assert!(all("<a><b></b>").is_err(), "cut off");
        assert!(all("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_err());
        let long = "x".repeat(2 << 20);
        assert!(
            all(&format!("<a b=\"{long}\"/>")).is_err(),
            "a long attribute"
        );
        assert!(all(&format!("<a>{long}</a>")).is_err(), "a long text");
        assert!(all(&format!("<a><!--{long}--></a>")).is_err(), "a comment");
    }

    #[test]
    fn escaped_characters_are_meant() {
        let read = |text: &str| {
            let mut text = text.to_owned();
            meant(&mut text, 0);
            text
        };
        assert_eq!(read("a_x000D_b"), "a\rb");
        assert_eq!(read("_x005F_x000D_"), "_x000D_");
        assert_eq!(read("flex_x_xyz_xå_"), "flex_x_xyz_xå_");
    }
}

//! The texts that cells share: kept once, in one piece of memory that grows with what is read.

use std::io::Read;

use quick_xml::events::Event;

use super::events::{Events, attribute, letters, local, meant};
use super::limits::{MOST_OF_A_CELL, MOST_STRINGS, too_large};
use crate::intake::finding::Fault;

/// The shared texts of a workbook.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Strings {
    /// Reads the part of the shared texts. Nothing is reserved for how many it says it has; one that says it has more than
    /// a workbook may have is not read.
    pub(super) fn read(part: impl Read) -> Result<Self, Fault> {
        let mut events = Events::of(part);
        let mut strings = Self::default();
        let mut at = Within::Nothing;
        loop {
            match events.next()? {
                Event::Start(start) => {
                    let name = local(start.name());
                    if name == "sst" {
                        let said = attribute(&start, "uniqueCount");
                        let said = said.and_then(|said| said.parse::<usize>().ok());
                        if said.is_some_and(|said| said > MOST_STRINGS) {
                            return Err(too_many());
                        }
                    }
                    at = at.into(name);
                }
                Event::Empty(start) if local(start.name()) == "si" => {
                    strings.end()?;
                }
                Event::End(end) => {
                    let name = local(end.name());
                    if name == "si" {
                        strings.end()?;
                    }
                    at = at.out_of(name);
                }
                Event::Eof => {
                    strings.text.shrink_to_fit();
                    return Ok(strings);
                }
                event if at == Within::Letters => letters(&event, &mut strings.text)?,
                _ => {}
            }
        }
    }

    /// Ends a text.
    fn end(&mut self) -> Result<(), Fault> {
        if self.ends.len() == MOST_STRINGS {
            return Err(too_many());
        }
        let from = self.ends.last().map_or(0, |end| *end as usize);
        if self.text.len() - from > MOST_OF_A_CELL {
            return Err(too_large(
                "en text har mer än 1 MiB. Korta den",
                "a text has more than 1 MiB. Shorten it",
            ));
        }
        meant(&mut self.text, from);
        let end = u32::try_from(self.text.len());
        let end =
            end.map_err(|_| too_large("dess texter är för långa", "its texts are too long"))?;
        self.ends.push(end);
        Ok(())
    }

    /// A text by its number.
    pub(super) fn get(&self, index: u32) -> Option<&str> {
        let index = index as usize;
        let end = *self.ends.get(index)? as usize;
        let from = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.text.get(from..end)
    }
}

fn too_many() -> Fault {
    too_large(
        "den har fler än 2 000 000 olika texter, eller säger sig ha det. Dela upp den, eller spara bladet som CSV",
        "it has more than 2,000,000 different texts, or says it has. Split it, or save the sheet as CSV",
    )
}

/// Where in a text of several pieces a reader is; how it is to be pronounced is no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// In no letters.
    Nothing,
    /// In letters of the text.
    Letters,
    /// In letters that say how it is pronounced.
    Pronounced,
}

impl Within {
    /// Into an element.
    pub(super) fn into(self, name: &str) -> Self {
        match (self, name) {
            (Self::Pronounced, _) | (_, "rPh") => Self::Pronounced,
            (_, "t") => Self::Letters,
            (other, _) => other,
        }
    }

    /// Out of an element.
    pub(super) fn out_of(self, name: &str) -> Self {
        match (self, name) {
            (Self::Pronounced, "rPh") | (Self::Letters, "t") => Self::Nothing,
            (other, _) => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(part: &str) -> Vec<String> {
        let strings = Strings::read(part.as_bytes()).expect("texts");
        let all = (0..).map_while(|index| strings.get(index));
        all.map(str::to_owned).collect()
    }

    #[test]
    fn texts_of_several_pieces_are_one_and_what_is_claimed_is_not_believed() {
        let part = "<sst count=\"4294967295\" uniqueCount=\"1999999\"><si><t>Åre &amp; &#xE5;</t></si><si/>\
                    <si><r><rPr><b/></rPr><t>fet</t></r><r><t xml:space=\"preserve\"> text</t></r>\
                    <rPh sb=\"0\" eb=\"1\"><t>uttal</t></rPh></si><si><t/></si><si><t>a_x000D_b</t></si></sst>";
        assert_eq!(texts(part), ["Åre & å", "", "fet text", "", "a\rb"]);
        assert_eq!(texts("<sst/>"), Vec::<String>::new());
    }

    #[test]
    fn more_texts_than_a_workbook_has_are_refused_and_so_is_saying_so() {
        let said = "<sst uniqueCount=\"4294967295\"><si><t>a</t></si></sst>";
        assert!(Strings::read(said.as_bytes()).is_err());
        let many = format!("<sst>{}</sst>", "<si/>".repeat(MOST_STRINGS + 1));
        assert!(Strings::read(many.as_bytes()).is_err());
    }

    #[test]
    fn an_entity_of_the_files_own_is_refused() {
        assert!(Strings::read("<sst><si><t>&own;</t></si></sst>".as_bytes()).is_err());
    }
}

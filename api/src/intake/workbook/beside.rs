//! What a workbook holds beside the cells that are read: other sheets, titles above the headers, notes, text boxes.
//!
//! The file is kept as it was received, so that a personal identity number in any of them would be kept too.

use std::collections::BTreeMap;
use std::io::Read;

use entity::looks_like_personal_number;
use quick_xml::events::{BytesStart, Event};

use super::Workbook;
use super::events::{Events, attribute, letters, local};
use super::loose;
use super::strings::Strings;
use crate::intake::finding::Fault;

/// Places that are told at most.
const MOST_TOLD: usize = 5;

/// Where something stands: Swedish, English.
type Where = (String, String);

impl Workbook<'_> {
    /// Where, beside the rows of a sheet from its headers on, something looks like a personal identity number. A part that
    /// cannot be read is looked at as far as it can: no spreadsheet program opens it either.
    pub(in crate::intake) fn personal_numbers_beside(
        &mut self,
        read: &str,
        header_row: i64,
    ) -> Vec<Where> {
        let strings = self.strings().unwrap_or_default();
        let mut found = Vec::new();
        if (self.sheets.iter()).any(|sheet| looks_like_personal_number(&sheet.name)) {
            found.push(said("ett blads namn", "the name of a sheet"));
        }
        let sheets: BTreeMap<String, String> = (self.sheets.iter())
            .filter_map(|sheet| Some((plain(sheet.part.as_ref()?), sheet.name.clone())))
            .collect();
        // By parts, each once: a thousand sheets may be one part.
        for name in self.parts.names() {
            let plain = plain(&name);
            let is_text = has_texts(&plain) && !plain.ends_with("sharedstrings.xml");
            let part = self.parts.part(&name);
            let (true, Ok(Some(part))) = (is_text, part) else {
                continue;
            };
            match sheets.get(&plain) {
                Some(sheet) => {
                    let before = (sheet == read).then_some(header_row);
                    let place = |cell: String| {
                        let sv = format!("bladet {sheet}, cell {cell}");
                        (sv, format!("the sheet {sheet}, cell {cell}"))
                    };
                    let mut cells = Vec::new();
                    let _ = in_cells(part, &strings, before, &mut cells);
                    found.extend(cells.into_iter().map(place));
                    if self.holds_behind_rows(&name, looks_like_personal_number) {
                        let sv =
                            format!("bladet {sheet}, bakom raderna (sidhuvud, kontroller, länkar)");
                        let en = format!(
                            "the sheet {sheet}, behind its rows (page header, checks, links)"
                        );
                        found.push((sv, en));
                    }
                }
                None => {
                    let is_found = match is_loose(&plain) {
                        true => loose::holds(&loose::text_of(part), looks_like_personal_number),
                        false => in_texts(part, looks_like_personal_number).unwrap_or(false),
                    };
                    if is_found {
                        found.push(place_of(&plain));
                    }
                }
            }
            if found.len() >= MOST_TOLD {
                break;
            }
        }
        found.truncate(MOST_TOLD);
        found
    }

    /// Whether a text that is looked for stands anywhere but in the cells of sheets: in notes, text boxes, properties, and
    /// among the shared texts, which programs leave there when they empty a cell. A part that cannot be read is taken to
    /// hold it.
    pub(in crate::intake) fn holds_beside(&mut self, is_wanted: impl Fn(&str) -> bool) -> bool {
        let sheets: Vec<String> = (self.sheets.iter())
            .filter_map(|sheet| Some(plain(sheet.part.as_ref()?)))
            .collect();
        let names = self.parts.names().into_iter();
        let names: Vec<(String, String)> = names
            .map(|name| (plain(&name), name))
            .filter(|(plain, _)| has_texts(plain))
            .collect();
        (self.sheets.iter()).any(|sheet| is_wanted(&sheet.name))
            || names.iter().any(|(plain, name)| {
                if sheets.contains(plain) {
                    return self.holds_behind_rows(name, &is_wanted);
                }
                match self.parts.part(name) {
                    Ok(Some(part)) if is_loose(plain) => {
                        loose::holds(&loose::text_of(part), &is_wanted)
                    }
                    Ok(Some(part)) => in_texts(part, &is_wanted).unwrap_or(true),
                    Ok(None) => false,
                    Err(_) => true,
                }
            })
    }

    /// Whether a text that is looked for stands behind the rows of a sheet, by the name of its part.
    fn holds_behind_rows(&mut self, name: &str, is_wanted: impl Fn(&str) -> bool) -> bool {
        match self.parts.part(name) {
            Ok(Some(part)) => loose::holds(&loose::behind_rows(part), is_wanted),
            _ => false,
        }
    }
}

/// A part's name as it is compared.
pub(super) fn plain(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}

/// Whether a part may hold texts, by its name as it is compared.
fn has_texts(plain: &str) -> bool {
    plain.ends_with(".xml") || plain.ends_with(".rels") || is_loose(plain)
}

/// Whether a part is old drawing, which programs write without closing every element.
fn is_loose(name: &str) -> bool {
    name.ends_with(".vml")
}

fn said(sv: &str, en: &str) -> Where {
    (sv.to_owned(), en.to_owned())
}

/// What a person calls a part that holds no cells.
fn place_of(part: &str) -> Where {
    if part.contains("comment") {
        said("en kommentar", "a note")
    } else if part.contains("drawing") {
        said("en textruta", "a text box")
    } else if part.starts_with("docprops/") {
        said("filens egenskaper", "the file's properties")
    } else {
        (format!("delen {part}"), format!("the part {part}"))
    }
}

/// Takes the addresses of cells that hold what looks like a number, in the rows before one, or in all.
fn in_cells(
    part: impl Read,
    strings: &Strings,
    before: Option<i64>,
    found: &mut Vec<String>,
) -> Result<(), Fault> {
    let mut events = Events::of(part);
    let (mut row, mut in_letters) = (0_i64, false);
    let (mut address, mut kind, mut text) = (String::new(), String::new(), String::new());
    while found.len() < MOST_TOLD {
        match events.next()? {
            Event::Start(start) => match local(start.name()) {
                "row" => {
                    let said = attribute(&start, "r").and_then(|said| said.parse().ok());
                    row = said.unwrap_or(row + 1);
                    if before.is_some_and(|before| row >= before) {
                        return Ok(());
                    }
                }
                "c" => {
                    address = attribute(&start, "r").unwrap_or_else(|| format!("på rad {row}"));
                    kind = attribute(&start, "t").unwrap_or_default();
                    text.clear();
                }
                "v" | "t" | "f" => in_letters = true,
                _ => {}
            },
            Event::End(end) => match local(end.name()) {
                "v" => {
                    in_letters = false;
                    if holds(&kind, &text, strings) {
                        found.push(address.clone());
                    }
                    text.clear();
                }
                "f" | "is" => {
                    in_letters = false;
                    if looks_like_personal_number(&text) {
                        found.push(address.clone());
                    }
                    text.clear();
                }
                "t" => in_letters = false,
                _ => {}
            },
            Event::Eof => return Ok(()),
            event if in_letters => letters(&event, &mut text)?,
            _ => {}
        }
    }
    Ok(())
}

/// Whether the value of a cell of a type looks like one. The digits of a fraction are none.
fn holds(kind: &str, value: &str, strings: &Strings) -> bool {
    match kind {
        "s" => {
            let index = value.trim().parse().ok();
            let text = index.and_then(|index| strings.get(index));
            text.is_some_and(looks_like_personal_number)
        }
        "" | "n" => {
            value.bytes().all(|byte| byte.is_ascii_digit()) && looks_like_personal_number(value)
        }
        _ => looks_like_personal_number(value),
    }
}

/// Attributes that hold what somebody wrote: names and descriptions of pictures, links, prompts.
const WRITTEN: [&str; 9] = [
    "name", "descr", "title", "tooltip", "prompt", "display", "Target", "alt", "author",
];

/// What somebody wrote in the attributes of an element; of a pivot table's memory its texts.
fn said_in(start: &BytesStart<'_>) -> impl Iterator<Item = String> {
    let of_memory = (local(start.name()) == "s").then(|| attribute(start, "v"));
    let written = WRITTEN
        .into_iter()
        .filter_map(|name| attribute(start, name));
    of_memory.flatten().into_iter().chain(written)
}

/// Whether a text of a part is one that is looked for; the pieces of a text in several fonts are one text.
fn in_texts(part: impl Read, is_wanted: impl Fn(&str) -> bool) -> Result<bool, Fault> {
    let mut events = Events::of(part);
    let mut text = String::new();
    loop {
        match events.next()? {
            Event::Start(start) | Event::Empty(start)
                if said_in(&start).any(|said| is_wanted(&said)) =>
            {
                return Ok(true);
            }
            Event::End(end) if !matches!(local(end.name()), "t" | "r" | "rPr") => {
                if is_wanted(&text) {
                    return Ok(true);
                }
                text.clear();
            }
            Event::Eof => return Ok(false),
            event => letters(&event, &mut text)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{DocProperties, Note, Shape, Workbook as Written, XlsxError};

    use super::*;

    /// A number that is well known to be nobody's.
    const NOBODYS: &str = "19121212-1212";

    fn beside(write: impl Fn(&mut Written) -> Result<(), XlsxError>) -> Vec<String> {
        let mut workbook = Written::new();
        let sheet = workbook.add_worksheet().set_name("Blad1").expect("a name");
        sheet.write_string(1, 0, "kod").expect("a cell");
        sheet.write_number(2, 0, 191_212_121_212.0).expect("a cell");
        write(&mut workbook).expect("a workbook");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let mut workbook = Workbook::open(&bytes, 1 << 20).expect("a workbook");
        let found = workbook.personal_numbers_beside("Blad1", 2);
        found.into_iter().map(|(_, english)| english).collect()
    }

    #[test]
    fn what_no_row_is_read_from_is_looked_through() {
        assert_eq!(beside(|_| Ok(())), Vec::<String>::new(), "rows are read");
        let title = |workbook: &mut Written| {
            let sheet = workbook.worksheet_from_name("Blad1")?;
            sheet.write_string(0, 2, NOBODYS).map(|_| ())
        };
        assert_eq!(beside(title), ["the sheet Blad1, cell C1"]);
        let note = |workbook: &mut Written| {
            let sheet = workbook.worksheet_from_name("Blad1")?;
            let note = Note::new(format!("Ring {NOBODYS}"));
            sheet.insert_note(2, 0, &note).map(|_| ())
        };
        assert_eq!(beside(note), ["a note"]);
        let shape = |workbook: &mut Written| {
            let sheet = workbook.worksheet_from_name("Blad1")?;
            let shape = Shape::textbox().set_text(NOBODYS);
            sheet.insert_shape(2, 0, &shape).map(|_| ())
        };
        assert_eq!(beside(shape), ["a text box"]);
        let properties = |workbook: &mut Written| {
            workbook.set_properties(&DocProperties::new().set_subject(NOBODYS));
            Ok(())
        };
        assert_eq!(beside(properties), ["the file's properties"]);
    }

    #[test]
    fn other_sheets_are_looked_through_and_fractions_are_no_numbers() {
        let other = |workbook: &mut Written| {
            let sheet = workbook.add_worksheet().set_name("Kontakt")?;
            sheet.write_string(4, 1, NOBODYS)?;
            sheet.write_number(5, 1, 1_212_121_212.0)?;
            sheet.write_number(6, 1, 0.121_212_121_2)?;
            sheet.write_string(7, 1, "2017-06-01 10:00")?;
            Ok(())
        };
        let cells = ["B5", "B6"].map(|cell| format!("the sheet Kontakt, cell {cell}"));
        assert_eq!(beside(other), cells);
    }
}

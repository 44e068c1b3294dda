//! The formats of a workbook's cells: of its styles, the number formats alone.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};

use super::events::{Events, attribute, local};
use super::format::Format;
use super::limits::{MOST_FORMATS, MOST_FORMATS_KEPT, MOST_OF_A_FORMAT, damaged, too_large};
use crate::intake::finding::Fault;

/// The number formats of cells.
#[derive(Debug, Default)]
pub(super) struct Formats {
    /// The number format of each format of a cell.
    of_cells: Vec<u32>,
    /// Codes of the workbook's own number formats.
    own: HashMap<u32, String>,
    /// Those that cells have had.
    read: RefCell<HashMap<u32, Rc<Format>>>,
}

impl Formats {
    /// Reads the part of the styles. How many formats it says it has is not looked at.
    pub(super) fn read(part: impl Read) -> Result<Self, Fault> {
        let mut events = Events::of(part);
        let mut formats = Self::default();
        let mut in_cells = false;
        loop {
            match events.next()? {
                Event::Start(start) => match local(start.name()) {
                    "cellXfs" => in_cells = true,
                    _ => formats.element(&start, in_cells)?,
                },
                Event::Empty(start) => formats.element(&start, in_cells)?,
                Event::End(end) if local(end.name()) == "cellXfs" => in_cells = false,
                Event::Eof => return Ok(formats),
                _ => {}
            }
        }
    }

    fn element(&mut self, start: &BytesStart<'_>, in_cells: bool) -> Result<(), Fault> {
        let number = |name| attribute(start, name).and_then(|text| text.parse::<u32>().ok());
        let most = MOST_FORMATS;
        match local(start.name()) {
            "xf" if in_cells => self.of_cells.push(number("numFmtId").unwrap_or(0)),
            "numFmt" => {
                let id = number("numFmtId").ok_or_else(damaged)?;
                let code = attribute(start, "formatCode").unwrap_or_default();
                if code.len() > MOST_OF_A_FORMAT {
                    return Err(too_many());
                }
                // A style that differs from the cell's own, as a condition asks, repeats its number.
                self.own.entry(id).or_insert(code);
            }
            _ => {}
        }
        if self.of_cells.len() > most || self.own.len() > most {
            return Err(too_many());
        }
        Ok(())
    }

    /// The format of cells with a number of a style.
    pub(super) fn of(&self, style: u32) -> Rc<Format> {
        let id = self.of_cells.get(style as usize).copied().unwrap_or(0);
        if let Some(known) = self.read.borrow().get(&id) {
            return Rc::clone(known);
        }
        let code = self
            .own
            .get(&id)
            .map_or_else(|| built_in(id), String::as_str);
        let format = Rc::new(Format::of(code));
        let mut read = self.read.borrow_mut();
        if read.len() == MOST_FORMATS_KEPT {
            // Whoever has more of them waits for each to be read again.
            read.clear();
        }
        read.insert(id, Rc::clone(&format));
        drop(read);
        format
    }
}

fn too_many() -> Fault {
    too_large(
        "den har fler än 65 536 format, eller ett som är för långt. Kopiera värdena till en ny arbetsbok",
        "it has more than 65,536 formats, or one that is too long. Copy the values into a new workbook",
    )
}

/// The codes of the number formats that every workbook has, as they are in Sweden where that differs.
fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 | 41 => "#,##0;-#,##0",
        4 | 39 | 40 | 43 => "#,##0.00;-#,##0.00",
        5 | 6 | 42 => "#,##0 \"kr\";-#,##0 \"kr\"",
        7 | 8 | 44 => "#,##0.00 \"kr\";-#,##0.00 \"kr\"",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 | 15 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => "yyyy-mm-dd",
        16 => "d-mmm",
        17 => "mmm-yy",
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => "hh:mm",
        46 => "[h]:mm:ss",
        48 => "##0.0E+0",
        _ => "General",
    }
}

#[cfg(test)]
mod tests {
    use super::super::format::Shows;
    use super::*;

    #[test]
    fn a_cell_has_the_number_format_of_its_style() {
        let part = "<styleSheet><numFmts count=\"9000000\"><numFmt numFmtId=\"164\" formatCode=\"0.0&quot; tkr&quot;\"/></numFmts>\
                    <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
                    <cellXfs count=\"9000000\"><xf/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"><alignment/></xf></cellXfs></styleSheet>";
        let formats = Formats::read(part.as_bytes()).expect("formats");
        let half = "0.5".parse().expect("a number");
        assert_eq!(formats.of(0).shows(half), Shows::Itself);
        assert_eq!(
            formats.of(1).shows(half),
            Shows::Other("0.5 tkr".to_owned())
        );
        assert_eq!(formats.of(2).shows(half), Shows::Other("50.00%".to_owned()));
        assert_eq!(formats.of(99).shows(half), Shows::Itself);
    }

    #[test]
    fn more_formats_than_any_program_writes_are_refused() {
        let part = format!(
            "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
            "<xf/>".repeat(MOST_FORMATS + 1)
        );
        assert!(Formats::read(part.as_bytes()).is_err());
        let long = "0".repeat(MOST_OF_A_FORMAT + 1);
        let part = format!(
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"{long}\"/></numFmts></styleSheet>"
        );
        assert!(Formats::read(part.as_bytes()).is_err());
    }
}

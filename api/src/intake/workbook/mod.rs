//! Workbooks (XLSX): the sheet of a kind as a table, read piece by piece so that a hostile workbook cannot fill the memory.
//!
//! What a workbook claims of itself (how many texts, formats or cells it has, how far a sheet reaches) is never believed:
//! memory grows with what has been read, and ends at `limits`.

mod beside;
mod cells;
mod events;
mod format;
mod formats;
mod limits;
mod loose;
mod moments;
mod parts;
mod section;
mod sheet;
mod strings;
mod table;

use std::collections::HashSet;
use std::io::Read;
use std::rc::Rc;
use std::sync::Arc;

use quick_xml::events::Event;

use super::container;
use super::finding::Fault;
use super::table::Table;
pub(super) use cells::{Cells, SheetRow};
pub(crate) use events::Metered;
use events::{Events, attribute, local};
use formats::Formats;
pub(super) use limits::unreadable;
use limits::{
    MOST_BEFORE_HEADER, MOST_BEFORE_HEADERS, MOST_OF_HEADERS, MOST_SHEETS, damaged, too_large,
    too_long_headers,
};
pub(crate) use parts::whole_name;
use parts::{Parts, leads_to};
use strings::Strings;

/// The sheets that Samsyn puts into workbooks beside the rows: a template's instructions, a marked copy's findings.
pub(crate) const OWN_SHEETS: [&str; 2] = ["Anvisningar", "Fynd"];

/// A workbook whose unpacked size has been checked.
pub(super) struct Workbook<'a> {
    parts: Parts<'a>,
    sheets: Vec<Sheet>,
    strings: Source<Arc<Strings>>,
    formats: Source<Rc<Formats>>,
    from_1904: bool,
}

/// What is read when it is first needed, from the part of a name, where there is one.
enum Source<T> {
    Part(Option<String>),
    Read(T),
}

struct Sheet {
    name: String,
    visible: bool,
    /// The part of its cells; none for charts, which stand among the sheets and have none.
    part: Option<String>,
}

/// What stands in the first filled row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetHeader {
    /// The sheet's name.
    pub(super) sheet: String,
    /// The texts of its first filled row; none where nothing is filled.
    pub(super) header: Option<Vec<String>>,
}

impl<'a> Workbook<'a> {
    /// Opens a workbook after counting what it unpacks to, which its own header may lie about.
    ///
    /// # Errors
    /// `workbook_too_large` or `unreadable_workbook`.
    pub(super) fn open(bytes: &'a [u8], most_unpacked: u64) -> Result<Self, Fault> {
        let mut parts = Parts::open(bytes, most_unpacked)?;
        if let Some(fault) = other_kind(&parts) {
            return Err(fault);
        }
        let root = parts.relations("")?;
        let part = leads_to(&root, "officeDocument").unwrap_or("xl/workbook.xml");
        let relations = parts.relations(part)?;
        let text = parts.small_part(part)?.ok_or_else(damaged)?;
        let (named, from_1904) = sheets_of(text)?;
        let sheets = named.into_iter().map(|(name, visible, id)| {
            let found = relations.iter().find(|one| one.id == id);
            let cells = found.filter(|one| one.kind == "worksheet");
            let part = cells.map(|one| one.target.clone());
            Sheet {
                name,
                visible,
                part,
            }
        });
        let named = |kind| leads_to(&relations, kind).map(str::to_owned);
        Ok(Self {
            sheets: sheets.collect(),
            strings: Source::Part(named("sharedStrings")),
            formats: Source::Part(named("styles")),
            from_1904,
            parts,
        })
    }

    /// The names of the sheets that a person sees, in their order: hidden ones hold a template's lists.
    ///
    /// Sheets that Samsyn itself put there are left out, unless there are no others.
    pub(super) fn sheets(&self) -> Vec<String> {
        let visible = self.sheets.iter().filter(|sheet| sheet.visible);
        let all: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
        let own = |sheet: &String| !OWN_SHEETS.contains(&sheet.as_str());
        let senders: Vec<String> = all.iter().filter(|sheet| own(sheet)).cloned().collect();
        if senders.is_empty() { all } else { senders }
    }

    /// The names of all sheets with cells, hidden ones too; of those that are one part the first.
    pub(super) fn all_sheets(&self) -> Vec<String> {
        let mut parts = HashSet::new();
        let sheets = self.sheets.iter();
        let sheets = sheets.filter(|sheet| {
            sheet
                .part
                .as_ref()
                .is_some_and(|part| parts.insert(beside::plain(part)))
        });
        sheets.map(|sheet| sheet.name.clone()).collect()
    }

    /// The sheets that a person sees, each with its first filled row.
    ///
    /// # Errors
    /// The workbook's texts are damaged or too long; a sheet that is damaged itself has no row.
    pub(super) fn headers(&mut self) -> Result<Vec<SheetHeader>, Fault> {
        let (strings, formats) = (self.strings()?, self.formats()?);
        let mut headers = Vec::new();
        let (mut left, mut told) = (MOST_BEFORE_HEADERS, 0);
        for sheet in self.sheets() {
            let part = self.part_of(&sheet)?;
            let header = part.and_then(|part| {
                let most = MOST_BEFORE_HEADER.min(left);
                let mut part = part.take(most);
                let header = table::header(&mut part, &strings, &formats);
                left -= most - part.limit();
                header
            });
            told += header.iter().flatten().map(String::len).sum::<usize>();
            if told > MOST_OF_HEADERS {
                return Err(too_long_headers());
            }
            headers.push(SheetHeader { sheet, header });
        }
        Ok(headers)
    }

    /// The table of one sheet.
    ///
    /// # Errors
    /// `unreadable_workbook`, `workbook_too_large`.
    pub(super) fn table(&mut self, sheet: &str) -> Result<Table<'static>, Fault> {
        let (strings, formats) = (self.strings()?, self.formats()?);
        let from_1904 = self.from_1904;
        let part = self.part_of(sheet)?.ok_or_else(damaged)?;
        table::read(sheet, part, &strings, &formats, from_1904)
    }

    fn part_of(&mut self, sheet: &str) -> Result<Option<impl Read>, Fault> {
        let found = self.sheets.iter().find(|one| one.name == sheet);
        match found.and_then(|found| found.part.as_ref()) {
            Some(part) => self.parts.part(part),
            None => Ok(None),
        }
    }

    fn strings(&mut self) -> Result<Arc<Strings>, Fault> {
        if let Source::Read(read) = &self.strings {
            return Ok(Arc::clone(read));
        }
        let Source::Part(name) = &self.strings else {
            return Err(damaged());
        };
        let part = match name {
            Some(name) => self.parts.part(name)?,
            None => None,
        };
        let read = Arc::new(part.map(Strings::read).transpose()?.unwrap_or_default());
        self.strings = Source::Read(Arc::clone(&read));
        Ok(read)
    }

    fn formats(&mut self) -> Result<Rc<Formats>, Fault> {
        if let Source::Read(read) = &self.formats {
            return Ok(Rc::clone(read));
        }
        let Source::Part(name) = &self.formats else {
            return Err(damaged());
        };
        let part = match name {
            Some(name) => self.parts.small_part(name)?,
            None => None,
        };
        let read = Rc::new(part.map(Formats::read).transpose()?.unwrap_or_default());
        self.formats = Source::Read(Rc::clone(&read));
        Ok(read)
    }
}

/// A sheet as a workbook names it: its name, whether a person sees it, and its relation.
type Named = (String, bool, String);

/// The sheets that the part of a workbook names, and whether its days are counted from 1904.
fn sheets_of(part: impl Read) -> Result<(Vec<Named>, bool), Fault> {
    let mut events = Events::of(part);
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    loop {
        match events.next()? {
            Event::Start(start) | Event::Empty(start) => match local(start.name()) {
                "sheet" => {
                    if sheets.len() == MOST_SHEETS {
                        return Err(too_large(
                            "den har fler än 1 000 blad. Dela upp den",
                            "it has more than 1,000 sheets. Split it",
                        ));
                    }
                    let name = attribute(&start, "name").ok_or_else(damaged)?;
                    let id = attribute(&start, "id").ok_or_else(damaged)?;
                    let state = attribute(&start, "state");
                    let visible = state.is_none_or(|state| state == "visible");
                    sheets.push((name, visible, id));
                }
                "workbookPr" => {
                    let said = attribute(&start, "date1904");
                    from_1904 = said.is_some_and(|said| said == "1" || said == "true");
                }
                _ => {}
            },
            Event::Eof => return Ok((sheets, from_1904)),
            _ => {}
        }
    }
}

/// Why an archive is no workbook that is read, where its parts tell.
fn other_kind(parts: &Parts<'_>) -> Option<Fault> {
    if parts.any_ends("vbaproject.bin") {
        return Some(container::with_macros());
    }
    if parts.any_ends("workbook.bin") {
        return Some(container::binary());
    }
    if parts.any_ends("workbook.xml") {
        return None;
    }
    if parts.any_ends("content.xml") {
        return Some(container::open_document());
    }
    None
}

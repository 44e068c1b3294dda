//! A sheet with its cells marked: the part is copied event by event, and only formats of cells change.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use entity::Severity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::reader::Reader;
use quick_xml::writer::Writer;

use super::Unfit;
use super::cells::{LAST_ROW, Marks, address, cell};
use super::styles::Styles;
use super::xml::{attribute, local, prefix, prefixed, with_attributes};
use crate::intake::Metered;

/// Elements of a sheet within one another.
const MOST_DEPTH: usize = 128;

/// Columns of which a sheet says a format.
const MOST_COLUMNS: usize = 16_384;

/// What follows `legacyDrawing` in a sheet, by the schema.
const AFTER_DRAWING: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "worksheet",
];

/// What has to be known of a sheet before it is changed.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The relation of the drawing that holds its notes.
    pub(super) drawing: Option<String>,
    /// Whether it is the one shown first.
    pub(super) selected: bool,
}

/// Looks through a sheet; only as far as its rows where nothing in it is marked.
pub(super) fn look_through(part: impl BufRead, whole: bool) -> Result<Seen, Unfit> {
    let mut reader = Reader::from_reader(Metered::new(part));
    let mut buffer = Vec::new();
    let mut seen = Seen::default();
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event_into(&mut buffer)?;
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MOST_DEPTH {
            return Err(Unfit::LARGE);
        }
        match event {
            Event::Start(start) | Event::Empty(start) => match local(start.name()) {
                "sheetView" => seen.selected |= attribute(&start, "tabSelected").is_some(),
                "legacyDrawing" => seen.drawing = prefixed(&start, "id").map(|(_, id)| id),
                "sheetData" if !whole => return Ok(seen),
                _ => {}
            },
            Event::Eof => return Ok(seen),
            _ => {}
        }
        buffer.clear();
        reader.get_mut().next();
    }
}

/// Marks a sheet while it is copied.
pub(super) struct Marking<'a, W: Write> {
    writer: Writer<W>,
    styles: &'a mut Styles,
    /// What is still to be marked, by row.
    left: BTreeMap<u32, BTreeMap<u32, Severity>>,
    /// The relation of a drawing to add.
    drawing: Option<String>,
    prefix: String,
    columns: Vec<(u32, u32, usize)>,
    row: u32,
    row_format: Option<usize>,
    column: u32,
    of_row: BTreeMap<u32, Severity>,
}

impl<'a, W: Write> Marking<'a, W> {
    /// Prepares to mark a sheet; `drawing` is the relation of a drawing that is to be added.
    pub(super) fn new(
        writer: W,
        styles: &'a mut Styles,
        marks: &Marks,
        drawing: Option<String>,
    ) -> Self {
        let mut left: BTreeMap<u32, BTreeMap<u32, Severity>> = BTreeMap::new();
        for ((row, column), mark) in marks {
            left.entry(*row).or_default().insert(*column, mark.severity);
        }
        Self {
            writer: Writer::new(writer),
            styles,
            left,
            drawing,
            prefix: String::new(),
            columns: Vec::new(),
            row: 0,
            row_format: None,
            column: 0,
            of_row: BTreeMap::new(),
        }
    }

    /// Copies the part.
    pub(super) fn copy(mut self, part: impl BufRead) -> Result<(), Unfit> {
        let mut reader = Reader::from_reader(Metered::new(part));
        let mut buffer = Vec::new();
        let mut depth = 0_usize;
        loop {
            match reader.read_event_into(&mut buffer)? {
                Event::Start(start) => {
                    self.start(start, false, depth)?;
                    depth += 1;
                    if depth > MOST_DEPTH {
                        return Err(Unfit::LARGE);
                    }
                }
                Event::Empty(start) => self.start(start, true, depth)?,
                Event::End(end) => {
                    depth = depth.checked_sub(1).ok_or(Unfit::FORM)?;
                    match local(end.name()) {
                        "row" => self.rest_of_row()?,
                        "sheetData" => self.rows_before(u32::MAX)?,
                        name if depth == 0 => self.drawing_before(name)?,
                        _ => {}
                    }
                    self.writer.write_event(Event::End(end))?;
                }
                Event::Eof => return Ok(()),
                other => self.writer.write_event(other)?,
            }
            buffer.clear();
            reader.get_mut().next();
        }
    }

    fn start(&mut self, start: BytesStart<'_>, empty: bool, depth: usize) -> Result<(), Unfit> {
        if depth == 1 {
            self.drawing_before(local(start.name()))?;
        }
        match local(start.name()) {
            "sheetView" => self.write(with_attributes(&start, &[("tabSelected", None)]), empty),
            "col" => {
                let number = |name| attribute(&start, name).and_then(|text| text.parse().ok());
                if let (Some(from), Some(to), Some(style)) =
                    (number("min"), number("max"), number("style"))
                {
                    let style = usize::try_from(style).unwrap_or(0);
                    if self.columns.len() == MOST_COLUMNS {
                        return Err(Unfit::LARGE);
                    }
                    self.columns.push((from, to, style));
                }
                self.write(start, empty)
            }
            "sheetData" => {
                self.prefix = prefix(start.name());
                let end = start.to_end().into_owned();
                if empty && !self.left.is_empty() {
                    self.write(start, false)?;
                    self.rows_before(u32::MAX)?;
                    self.writer.write_event(Event::End(end))?;
                    return Ok(());
                }
                self.write(start, empty)
            }
            "row" => self.row(start, empty),
            "c" => self.cell(start, empty),
            _ => self.write(start, empty),
        }
    }

    fn row(&mut self, start: BytesStart<'_>, empty: bool) -> Result<(), Unfit> {
        let said = attribute(&start, "r").and_then(|row| row.parse().ok());
        let number = said.unwrap_or(self.row.saturating_add(1)).min(LAST_ROW);
        self.rows_before(number)?;
        self.row = number;
        self.column = 0;
        self.row_format = attribute(&start, "customFormat")
            .filter(|custom| custom == "1" || custom == "true")
            .and_then(|_| attribute(&start, "s"))
            .and_then(|style| style.parse().ok());
        self.of_row = self.left.remove(&number).unwrap_or_default();
        if self.of_row.is_empty() {
            return self.write(start, empty);
        }
        // Where cells may be added, the hint of how far they reach would lie.
        let end = start.to_end().into_owned();
        self.write(with_attributes(&start, &[("spans", None)]), false)?;
        if empty {
            self.rest_of_row()?;
            self.writer.write_event(Event::End(end))?;
        }
        Ok(())
    }

    fn cell(&mut self, start: BytesStart<'_>, empty: bool) -> Result<(), Unfit> {
        let said = attribute(&start, "r").and_then(|text| cell(&text));
        let column = said.map_or(self.column + 1, |(_, column)| column);
        let missing: Vec<_> = self
            .of_row
            .range(..column)
            .map(|(at, mark)| (*at, *mark))
            .collect();
        for (at, severity) in missing {
            self.of_row.remove(&at);
            self.blank(at, severity)?;
        }
        self.column = column;
        let before = attribute(&start, "s")
            .and_then(|style| style.parse().ok())
            .unwrap_or(0);
        let format = match self.of_row.remove(&column) {
            Some(severity) => Some(self.styles.marked(before, severity)?),
            None => self.styles.cleared(before)?,
        };
        match format {
            Some(format) => {
                let format = format.to_string();
                self.write(with_attributes(&start, &[("s", Some(&format))]), empty)
            }
            None => self.write(start, empty),
        }
    }

    /// Writes the cells that the row lacks after its last one.
    fn rest_of_row(&mut self) -> Result<(), Unfit> {
        for (at, severity) in std::mem::take(&mut self.of_row) {
            self.blank(at, severity)?;
        }
        Ok(())
    }

    /// Writes the rows that the sheet lacks before another.
    fn rows_before(&mut self, number: u32) -> Result<(), Unfit> {
        while let Some(entry) = self
            .left
            .first_entry()
            .filter(|entry| *entry.key() < number)
        {
            let (row, cells) = entry.remove_entry();
            self.row = row;
            self.row_format = None;
            let name = format!("{}row", self.prefix);
            let mut start = BytesStart::new(name.clone());
            start.push_attribute(("r", row.to_string().as_str()));
            self.writer.write_event(Event::Start(start))?;
            for (at, severity) in cells {
                self.blank(at, severity)?;
            }
            self.writer.write_event(Event::End(BytesEnd::new(name)))?;
        }
        Ok(())
    }

    /// Writes a marked cell where the sheet has none: it looks as its row or column does.
    fn blank(&mut self, column: u32, severity: Severity) -> Result<(), Unfit> {
        let of_column = self
            .columns
            .iter()
            .find(|(from, to, _)| (*from..=*to).contains(&column));
        let before = self
            .row_format
            .or(of_column.map(|(_, _, style)| *style))
            .unwrap_or(0);
        let format = self.styles.marked(before, severity)?;
        let mut start = BytesStart::new(format!("{}c", self.prefix));
        start.push_attribute(("r", address((self.row, column)).as_str()));
        start.push_attribute(("s", format.to_string().as_str()));
        self.writer.write_event(Event::Empty(start))?;
        Ok(())
    }

    /// Writes the element that shows the notes, before what must follow it.
    fn drawing_before(&mut self, next: &str) -> Result<(), Unfit> {
        if AFTER_DRAWING.contains(&next)
            && let Some(id) = self.drawing.take()
        {
            let mut start = BytesStart::new(format!("{}legacyDrawing", self.prefix));
            start.push_attribute(("xmlns:r", super::relations::RELATIONSHIPS));
            start.push_attribute(("r:id", id.as_str()));
            self.writer.write_event(Event::Empty(start))?;
        }
        Ok(())
    }

    fn write(&mut self, start: BytesStart<'_>, empty: bool) -> Result<(), Unfit> {
        let event = if empty {
            Event::Empty(start)
        } else {
            Event::Start(start)
        };
        Ok(self.writer.write_event(event)?)
    }
}

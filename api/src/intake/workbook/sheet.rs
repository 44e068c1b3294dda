//! A sheet, piece by piece: columns, rows and cells as they stand in its part, in ascending order.

use std::io::Read;
use std::ops::ControlFlow;

use quick_xml::events::{BytesStart, Event};

use super::events::{Events, attribute, letters, local, meant};
use super::limits::{
    MOST_CELLS_SEEN, MOST_COLUMNS, MOST_OF_A_CELL, MOST_ROWS, damaged, too_large, unreadable,
};
use super::strings::Within;
use crate::intake::address;
use crate::intake::finding::Fault;

/// A piece of a sheet.
#[derive(Debug)]
pub(super) enum Piece<'r> {
    /// Columns that nobody sees, from the first to the last, counted from 0.
    HiddenColumns(u32, u32),
    /// A row that nobody sees, by its number.
    HiddenRow(u32),
    /// A cell that may hold something.
    Cell(Raw<'r>),
}

/// A cell as it is written.
#[derive(Debug)]
pub(super) struct Raw<'r> {
    /// The row, counted from 1.
    pub(super) row: u32,
    /// The column, counted from 0.
    pub(super) column: u32,
    /// The number of its format.
    pub(super) style: u32,
    /// What its value is written as.
    pub(super) written: Written,
    /// The value.
    pub(super) value: &'r str,
    /// Whether it comes from a formula.
    pub(super) formula: bool,
}

/// What a cell's value is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A number.
    Number,
    /// The number of a shared text.
    Shared,
    /// A text.
    Text,
    /// 1 or 0.
    Flag,
    /// An error's code.
    Error,
    /// A moment in ISO 8601.
    Moment,
}

/// Goes through the pieces of a sheet until it is told to stop.
///
/// # Errors
/// The part is damaged, what the caller says, or cells stand twice or out of order, so that nobody can know which counts.
pub(super) fn each(
    part: impl Read,
    mut take: impl FnMut(Piece<'_>) -> Result<ControlFlow<()>, Fault>,
) -> Result<(), Fault> {
    let mut events = Events::of(part);
    let mut sheet = Sheet::default();
    let mut piece = String::new();
    loop {
        let flow = match events.next()? {
            Event::Start(start) => sheet.start(&start, &mut take)?,
            Event::Empty(start) => {
                let flow = sheet.start(&start, &mut take)?;
                match flow {
                    ControlFlow::Continue(()) => sheet.end(local(start.name()), &mut take)?,
                    stop => stop,
                }
            }
            Event::End(end) => sheet.end(local(end.name()), &mut take)?,
            Event::Eof => return Ok(()),
            event => {
                piece.clear();
                letters(&event, &mut piece)?;
                sheet.text(&piece)?
            }
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

/// Where a reader of a sheet is.
#[derive(Debug)]
struct Sheet {
    in_rows: bool,
    /// Cells seen so far, blank ones too.
    seen: usize,
    row: u32,
    /// The column of the next cell that says none.
    column: u32,
    in_cell: bool,
    style: u32,
    written: Written,
    formula: bool,
    /// Whether letters are those of the cell's value.
    in_value: bool,
    within: Within,
    value: String,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            in_rows: false,
            seen: 0,
            row: 0,
            column: 0,
            in_cell: false,
            style: 0,
            written: Written::Number,
            formula: false,
            in_value: false,
            within: Within::Nothing,
            value: String::new(),
        }
    }
}

impl Sheet {
    fn start(
        &mut self,
        start: &BytesStart<'_>,
        take: &mut impl FnMut(Piece<'_>) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<ControlFlow<()>, Fault> {
        let name = local(start.name());
        if self.in_cell {
            match name {
                "v" => self.in_value = true,
                "f" => self.formula = true,
                _ => self.within = self.within.into(name),
            }
            return Ok(ControlFlow::Continue(()));
        }
        match name {
            "col" => hidden_columns(start, take),
            "sheetData" => {
                self.in_rows = true;
                Ok(ControlFlow::Continue(()))
            }
            "row" if self.in_rows => self.begin_row(start, take),
            "c" if self.in_rows => {
                self.begin_cell(start)?;
                Ok(ControlFlow::Continue(()))
            }
            _ => Ok(ControlFlow::Continue(())),
        }
    }

    fn begin_row(
        &mut self,
        start: &BytesStart<'_>,
        take: &mut impl FnMut(Piece<'_>) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<ControlFlow<()>, Fault> {
        let number = match attribute(start, "r") {
            Some(said) => said.parse().map_err(|_| damaged())?,
            None => self.row.saturating_add(1),
        };
        if number <= self.row || number > MOST_ROWS {
            return Err(out_of_order());
        }
        self.row = number;
        self.column = 0;
        let flat = attribute(start, "ht").is_some_and(|height| is_zero(&height));
        if flat || is_true(start, "hidden") {
            return take(Piece::HiddenRow(number));
        }
        Ok(ControlFlow::Continue(()))
    }

    fn begin_cell(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        let (mut said, mut style, mut written) = (None, 0, Written::Number);
        for one in start.attributes().with_checks(false).flatten() {
            match local(one.key) {
                "r" => said = Some(address::cell(&one.value).ok_or_else(damaged)?),
                "s" => style = one.value.parse().map_err(|_| damaged())?,
                "t" => written = written_as(&one.value)?,
                _ => {}
            }
        }
        if let Some((row, column)) = said {
            if row != self.row || column - 1 < self.column {
                return Err(out_of_order());
            }
            self.column = column - 1;
        }
        if self.column >= MOST_COLUMNS || self.row == 0 {
            return Err(damaged());
        }
        self.seen += 1;
        if self.seen > MOST_CELLS_SEEN {
            return Err(too_large(
                "den har fler än 5 000 000 celler på ett blad, tomma celler med format medräknade. Ta bort formaten från tomma celler",
                "a sheet of it has more than 5,000,000 cells, blank ones with a format included. Take the formats from blank cells",
            ));
        }
        self.in_cell = true;
        (self.style, self.written, self.formula) = (style, written, false);
        self.within = Within::Nothing;
        self.value.clear();
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<ControlFlow<()>, Fault> {
        if self.in_cell && (self.in_value || self.within == Within::Letters) {
            self.value.push_str(text);
            if self.value.len() > MOST_OF_A_CELL {
                return Err(too_large(
                    "en cell har mer än 1 MiB text. Korta den",
                    "a cell has more than 1 MiB of text. Shorten it",
                ));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn end(
        &mut self,
        name: &str,
        take: &mut impl FnMut(Piece<'_>) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<ControlFlow<()>, Fault> {
        match name {
            "v" => self.in_value = false,
            "c" if self.in_cell => {
                self.in_cell = false;
                if self.written == Written::Text {
                    meant(&mut self.value, 0);
                }
                let column = self.column;
                self.column += 1;
                if self.formula || !self.value.is_empty() {
                    return take(Piece::Cell(Raw {
                        row: self.row,
                        column,
                        style: self.style,
                        written: self.written,
                        value: &self.value,
                        formula: self.formula,
                    }));
                }
            }
            // What stands below the rows is not read.
            "sheetData" if self.in_rows && !self.in_cell => return Ok(ControlFlow::Break(())),
            _ => self.within = self.within.out_of(name),
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn hidden_columns(
    start: &BytesStart<'_>,
    take: &mut impl FnMut(Piece<'_>) -> Result<ControlFlow<()>, Fault>,
) -> Result<ControlFlow<()>, Fault> {
    let number = |name| attribute(start, name).and_then(|text| text.parse::<u32>().ok());
    let flat = attribute(start, "width").is_some_and(|width| is_zero(&width));
    if let (Some(from), Some(to)) = (number("min"), number("max"))
        && (flat || is_true(start, "hidden"))
        && 0 < from
        && from <= to
    {
        return take(Piece::HiddenColumns(from - 1, to.min(MOST_COLUMNS) - 1));
    }
    Ok(ControlFlow::Continue(()))
}

fn is_true(start: &BytesStart<'_>, name: &str) -> bool {
    attribute(start, name).is_some_and(|text| text == "1" || text == "true")
}

fn is_zero(length: &str) -> bool {
    let digits = |digit: char| digit == '0' || digit == '.';
    length.contains('0') && length.chars().all(digits)
}

fn written_as(text: &str) -> Result<Written, Fault> {
    match text {
        "n" => Ok(Written::Number),
        "s" => Ok(Written::Shared),
        "str" | "inlineStr" => Ok(Written::Text),
        "b" => Ok(Written::Flag),
        "e" => Ok(Written::Error),
        "d" => Ok(Written::Moment),
        _ => Err(damaged()),
    }
}

fn out_of_order() -> Fault {
    unreadable(
        "rader eller celler på ett blad står två gånger eller i fel ordning. Öppna den i ert kalkylprogram och spara den som .xlsx igen",
        "rows or cells of a sheet stand twice or out of order. Open it in your spreadsheet program and save it as .xlsx again",
    )
}

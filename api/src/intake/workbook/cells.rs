//! The cells of a sheet as they are kept: a few bytes each, those with anything in them alone.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use super::limits::{MOST_CELLS, MOST_FILLED_ROWS, MOST_TEXT, too_large};
use super::strings::Strings;
use crate::intake::finding::Fault;
use crate::intake::table::Cell;

/// Parts a stored from a shown number.
const BETWEEN: char = '\u{1f}';

/// The filled cells of a sheet, in their order.
#[derive(Debug, Default)]
pub(in crate::intake) struct Cells {
    rows: Vec<RowAt>,
    cells: Vec<Kept>,
    text: String,
    strings: Arc<Strings>,
    /// Bytes of text, those of shared texts counted each time.
    told: usize,
}

#[derive(Clone, Copy, Debug)]
struct RowAt {
    number: u32,
    /// Its first cell.
    from: u32,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::intake) struct Kept {
    column: u16,
    what: What,
    /// Where its text begins; of a shared text its number; of a day the days since 0001-01-01.
    from: u32,
    /// Bytes of its text.
    length: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Text,
    Shared,
    Number,
    Scaled,
    Padded,
    Day,
    Moment,
    NoDay,
    True,
    False,
    Formula,
    BlankFormula,
    Error,
}

/// A row of a sheet.
#[derive(Clone, Copy, Debug)]
pub(in crate::intake) struct SheetRow<'a> {
    all: &'a Cells,
    cells: &'a [Kept],
}

impl Cells {
    /// No cells yet, of a workbook with shared texts.
    pub(super) fn of(strings: Arc<Strings>) -> Self {
        Self {
            strings,
            ..Self::default()
        }
    }

    /// Keeps a shared text by its number.
    pub(super) fn keep_shared(&mut self, at: (u32, u32), index: u32) -> Result<(), Fault> {
        let length = self.strings.get(index).map_or(0, str::len);
        self.tell(length)?;
        self.push(at, What::Shared, index, 0)
    }

    /// Keeps what a cell holds; a blank one is left out.
    pub(super) fn keep(&mut self, at: (u32, u32), cell: &Cell<&str>) -> Result<(), Fault> {
        if cell.is_blank() {
            return Ok(());
        }
        let (what, text) = match cell {
            Cell::Blank => return Ok(()),
            Cell::Text(text) => (What::Text, *text),
            Cell::Number(digits) => (What::Number, *digits),
            Cell::Error(code) => (What::Error, *code),
            Cell::Scaled { stored, shown } => {
                return self.keep_two(at, What::Scaled, stored, shown);
            }
            Cell::Padded { stored, shown } => {
                return self.keep_two(at, What::Padded, stored, shown);
            }
            Cell::Date(Some(day)) => return self.keep_moment(at, What::Day, *day, 0),
            Cell::Moment(moment) => {
                let time = chrono::Timelike::num_seconds_from_midnight(moment);
                return self.keep_moment(at, What::Moment, moment.date(), time);
            }
            Cell::Date(None) => (What::NoDay, ""),
            Cell::Flag(true) => (What::True, ""),
            Cell::Flag(false) => (What::False, ""),
            Cell::Formula => (What::Formula, ""),
            Cell::BlankFormula => (What::BlankFormula, ""),
        };
        let (from, length) = self.keep_text(text)?;
        self.push(at, what, from, length)
    }

    fn keep_two(
        &mut self,
        at: (u32, u32),
        what: What,
        stored: &str,
        shown: &str,
    ) -> Result<(), Fault> {
        let both = format!("{stored}{BETWEEN}{shown}");
        let (from, length) = self.keep_text(&both)?;
        self.push(at, what, from, length)
    }

    fn keep_moment(
        &mut self,
        at: (u32, u32),
        what: What,
        day: NaiveDate,
        seconds: u32,
    ) -> Result<(), Fault> {
        let days = chrono::Datelike::num_days_from_ce(&day);
        self.push(at, what, u32::try_from(days).unwrap_or(0), seconds)
    }

    fn keep_text(&mut self, text: &str) -> Result<(u32, u32), Fault> {
        self.tell(text.len())?;
        let place = (u32::try_from(self.text.len()), u32::try_from(text.len()));
        self.text.push_str(text);
        match place {
            (Ok(from), Ok(length)) => Ok((from, length)),
            _ => Err(too_much_text()),
        }
    }

    fn tell(&mut self, length: usize) -> Result<(), Fault> {
        self.told = self.told.saturating_add(length);
        if self.told > MOST_TEXT {
            return Err(too_much_text());
        }
        Ok(())
    }

    fn push(
        &mut self,
        (row, column): (u32, u32),
        what: What,
        from: u32,
        length: u32,
    ) -> Result<(), Fault> {
        if self.cells.len() == MOST_CELLS {
            return Err(too_large(
                "den har fler än 2 000 000 ifyllda celler på bladet. Dela upp den, eller spara bladet som CSV",
                "its sheet has more than 2,000,000 filled cells. Split it, or save the sheet as CSV",
            ));
        }
        if self.rows.last().is_none_or(|last| last.number != row) {
            if self.rows.len() == MOST_FILLED_ROWS {
                return Err(too_large(
                    "den har fler än 250 000 ifyllda rader på bladet. Dela upp den, eller spara bladet som CSV",
                    "its sheet has more than 250,000 filled rows. Split it, or save the sheet as CSV",
                ));
            }
            let from = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
            self.rows.push(RowAt { number: row, from });
        }
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        self.cells.push(Kept {
            column,
            what,
            from,
            length,
        });
        Ok(())
    }

    /// The filled rows in their order, with their numbers.
    pub(in crate::intake) fn rows(&self) -> impl Iterator<Item = (i64, SheetRow<'_>)> {
        self.rows.iter().enumerate().map(|(at, row)| {
            let to = self.rows.get(at + 1).map(|next| next.from as usize);
            let cells = &self.cells[row.from as usize..to.unwrap_or(self.cells.len())];
            (i64::from(row.number), SheetRow { all: self, cells })
        })
    }

    fn cell(&self, kept: Kept) -> Cell<&str> {
        let text = || {
            let from = kept.from as usize;
            self.text
                .get(from..from + kept.length as usize)
                .unwrap_or_default()
        };
        let two = || text().split_once(BETWEEN).unwrap_or_default();
        let day = || NaiveDate::from_num_days_from_ce_opt(i32::try_from(kept.from).unwrap_or(0));
        match kept.what {
            What::Text => Cell::Text(text()),
            What::Shared => Cell::Text(self.strings.get(kept.from).unwrap_or_default()),
            What::Number => Cell::Number(text()),
            What::Scaled => {
                let (stored, shown) = two();
                Cell::Scaled { stored, shown }
            }
            What::Padded => {
                let (stored, shown) = two();
                Cell::Padded { stored, shown }
            }
            What::Day => Cell::Date(day()),
            What::Moment => {
                let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(kept.length, 0);
                let moment = day()
                    .zip(time)
                    .map(|(day, time)| NaiveDateTime::new(day, time));
                moment.map_or(Cell::Date(None), Cell::Moment)
            }
            What::NoDay => Cell::Date(None),
            What::True => Cell::Flag(true),
            What::False => Cell::Flag(false),
            What::Formula => Cell::Formula,
            What::BlankFormula => Cell::BlankFormula,
            What::Error => Cell::Error(text()),
        }
    }
}

impl<'a> SheetRow<'a> {
    /// Its cells as far as the last filled one.
    pub(in crate::intake) fn width(self) -> usize {
        self.cells
            .last()
            .map_or(0, |last| usize::from(last.column) + 1)
    }

    /// The filled cells with their columns, counted from 0.
    pub(in crate::intake) fn filled(self) -> impl Iterator<Item = (usize, Cell<&'a str>)> {
        let cells = self.cells.iter();
        cells.map(move |kept| (usize::from(kept.column), self.all.cell(*kept)))
    }

    /// The cell of a column, counted from 0.
    pub(in crate::intake) fn cell(self, at: usize) -> Cell<&'a str> {
        let found = self
            .cells
            .binary_search_by_key(&at, |kept| usize::from(kept.column));
        found.map_or(Cell::Blank, |found| self.all.cell(self.cells[found]))
    }
}

fn too_much_text() -> Fault {
    too_large(
        "texterna på bladet är tillsammans längre än 64 MiB. Dela upp den",
        "the texts on its sheet are longer than 64 MiB together. Split it",
    )
}

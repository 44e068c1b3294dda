//! A sheet as received: a header and records of cells, before anything is known of what they mean.
//!
//! A text file is never held twice: its records are read from its bytes each time they are asked for.

use std::borrow::Cow;
use std::sync::OnceLock;

use chrono::{NaiveDate, NaiveDateTime};

use super::text::Body;
use super::workbook::{Cells as SheetCells, SheetRow};

/// One sheet of a file.
#[derive(Debug)]
pub struct Table<'a> {
    /// Name of the sheet; none for text files.
    pub sheet: Option<String>,
    /// The first record's cells.
    pub header: Vec<String>,
    /// Number of the header's record.
    pub(super) header_row: i64,
    /// The records below it.
    pub(super) records: Records<'a>,
    /// Which columns of the header have something below it, once that is known.
    pub(super) filled: OnceLock<Vec<bool>>,
    /// Filled rows that nobody sees in a sheet, from the first to the last.
    pub(super) hidden_rows: Vec<(i64, i64)>,
    /// Filled columns that nobody sees in a sheet.
    pub(super) hidden_columns: Vec<usize>,
    /// What a sheet shows otherwise than it stores, though it is the same: of each column the first cell.
    pub(super) otherwise: Vec<Otherwise>,
}

/// A cell that shows something else than it stores, and how many of its column do so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Otherwise {
    pub(super) how: How,
    /// The first cell's row.
    pub(super) row: i64,
    /// The column, counted from 0.
    pub(super) column: usize,
    /// Cells of the column.
    pub(super) count: usize,
    /// What the first stores.
    pub(super) stored: String,
    /// What the first shows.
    pub(super) shown: String,
}

/// How a cell shows something else than it stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// A number rounded, or not at all.
    Rounded,
    /// A day without its year, month or day.
    PartOfDay,
}

/// Where the records of a table are.
#[derive(Debug)]
pub(super) enum Records<'a> {
    /// In the text of a file.
    Text(Body<'a>),
    /// Read from a workbook's sheet.
    Sheet(SheetCells),
}

/// One record.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Number of the record; the header is 1.
    pub number: i64,
    cells: Cells<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Cells<'a> {
    Text(&'a csv::StringRecord),
    Sheet(SheetRow<'a>),
}

/// What a cell holds. A text file has texts alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<T> {
    /// Nothing, or blanks alone.
    Blank,
    /// A text, blanks around it kept.
    Text(T),
    /// A number cell, written with as many digits as the workbook's program itself keeps (15).
    Number(T),
    /// A number cell whose format shows another number than it stores, as percent or thousands do.
    Scaled {
        /// The number stored.
        stored: T,
        /// What the cell shows.
        shown: T,
    },
    /// A number cell whose format shows zeros before it.
    Padded {
        /// The number stored.
        stored: T,
        /// What the cell shows.
        shown: T,
    },
    /// A date cell; `None` where it holds a time alone, or a day that no calendar has.
    Date(Option<NaiveDate>),
    /// A date cell with a time of day.
    Moment(NaiveDateTime),
    /// A truth value.
    Flag(bool),
    /// A formula where a value is asked for.
    Formula,
    /// A formula whose result is blank.
    BlankFormula,
    /// An error value such as `#N/A`.
    Error(T),
}

impl<'a> Table<'a> {
    /// The table of a text file.
    pub(super) fn of_text(header: Vec<String>, records: Records<'a>) -> Self {
        Self {
            sheet: None,
            header,
            header_row: 1,
            records,
            filled: OnceLock::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            otherwise: Vec::new(),
        }
    }

    /// Goes through the records in their order; blank ones are passed over but numbered.
    pub(crate) fn each<E>(
        &self,
        mut take: impl FnMut(Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        match &self.records {
            Records::Text(body) => body.each(take),
            Records::Sheet(cells) => cells.rows().try_for_each(|(number, row)| {
                take(Record {
                    number,
                    cells: Cells::Sheet(row),
                })
            }),
        }
    }

    /// Whether nothing stands in a column below its header. It is looked for once.
    pub(super) fn column_is_blank(&self, at: usize) -> bool {
        let filled = self.filled.get_or_init(|| {
            let mut filled = vec![false; self.header.len()];
            let all: Result<(), std::convert::Infallible> = self.each(|record| {
                for (at, _) in record.filled_cells() {
                    if let Some(filled) = filled.get_mut(at) {
                        *filled = true;
                    }
                }
                Ok(())
            });
            let Ok(()) = all;
            filled
        });
        !filled.get(at).copied().unwrap_or(false)
    }
}

impl Table<'_> {
    /// Whether its cells were parted by commas, which decimals may have too.
    pub(super) fn is_parted_by_commas(&self) -> bool {
        matches!(&self.records, Records::Text(body) if body.delimiter() == b',')
    }
}

impl<'a> Record<'a> {
    /// A record of a text file.
    pub(super) const fn of_text(number: i64, cells: &'a csv::StringRecord) -> Self {
        Self {
            number,
            cells: Cells::Text(cells),
        }
    }

    /// Whether it is a row of a sheet, whose cells have addresses.
    pub(super) const fn is_of_sheet(self) -> bool {
        matches!(self.cells, Cells::Sheet(_))
    }

    /// Number of its cells up to the last that holds something.
    pub(super) fn filled_width(self) -> usize {
        self.filled_cells().last().map_or(0, |(at, _)| at + 1)
    }

    /// Number of its cells.
    pub(crate) fn width(self) -> usize {
        match self.cells {
            Cells::Text(cells) => cells.len(),
            Cells::Sheet(row) => row.width(),
        }
    }

    /// The texts in its cells.
    pub(super) fn texts(self) -> impl Iterator<Item = &'a str> {
        self.filled_cells().filter_map(|(_, cell)| match cell {
            Cell::Text(text) => Some(text),
            _ => None,
        })
    }

    /// What stands in its cells, as it is taken where a column holds texts: a number and a date are texts there too.
    pub(super) fn shown(self) -> impl Iterator<Item = Cow<'a, str>> {
        self.filled_cells().filter_map(|(_, cell)| match cell {
            Cell::Text(text) | Cell::Number(text) => Some(Cow::Borrowed(text)),
            other => other.shown().map(Cow::Owned),
        })
    }

    /// Its filled cells with their columns, counted from 0.
    pub(super) fn filled_cells(self) -> impl Iterator<Item = (usize, Cell<&'a str>)> {
        let (text, sheet) = match self.cells {
            Cells::Text(cells) => (Some(cells), None),
            Cells::Sheet(row) => (None, Some(row)),
        };
        let texts = text.into_iter().flatten().map(Cell::Text).enumerate();
        let texts = texts.filter(|(_, cell)| !cell.is_blank());
        texts.chain(sheet.into_iter().flat_map(SheetRow::filled))
    }

    /// The cell at a place, blank past the last.
    pub(crate) fn cell(self, at: usize) -> Cell<&'a str> {
        match self.cells {
            Cells::Text(cells) => cells.get(at).map_or(Cell::Blank, Cell::Text),
            Cells::Sheet(row) => row.cell(at),
        }
    }
}

impl Cell<String> {
    /// The same, its texts where they are.
    pub(super) fn borrowed(&self) -> Cell<&str> {
        match self {
            Self::Blank => Cell::Blank,
            Self::Text(text) => Cell::Text(text),
            Self::Number(digits) => Cell::Number(digits),
            Self::Scaled { stored, shown } => Cell::Scaled { stored, shown },
            Self::Padded { stored, shown } => Cell::Padded { stored, shown },
            Self::Date(date) => Cell::Date(*date),
            Self::Moment(moment) => Cell::Moment(*moment),
            Self::Flag(flag) => Cell::Flag(*flag),
            Self::Formula => Cell::Formula,
            Self::BlankFormula => Cell::BlankFormula,
            Self::Error(code) => Cell::Error(code),
        }
    }
}

impl<T: AsRef<str>> Cell<T> {
    /// What stands in it, as text.
    pub(super) fn shown(&self) -> Option<String> {
        match self {
            Self::Blank => None,
            Self::Text(text)
            | Self::Number(text)
            | Self::Scaled { shown: text, .. }
            | Self::Padded { shown: text, .. }
            | Self::Error(text) => Some(text.as_ref().to_owned()),
            Self::Date(day) => day.map(|day| day.to_string()),
            Self::Moment(moment) => Some(moment.to_string()),
            Self::Flag(flag) => Some(flag.to_string()),
            Self::Formula | Self::BlankFormula => Some("=".to_owned()),
        }
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text.as_ref().trim().is_empty(),
            _ => false,
        }
    }
}

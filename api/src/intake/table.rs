//! A sheet as received: a header and records of cells, before anything is known of what they mean.
//!
//! A text file is never held twice: its records are read from its bytes each time they are asked for.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::text::Body;

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
}

/// Where the records of a table are.
#[derive(Debug)]
pub(super) enum Records<'a> {
    /// In the text of a file.
    Text(Body<'a>),
    /// Read from a workbook's sheet.
    Sheet(Vec<SheetRecord>),
}

/// A record of a workbook's sheet.
#[derive(Debug)]
pub(super) struct SheetRecord {
    /// Number of the sheet's row.
    pub(super) number: i64,
    /// Its cells from the first column on; trailing ones may be missing.
    pub(super) cells: Vec<Cell<String>>,
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
    Sheet(&'a [Cell<String>]),
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
    /// A date cell; `None` where it has a time of day.
    Date(Option<NaiveDate>),
    /// A truth value.
    Flag(bool),
    /// A formula where a value is asked for.
    Formula,
    /// An error value such as `#N/A`.
    Error,
}

impl Table<'_> {
    /// Goes through the records in their order; blank ones are passed over but numbered.
    pub(crate) fn each<E>(
        &self,
        mut take: impl FnMut(Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        match &self.records {
            Records::Text(body) => body.each(take),
            Records::Sheet(records) => records.iter().try_for_each(|record| {
                take(Record {
                    number: record.number,
                    cells: Cells::Sheet(&record.cells),
                })
            }),
        }
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

    /// Number of its cells up to the last that holds something.
    pub(super) fn filled_width(self) -> usize {
        let blank = |at: &usize| self.cell(*at).is_blank();
        (0..self.width())
            .rev()
            .find(|at| !blank(at))
            .map_or(0, |last| last + 1)
    }

    /// Number of its cells.
    pub(crate) fn width(self) -> usize {
        match self.cells {
            Cells::Text(cells) => cells.len(),
            Cells::Sheet(cells) => cells.len(),
        }
    }

    /// The texts in its cells.
    pub(super) fn texts(self) -> impl Iterator<Item = &'a str> {
        (0..self.width()).filter_map(move |at| match self.cell(at) {
            Cell::Text(text) => Some(text),
            _ => None,
        })
    }

    /// What stands in its cells, as it is taken where a column holds texts: a number and a date are texts there too.
    pub(super) fn shown(self) -> impl Iterator<Item = Cow<'a, str>> {
        (0..self.width()).filter_map(move |at| match self.cell(at) {
            Cell::Text(text) | Cell::Number(text) => Some(Cow::Borrowed(text)),
            other => other.shown().map(Cow::Owned),
        })
    }

    /// The cell at a place, blank past the last.
    pub(crate) fn cell(self, at: usize) -> Cell<&'a str> {
        match self.cells {
            Cells::Text(cells) => cells.get(at).map_or(Cell::Blank, Cell::Text),
            Cells::Sheet(cells) => cells.get(at).map_or(Cell::Blank, Cell::borrowed),
        }
    }
}

impl Cell<String> {
    fn borrowed(&self) -> Cell<&str> {
        match self {
            Self::Blank => Cell::Blank,
            Self::Text(text) => Cell::Text(text),
            Self::Number(digits) => Cell::Number(digits),
            Self::Date(date) => Cell::Date(*date),
            Self::Flag(flag) => Cell::Flag(*flag),
            Self::Formula => Cell::Formula,
            Self::Error => Cell::Error,
        }
    }
}

impl<T: AsRef<str>> Cell<T> {
    /// What stands in it, as text.
    pub(super) fn shown(&self) -> Option<String> {
        match self {
            Self::Blank => None,
            Self::Text(text) | Self::Number(text) => Some(text.as_ref().to_owned()),
            Self::Date(day) => day.map(|day| day.to_string()),
            Self::Flag(flag) => Some(flag.to_string()),
            Self::Formula => Some("=".to_owned()),
            Self::Error => Some("#".to_owned()),
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

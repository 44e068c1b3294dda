//! A sheet as received: a header and records of cells, before anything is known of what they mean.

use chrono::NaiveDate;

/// One sheet of a file.
#[derive(Debug, Default)]
pub struct Table {
    /// Name of the sheet; none for text files.
    pub sheet: Option<String>,
    /// The first record's cells.
    pub header: Vec<String>,
    /// The records below it; blank ones are passed over but numbered.
    pub records: Vec<Record>,
}

/// One record.
#[derive(Debug)]
pub struct Record {
    /// Number of the record; the header is 1.
    pub number: i64,
    /// Its cells from the first column on; trailing ones may be missing.
    pub cells: Vec<Cell>,
}

/// What a cell holds. A text file has texts alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing, or blanks alone.
    Blank,
    /// A text, blanks around it kept.
    Text(String),
    /// A number cell, written with as many digits as the workbook's program itself keeps (15).
    Number(String),
    /// A date cell; `None` where it has a time of day.
    Date(Option<NaiveDate>),
    /// A truth value.
    Flag(bool),
    /// A formula where a value is asked for.
    Formula,
    /// An error value such as `#N/A`.
    Error,
}

impl Cell {
    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

impl Record {
    /// Whether nothing stands in any cell.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

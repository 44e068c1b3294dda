//! Rows in a temporary file without a name: a cell is one byte that says what it is, and its text with its length before it.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write};

use crate::graphql::exported::{Cell, Row};

/// What a cell begins with.
const EMPTY: u8 = 0;
const NUMBER: u8 = 1;
const TEXT: u8 = 2;
const FALSE: u8 = 3;
const TRUE: u8 = 4;

/// Rows that are being kept.
pub(super) struct Spooling(BufWriter<File>);

/// Rows that are kept, all of the same width.
pub(super) struct Spool {
    file: File,
    width: usize,
    count: u64,
}

impl Spooling {
    /// Nothing is kept yet.
    pub(super) fn begin() -> io::Result<Self> {
        Ok(Self(BufWriter::new(tempfile::tempfile()?)))
    }

    /// Keeps a row.
    pub(super) fn put(&mut self, row: &[Cell]) -> io::Result<()> {
        for cell in row {
            match cell {
                Cell::Empty => self.0.write_all(&[EMPTY])?,
                Cell::Flag(false) => self.0.write_all(&[FALSE])?,
                Cell::Flag(true) => self.0.write_all(&[TRUE])?,
                Cell::Number(digits) => self.text(NUMBER, digits)?,
                Cell::Text(text) => self.text(TEXT, text)?,
            }
        }
        Ok(())
    }

    fn text(&mut self, begins: u8, text: &str) -> io::Result<()> {
        let length = u32::try_from(text.len()).map_err(|_| ErrorKind::FileTooLarge)?;
        self.0.write_all(&[begins])?;
        self.0.write_all(&length.to_le_bytes())?;
        self.0.write_all(text.as_bytes())
    }

    /// What is kept: so many rows of so many cells.
    pub(super) fn end(self, width: usize, count: u64) -> io::Result<Spool> {
        let file = self
            .0
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        Ok(Spool { file, width, count })
    }
}

impl Spool {
    /// The rows from the first on, read one by one. Whoever reads them is alone: they are read by one place in the file.
    pub(super) fn rows(&self) -> io::Result<impl Iterator<Item = io::Result<Row>>> {
        let mut file = &self.file;
        file.rewind()?;
        let mut from = BufReader::new(file);
        let width = self.width;
        let row = move |_| (0..width).map(|_| cell(&mut from)).collect();
        Ok((0..self.count).map(row))
    }
}

fn cell(from: &mut impl Read) -> io::Result<Cell> {
    let mut begins = [EMPTY];
    from.read_exact(&mut begins)?;
    Ok(match begins[0] {
        EMPTY => Cell::Empty,
        FALSE => Cell::Flag(false),
        TRUE => Cell::Flag(true),
        NUMBER => Cell::Number(text(from)?),
        _ => Cell::Text(text(from)?),
    })
}

fn text(from: &mut impl Read) -> io::Result<String> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| ErrorKind::InvalidData)?];
    from.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_went_and_as_often_as_they_are_read() {
        let rows = [
            vec![
                Cell::Empty,
                Cell::Number("-1.50".to_owned()),
                Cell::Flag(true),
            ],
            vec![
                Cell::Text("å,\n\"".to_owned()),
                Cell::Text(String::new()),
                Cell::Flag(false),
            ],
        ];
        let mut spooling = Spooling::begin().expect("a file");
        for row in &rows {
            spooling.put(row).expect("kept");
        }
        let spool = spooling.end(3, 2).expect("kept");
        for _ in 0..2 {
            let read: io::Result<Vec<Row>> = spool.rows().expect("rows").collect();
            assert_eq!(read.expect("rows"), rows);
        }
    }
}

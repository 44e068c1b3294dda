//! A table as CSV: for programs, or for a spreadsheet in Swedish.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::table::Table;
use super::written::NotWritten;
use crate::graphql::exported::{Cell, Column};

/// For whom a text file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Commas between cells, decimal points, UTF-8, one line feed.
    #[default]
    Programs,
    /// Semicolons, decimal commas, and a byte order mark, as spreadsheets set to Swedish read it.
    Excel,
}

impl Dialect {
    /// The dialect with a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "programs" => Some(Self::Programs),
            "excel" => Some(Self::Excel),
            _ => None,
        }
    }
}

/// Writes a table.
///
/// # Errors
/// It cannot be read or written.
pub(super) fn write<W: Write>(table: &Table, dialect: Dialect, out: W) -> Result<W, NotWritten> {
    let mut rows = Rows::begin(out, &table.columns, dialect)?;
    for row in table.rows()? {
        rows.put(&row?)?;
    }
    Ok(rows.end()?)
}

/// Rows that are written one by one.
pub(super) struct Rows<W: Write> {
    writer: Writer<W>,
    dialect: Dialect,
}

impl<W: Write> Rows<W> {
    /// Writes the names of the columns.
    pub(super) fn begin(
        mut out: W,
        columns: &[Column],
        dialect: Dialect,
    ) -> Result<Self, NotWritten> {
        let mut builder = WriterBuilder::new();
        if dialect == Dialect::Excel {
            out.write_all("\u{feff}".as_bytes())?;
            builder.delimiter(b';').terminator(Terminator::CRLF);
        }
        let mut writer = builder.from_writer(out);
        writer.write_record(columns.iter().map(|column| &column.name))?;
        Ok(Self { writer, dialect })
    }

    /// Writes a row.
    pub(super) fn put(&mut self, row: &[Cell]) -> Result<(), csv::Error> {
        for cell in row {
            self.writer
                .write_field(text(cell, self.dialect).as_bytes())?;
        }
        self.writer.write_record(None::<&[u8]>)
    }

    /// What was written to.
    pub(super) fn end(self) -> io::Result<W> {
        self.writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)
    }
}

fn text(cell: &Cell, dialect: Dialect) -> Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Flag(flag) => flag.to_string().into(),
        Cell::Number(digits) if dialect == Dialect::Excel => digits.replace('.', ",").into(),
        Cell::Number(digits) => digits.into(),
        Cell::Text(text) => neutral(text).into(),
    }
}

/// A text that no spreadsheet takes for a formula: an apostrophe goes before what begins like one.
#[must_use]
pub fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let number = |digits: &str| Cell::Number(digits.to_owned());
        let text = |text: &str| Cell::Text(text.to_owned());
        Table::of(
            "{ rounds { totalCount nodes { code availableAmount } } }",
            &[
                vec![number("2"), text("=1+1"), number("-12.50")],
                vec![number("2"), text("a;b,\"c\""), Cell::Empty],
            ],
        )
    }

    #[test]
    fn programs_and_spreadsheets_read_the_same_numbers() {
        let programs = write(&table(), Dialect::Programs, Vec::new()).expect("a file");
        assert_eq!(
            String::from_utf8(programs).expect("a text"),
            "rounds.totalCount,code,availableAmount\n2,'=1+1,-12.50\n2,\"a;b,\"\"c\"\"\",\n"
        );
        let excel = write(&table(), Dialect::Excel, Vec::new()).expect("a file");
        assert_eq!(
            String::from_utf8(excel).expect("a text"),
            "\u{feff}rounds.totalCount;code;availableAmount\r\n2;'=1+1;-12,50\r\n2;\"a;b,\"\"c\"\"\";\r\n"
        );
    }
}

//! A table as CSV: for programs, or for a spreadsheet in Swedish.

use csv::{Terminator, WriterBuilder};

use crate::graphql::exported::{Cell, Table};

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

/// The bytes of a table.
///
/// # Errors
/// A mistake in the program.
pub fn write(table: &Table, dialect: Dialect) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = Vec::new();
    if dialect == Dialect::Excel {
        bytes.extend_from_slice("\u{feff}".as_bytes());
    }
    let mut builder = WriterBuilder::new();
    if dialect == Dialect::Excel {
        builder.delimiter(b';').terminator(Terminator::CRLF);
    }
    let mut writer = builder.from_writer(&mut bytes);
    writer.write_record(table.columns.iter().map(|column| &column.name))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| text(cell, dialect)))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

fn text(cell: &Cell, dialect: Dialect) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Number(digits) if dialect == Dialect::Excel => digits.replace('.', ","),
        Cell::Number(digits) => digits.clone(),
        Cell::Text(text) => neutral(text),
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
    use crate::graphql::exported::layout;

    fn table() -> Table {
        let document = "{ rounds { totalCount nodes { code availableAmount } } }";
        let columns = layout(document, None).expect("a table").columns;
        let number = |digits: &str| Cell::Number(digits.to_owned());
        let text = |text: &str| Cell::Text(text.to_owned());
        Table {
            columns,
            rows: vec![
                vec![number("2"), text("=1+1"), number("-12.50")],
                vec![number("2"), text("a;b,\"c\""), Cell::Empty],
            ],
            left_out: Vec::new(),
        }
    }

    #[test]
    fn programs_and_spreadsheets_read_the_same_numbers() {
        let programs = write(&table(), Dialect::Programs).expect("a file");
        assert_eq!(
            String::from_utf8(programs).expect("a text"),
            "rounds.totalCount,code,availableAmount\n2,'=1+1,-12.50\n2,\"a;b,\"\"c\"\"\",\n"
        );
        let excel = write(&table(), Dialect::Excel).expect("a file");
        assert_eq!(
            String::from_utf8(excel).expect("a text"),
            "\u{feff}rounds.totalCount;code;availableAmount\r\n2;'=1+1;-12,50\r\n2;\"a;b,\"\"c\"\"\";\r\n"
        );
    }
}

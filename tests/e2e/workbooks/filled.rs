//! A template in the hands of the person who fills it in: cells are set by header, rows are deleted, the book is saved.

use std::io::Cursor;

use umya_spreadsheet::{SheetStateValues, Workbook, Worksheet, reader, writer};

/// A workbook that is being filled in.
pub(super) struct Filled {
    book: Workbook,
    sheet: String,
}

/// What is written into a cell.
pub(super) enum Input {
    Text(&'static str),
    Kronor(i32),
    Day(i32),
}

impl Filled {
    /// Opens a template at the sheet of its kind.
    pub(super) fn open(bytes: &[u8], sheet: &str) -> Self {
        let book = reader::xlsx::read_reader(Cursor::new(bytes), true).expect("a workbook");
        Self {
            book,
            sheet: sheet.to_owned(),
        }
    }

    /// The sheet of the kind.
    pub(super) fn sheet(&self) -> &Worksheet {
        self.book.sheet_by_name(&self.sheet).expect("the sheet")
    }

    /// The names of all sheets, and whether a person sees them.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        let all = self.book.sheet_collection().iter();
        all.map(|sheet| {
            (
                sheet.name().to_owned(),
                matches!(sheet.state(), SheetStateValues::Visible),
            )
        })
        .collect()
    }

    /// Every text of a sheet.
    pub(super) fn texts(&self, sheet: &str) -> String {
        let sheet = self.book.sheet_by_name(sheet).expect("the sheet");
        let cells = sheet.cells_sorted();
        let values = cells.iter().map(|cell| cell.value().into_owned());
        values.collect::<Vec<_>>().join("\n")
    }

    /// The column with a header, counted from 1.
    pub(super) fn column(&self, header: &str) -> u32 {
        let sheet = self.sheet();
        (1..100)
            .find(|at| sheet.value((*at, 1)) == header)
            .unwrap_or_else(|| panic!("{header} is a header"))
    }

    /// The headers in their order.
    pub(super) fn headers(&self) -> Vec<String> {
        let sheet = self.sheet();
        (1..100)
            .map(|at| sheet.value((at, 1)))
            .take_while(|header| !header.is_empty())
            .collect()
    }

    /// The cells under a header, down to the last prepared row.
    pub(super) fn under(&self, header: &str) -> Vec<String> {
        let column = self.column(header);
        let sheet = self.sheet();
        (2..2000)
            .take_while(|row| {
                !sheet.value((1, *row)).is_empty() || !sheet.value((2, *row)).is_empty()
            })
            .map(|row| sheet.value((column, row)))
            .collect()
    }

    /// The row in which a code stands under a header.
    pub(super) fn row_of(&self, header: &str, code: &str) -> u32 {
        let under = self.under(header);
        let at = under.iter().position(|value| value == code);
        u32::try_from(at.unwrap_or_else(|| panic!("{code} under {header}")) + 2).expect("a row")
    }

    /// Writes into a cell as a person would.
    pub(super) fn fill(&mut self, row: u32, header: &str, input: &Input) {
        let column = self.column(header);
        let sheet = self.book.sheet_by_name_mut(&self.sheet).expect("the sheet");
        let cell = sheet.cell_mut((column, row));
        match input {
            Input::Text(text) => cell.set_value_string(*text),
            Input::Kronor(number) | Input::Day(number) => cell.set_value_number(*number),
        };
    }

    /// Keeps the rows whose cell under a header is one of these, and deletes the others.
    pub(super) fn keep(&mut self, header: &str, codes: &[&str]) {
        let under = self.under(header);
        for (row, code) in (2..).zip(under).collect::<Vec<_>>().into_iter().rev() {
            if !codes.contains(&code.as_str()) {
                self.book.remove_row(&self.sheet, row, 1);
            }
        }
    }

    /// The bytes as saved.
    pub(super) fn save(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        writer::xlsx::write_writer(&self.book, &mut bytes).expect("a saved workbook");
        bytes
    }
}

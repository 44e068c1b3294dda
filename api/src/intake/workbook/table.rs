//! A sheet as a table: its first filled row is the header, and what a cell shows otherwise than it stores is noted.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::cells::Cells;
use super::format::Shows;
use super::formats::Formats;
use super::limits::{MOST_COLUMNS, MOST_OF_A_HEADER, damaged, too_long_headers};
use super::moments;
use super::sheet::{Piece, Raw, Written, each};
use super::strings::Strings;
use crate::intake::finding::Fault;
use crate::intake::table::{Cell, How, Otherwise, Records, Table};

/// Characters of a shown number that are told.
const MOST_SHOWN: usize = 100;

/// The texts of the first filled row of a sheet; none where nothing is filled, or the sheet is damaged before it.
pub(super) fn header(
    part: impl Read,
    strings: &Arc<Strings>,
    formats: &Formats,
) -> Option<Vec<String>> {
    let mut reading = Reading::of(strings, formats, false);
    let found = each(part, |piece| {
        let Piece::Cell(raw) = piece else {
            return Ok(ControlFlow::Continue(()));
        };
        if reading.header_row.is_some_and(|row| row != raw.row) {
            return Ok(ControlFlow::Break(()));
        }
        reading.cell(&raw)?;
        Ok(ControlFlow::Continue(()))
    });
    found.ok()?;
    reading.header_row.map(|_| reading.header)
}

/// The table of a sheet.
///
/// # Errors
/// `unreadable_workbook`, `workbook_too_large`.
pub(super) fn read(
    name: &str,
    part: impl Read,
    strings: &Arc<Strings>,
    formats: &Formats,
    from_1904: bool,
) -> Result<Table<'static>, Fault> {
    let mut reading = Reading::of(strings, formats, from_1904);
    each(part, |piece| {
        match piece {
            Piece::HiddenColumns(from, to) => {
                // No sheet has more ranges than columns.
                if reading.hidden_columns.len() < MOST_COLUMNS as usize {
                    reading.hidden_columns.push((from, to));
                }
            }
            Piece::HiddenRow(row) => reading.hidden_row = Some(row),
            Piece::Cell(raw) => reading.cell(&raw)?,
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(reading.table(name))
}

struct Reading<'r> {
    strings: &'r Strings,
    formats: &'r Formats,
    from_1904: bool,
    header_row: Option<u32>,
    header: Vec<String>,
    header_bytes: usize,
    cells: Cells,
    /// Which columns of the header have something below it.
    filled: Vec<bool>,
    hidden_columns: Vec<(u32, u32)>,
    /// The last row that nobody sees.
    hidden_row: Option<u32>,
    /// Rows that nobody sees, from the first to the last.
    hidden_rows: Vec<(i64, i64)>,
    otherwise: BTreeMap<(u32, How), Otherwise>,
}

impl<'r> Reading<'r> {
    fn of(strings: &'r Arc<Strings>, formats: &'r Formats, from_1904: bool) -> Self {
        Self {
            strings,
            formats,
            from_1904,
            header_row: None,
            header: Vec::new(),
            header_bytes: 0,
            cells: Cells::of(Arc::clone(strings)),
            filled: Vec::new(),
            hidden_columns: Vec::new(),
            hidden_row: None,
            hidden_rows: Vec::new(),
            otherwise: BTreeMap::new(),
        }
    }

    fn cell(&mut self, raw: &Raw<'_>) -> Result<(), Fault> {
        if raw.written == Written::Shared && !raw.formula {
            let index = raw.value.trim().parse().map_err(|_| damaged())?;
            let text = self.strings.get(index).ok_or_else(damaged)?;
            if text.trim().is_empty() {
                return Ok(());
            }
            if self.is_header(raw.row) {
                return self.name(raw.column, text);
            }
            self.below(raw);
            return self.cells.keep_shared((raw.row, raw.column), index);
        }
        let cell = self.converted(raw);
        if cell.is_blank() {
            return Ok(());
        }
        if self.is_header(raw.row) {
            return self.name(raw.column, &cell.shown().unwrap_or_default());
        }
        self.below(raw);
        self.cells.keep((raw.row, raw.column), &cell.borrowed())
    }

    /// Whether a row is the header, being the first with anything in it.
    fn is_header(&mut self, row: u32) -> bool {
        *self.header_row.get_or_insert(row) == row
    }

    fn name(&mut self, column: u32, text: &str) -> Result<(), Fault> {
        // A text that is shared counts each time.
        self.header_bytes += text.len();
        if self.header_bytes > MOST_OF_A_HEADER {
            return Err(too_long_headers());
        }
        self.header.resize(column as usize, String::new());
        self.header.push(text.to_owned());
        Ok(())
    }

    /// Notes that something stands below the header.
    fn below(&mut self, raw: &Raw<'_>) {
        let column = raw.column as usize;
        if column < self.header.len() {
            self.filled.resize(self.header.len(), false);
            self.filled[column] = true;
        }
        if self.hidden_row == Some(raw.row) {
            let row = i64::from(raw.row);
            match self.hidden_rows.last_mut() {
                Some((_, last)) if *last == row || *last + 1 == row => *last = row,
                _ => self.hidden_rows.push((row, row)),
            }
        }
    }

    fn converted(&mut self, raw: &Raw<'_>) -> Cell<String> {
        if raw.formula {
            return if raw.value.trim().is_empty() {
                Cell::BlankFormula
            } else {
                Cell::Formula
            };
        }
        let value = raw.value;
        match raw.written {
            Written::Text | Written::Shared => Cell::Text(value.to_owned()),
            Written::Flag => Cell::Flag(matches!(value.trim(), "1" | "true")),
            Written::Error => Cell::Error(value.trim().to_owned()),
            Written::Moment => {
                moments::of_text(value).map_or_else(|| Cell::Text(value.to_owned()), moments::cell)
            }
            Written::Number => self.number(raw),
        }
    }

    fn number(&mut self, raw: &Raw<'_>) -> Cell<String> {
        let Some(stored) = stored(raw.value.trim()) else {
            return Cell::Text(raw.value.to_owned());
        };
        let format = self.formats.of(raw.style);
        if format.is_general() {
            return Cell::Number(stored);
        }
        let Ok(exact) = stored.parse::<Decimal>() else {
            return Cell::Number(stored);
        };
        match format.shows(exact) {
            Shows::Itself => Cell::Number(stored),
            Shows::Padded(shown) => Cell::Padded { stored, shown },
            Shows::Other(mut shown) => {
                cut(&mut shown);
                Cell::Scaled { stored, shown }
            }
            Shows::Rounded(shown) => {
                self.note(raw, How::Rounded, &stored, shown);
                Cell::Number(stored)
            }
            Shows::Day { whole } => {
                let moment = moments::of_number(exact, self.from_1904);
                let cell = moment.map_or(Cell::Date(None), moments::cell);
                if let (false, Cell::Date(Some(day))) = (whole, &cell) {
                    self.note(raw, How::PartOfDay, &day.to_string(), String::new());
                }
                cell
            }
            Shows::Time => Cell::Date(None),
        }
    }

    /// Notes what a cell below the header shows otherwise than it stores; of a column the first, and how many.
    fn note(&mut self, raw: &Raw<'_>, how: How, stored: &str, mut shown: String) {
        if self.header_row.is_none_or(|row| row == raw.row) {
            return;
        }
        cut(&mut shown);
        let first = || Otherwise {
            how,
            row: i64::from(raw.row),
            column: raw.column as usize,
            count: 0,
            stored: stored.to_owned(),
            shown,
        };
        let noted = self
            .otherwise
            .entry((raw.column, how))
            .or_insert_with(first);
        noted.count += 1;
    }

    fn table(mut self, name: &str) -> Table<'static> {
        self.filled.resize(self.header.len(), false);
        let mut hidden = vec![false; self.header.len()];
        for (from, to) in &self.hidden_columns {
            let to = (*to as usize + 1).min(hidden.len());
            let from = (*from as usize).min(to);
            hidden[from..to].fill(true);
        }
        let columns = 0..self.header.len();
        let hidden_columns = columns
            .filter(|column| self.filled[*column] && hidden[*column])
            .collect();
        Table {
            sheet: Some(name.to_owned()),
            header: self.header,
            header_row: self.header_row.map_or(1, i64::from),
            records: Records::Sheet(self.cells),
            filled: self.filled.into(),
            hidden_rows: self.hidden_rows,
            hidden_columns,
            otherwise: self.otherwise.into_values().collect(),
        }
    }
}

fn cut(text: &mut String) {
    if let Some((at, _)) = text.char_indices().nth(MOST_SHOWN) {
        text.truncate(at);
        text.push('…');
    }
}

/// The number that is stored, with as many digits as the workbook's program keeps; none where it is no number.
fn stored(value: &str) -> Option<String> {
    // Most numbers are whole, and need no closer reading.
    let is_plain = value.len() <= 15
        && value.bytes().all(|byte| byte.is_ascii_digit())
        && (!value.starts_with('0') || value == "0");
    if is_plain && !value.is_empty() {
        return Some(value.to_owned());
    }
    let number = value.parse::<f64>().ok()?;
    number.is_finite().then(|| fifteen_digits(number))
}

/// The number as the workbook's program keeps and shows it: 15 significant digits, no exponent.
///
/// A sum such as 0.1 + 0.2 is stored as 0.30000000000000004 and means 0.3.
fn fifteen_digits(number: f64) -> String {
    let scientific = format!("{number:.14e}");
    Decimal::from_scientific(&scientific)
        .map_or(scientific, |decimal| decimal.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_program_shows_them() {
        assert_eq!(fifteen_digits(29348.1), "29348.1");
        assert_eq!(fifteen_digits(0.1 + 0.2), "0.3");
        assert_eq!(fifteen_digits(1_234_567_890.12), "1234567890.12");
        assert_eq!(fifteen_digits(1.005), "1.005");
        assert_eq!(fifteen_digits(-0.5), "-0.5");
        for (value, digits) in [
            ("120986", "120986"),
            ("0", "0"),
            ("007", "7"),
            ("1.0", "1"),
            ("1E+3", "1000"),
            ("123456789012345678", "123456789012346000"),
        ] {
            assert_eq!(stored(value).as_deref(), Some(digits), "{value}");
        }
        for value in ["", "x", "nan", "inf", "1e999"] {
            assert_eq!(stored(value), None, "{value}");
        }
    }
}

//! Workbooks (XLSX): the sheet of a kind as a table, read cell by cell so that a hostile sheet cannot fill the memory.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use chrono::{Datelike, NaiveDate};

use super::finding::Fault;
use super::rule::Rule;
use super::table::{Cell, Records, SheetRecord, Table};

/// Columns of a header at most.
const MOST_COLUMNS: usize = 500;

/// Cells of a sheet at most: about 200 MB while it is read.
const MOST_CELLS: usize = 5_000_000;

/// The sheets that Samsyn puts into workbooks beside the rows: a template's instructions, a marked copy's findings.
pub(crate) const OWN_SHEETS: [&str; 2] = ["Anvisningar", "Fynd"];

/// A workbook whose unpacked size has been checked.
pub(super) struct Workbook<'a>(Xlsx<Cursor<&'a [u8]>>);

impl<'a> Workbook<'a> {
    /// Opens a workbook after counting what it unpacks to, which its own header may lie about.
    ///
    /// # Errors
    /// `workbook_too_large` or `unreadable_workbook`.
    pub(super) fn open(bytes: &'a [u8], most_unpacked: u64) -> Result<Self, Fault> {
        check_size(bytes, most_unpacked)?;
        let workbook =
            Xlsx::new(Cursor::new(bytes)).map_err(|_| Fault::file(Rule::UnreadableWorkbook))?;
        Ok(Self(workbook))
    }

    /// The names of the sheets that a person sees, in their order: hidden ones hold a template's lists.
    ///
    /// Sheets that Samsyn itself put there are left out, unless there are no others.
    pub(super) fn sheets(&self) -> Vec<String> {
        let visible = |sheet: &&calamine::Sheet| sheet.visible == calamine::SheetVisible::Visible;
        let sheets = self.0.sheets_metadata().iter().filter(visible);
        let all: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
        let own = |sheet: &String| !OWN_SHEETS.contains(&sheet.as_str());
        let senders: Vec<String> = all.iter().filter(|sheet| own(sheet)).cloned().collect();
        if senders.is_empty() { all } else { senders }
    }

    /// The number of the first row of a sheet with anything in it.
    pub(super) fn header_row(&mut self, sheet: &str) -> Option<i64> {
        let mut cells = self.0.worksheet_cells_reader(sheet).ok()?;
        while let Some(found) = cells.next_cell_with_formula_metadata().ok()? {
            if found.formula.is_some() || !convert(&found.value).is_blank() {
                return Some(i64::from(found.pos.0) + 1);
            }
        }
        None
    }

    /// The names of all sheets, hidden ones too.
    pub(super) fn all_sheets(&self) -> Vec<String> {
        let sheets = self.0.sheets_metadata().iter();
        sheets.map(|sheet| sheet.name.clone()).collect()
    }

    /// The table of one sheet.
    ///
    /// # Errors
    /// `unreadable_workbook`.
    pub(super) fn table(&mut self, sheet: &str) -> Result<Table<'static>, Fault> {
        let unreadable = || Fault::file(Rule::UnreadableWorkbook);
        let mut cells = self
            .0
            .worksheet_cells_reader(sheet)
            .map_err(|_| unreadable())?;
        let mut rows: Vec<SheetRecord> = Vec::new();
        let mut width = None;
        let mut left = MOST_CELLS;
        // The metadata form never expands shared formulas, whose index a hostile file chooses.
        while let Some(found) = cells
            .next_cell_with_formula_metadata()
            .map_err(|_| unreadable())?
        {
            let (row, column) = found.pos;
            let cell = if found.formula.is_some() {
                Cell::Formula
            } else {
                convert(&found.value)
            };
            if cell.is_blank() {
                continue;
            }
            let number = i64::from(row) + 1;
            if rows.last().is_none_or(|record| record.number != number) {
                // The first row is the header: what stands past it is counted, not kept.
                width = width.or_else(|| rows.last().map(|header| header.cells.len()));
                rows.push(SheetRecord {
                    number,
                    cells: Vec::new(),
                });
            }
            let most = width.map_or(MOST_COLUMNS, |width| width + 1);
            let column = (column as usize).min(most.saturating_sub(1));
            let Some(record) = rows.last_mut() else {
                continue;
            };
            let more = (column + 1).saturating_sub(record.cells.len());
            left = left
                .checked_sub(more)
                .ok_or_else(|| Fault::file(Rule::WorkbookTooLarge))?;
            if more > 0 {
                record.cells.resize(column + 1, Cell::Blank);
            }
            record.cells[column] = cell;
        }
        Ok(table_of(sheet, rows))
    }
}

fn table_of(sheet: &str, mut rows: Vec<SheetRecord>) -> Table<'static> {
    let header_row = rows.first().map_or(1, |header| header.number);
    let header = if rows.is_empty() {
        Vec::new()
    } else {
        rows.remove(0).cells.iter().map(header_text).collect()
    };
    Table {
        sheet: Some(sheet.to_owned()),
        header_row,
        header,
        records: Records::Sheet(rows),
    }
}

fn header_text(cell: &Cell<String>) -> String {
    match cell {
        Cell::Text(text) | Cell::Number(text) => text.clone(),
        _ => String::new(),
    }
}

/// Unpacks every part into nothing and counts.
pub(super) fn check_size(bytes: &[u8], most: u64) -> Result<(), Fault> {
    let unreadable = |_| Fault::file(Rule::UnreadableWorkbook);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut left = most;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(unreadable)?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|_| Fault::file(Rule::UnreadableWorkbook))?;
        left = left
            .checked_sub(unpacked)
            .ok_or_else(|| Fault::file(Rule::WorkbookTooLarge))?;
    }
    Ok(())
}

fn convert(value: &DataRef<'_>) -> Cell<String> {
    match value {
        DataRef::Empty => Cell::Blank,
        DataRef::Int(number) => Cell::Number(number.to_string()),
        DataRef::Float(number) => Cell::Number(fifteen_digits(*number)),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(moment) => Cell::Date(civil_date(moment)),
        DataRef::DateTimeIso(text) => {
            let day = text.strip_suffix("T00:00:00").unwrap_or(text);
            Cell::Text(day.to_owned())
        }
        DataRef::DurationIso(_) | DataRef::Error(_) => Cell::Error,
    }
}

fn civil_date(moment: &calamine::ExcelDateTime) -> Option<NaiveDate> {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let midnight = (hour, minute, second, milli) == (0, 0, 0, 0);
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))?;
    (midnight && moment.is_datetime() && date.year() > 1900).then_some(date)
}

/// The number as the workbook's program keeps and shows it: 15 significant digits, no exponent.
///
/// A sum such as 0.1 + 0.2 is stored as 0.30000000000000004 and means 0.3.
fn fifteen_digits(number: f64) -> String {
    let scientific = format!("{number:.14e}");
    rust_decimal::Decimal::from_scientific(&scientific)
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
    }
}

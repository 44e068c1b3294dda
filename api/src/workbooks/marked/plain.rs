//! Workbooks to mark where the sender sent none: the cells of a text file as texts, or nothing but the overview.

use std::convert::Infallible;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::cells::{LAST_COLUMN, LAST_ROW};
use crate::intake::{Cell, OWN_SHEETS, Table};

/// Letters that a cell may hold.
const MOST_LETTERS: usize = 32_767;

/// The cells of a text file in a sheet, none of them taken for a number, a date or a formula; none where they are too
/// many for a sheet.
pub(super) fn of_table(table: &Table<'_>, sheet_name: &str) -> Option<Result<Vec<u8>, XlsxError>> {
    let (mut last, mut width) = (1, table.header.len());
    let measured = table.each(|record| {
        last = last.max(record.number);
        width = width.max(record.width());
        Ok::<(), Infallible>(())
    });
    let fits = measured.is_ok()
        && last <= i64::from(LAST_ROW)
        && u32::try_from(width).is_ok_and(|width| width <= LAST_COLUMN);
    fits.then(|| write(table, sheet_name))
}

/// A workbook whose one sheet will give way to the overview.
pub(super) fn blank() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook()?;
    workbook.add_worksheet().set_name(OWN_SHEETS[1])?;
    workbook.save_to_buffer()
}

fn workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    // A time of its own would make the bytes differ from one marking to the next.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(workbook)
}

fn write(table: &Table<'_>, sheet_name: &str) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet().set_name(sheet_name)?;
    let text = Format::new().set_num_format("@").set_quote_prefix();
    let bold = Format::new()
        .set_num_format("@")
        .set_quote_prefix()
        .set_bold();
    let cut = |words: &str| -> String {
        if words.chars().nth(MOST_LETTERS).is_none() {
            return words.to_owned();
        }
        let kept = words.chars().take(MOST_LETTERS - 1);
        kept.chain(['…']).collect()
    };
    for (column, words) in (0_u16..).zip(&table.header) {
        sheet.write_string_with_format(0, column, cut(words), &bold)?;
        sheet.set_column_width(column, 18)?;
    }
    table.each(|record| {
        let row = u32::try_from(record.number - 1).unwrap_or(0);
        for (column, at) in (0_u16..).zip(0..record.width()) {
            if let Cell::Text(words) | Cell::Number(words) = record.cell(at)
                && !words.is_empty()
            {
                sheet.write_string_with_format(row, column, cut(words), &text)?;
            }
        }
        Ok::<(), XlsxError>(())
    })?;
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

//! A sheet with a table: real numbers, with numbers and codes of figures as notes and beside them.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Note, Worksheet, XlsxError};

use super::super::shown::{cell, figure, header, numbers, remarks, text};
use super::AUTHOR;
use super::formats::{
    apart, bold, header_format, number_format, to_the_left, to_the_right, wrapped,
};
use crate::reports::Language;
use crate::reports::report::{Row, Section, Table};

/// The row of the headers, counted from 0; above it stands the title.
const HEADERS: u32 = 1;

/// How high a line of text is, in points, and how many lines a row has at most.
const LINE: u16 = 15;
const MOST_LINES: u16 = 20;

/// The sheet of a table.
pub(super) fn table(
    section: &Section,
    table: &Table,
    language: Language,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet
        .set_name(&table.number)?
        .set_freeze_panes(HEADERS + 1, 0)?
        .set_repeat_rows(HEADERS, HEADERS)?;
    let title = format!("{} {}", table.number, text(&table.title, language));
    sheet.write_string_with_format(0, 0, title, &bold())?;
    let widths = (0..table.columns.len()).map(|at| width(section, table, at, language));
    let widths: Vec<u16> = widths.collect();
    for ((at, column), width) in (0..).zip(&table.columns).zip(&widths) {
        sheet.write_string_with_format(HEADERS, at, header(column, language), &header_format())?;
        let key = Note::new(&column.key).set_author(AUTHOR);
        sheet.insert_note(HEADERS, at, &key)?;
        sheet.set_column_width(at, *width)?;
    }
    let numbered = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    let has_figures = table.columns.iter().any(|column| !column.is_label);
    if has_figures {
        let title = language.of(["Nr", "No."]);
        sheet.write_string_with_format(HEADERS, numbered, title, &header_format())?;
        sheet.set_column_width(numbered, 16)?;
    }
    // Three lines of a header.
    sheet.set_row_height(HEADERS, 46)?;
    let mut at = HEADERS + 1;
    for row in &table.rows {
        let lines = lines(section, row, &widths, language);
        if lines > 1 {
            sheet.set_row_height(at, lines * LINE)?;
        }
        for (column, one) in (0..).zip(&row.cells) {
            let Some(numbered) = figure(section, one) else {
                let words = cell(section, one, language);
                match words.parse::<u16>() {
                    // A year is sorted and filtered as a number; codes keep their zeros.
                    Ok(year) if year.to_string() == words => {
                        sheet.write_number_with_format(at, column, year, &to_the_left())?
                    }
                    _ => sheet.write_string_with_format(at, column, words, &wrapped())?,
                };
                continue;
            };
            let found = &numbered.figure;
            let shown = found.value.shown(found.unit, language);
            match found.value.number().ok().and_then(|value| value.to_f64()) {
                Some(value) => {
                    sheet.write_number_with_format(at, column, value, &number_format(found.unit))?
                }
                None => sheet.write_string_with_format(at, column, shown, &to_the_right())?,
            };
            let note = format!("{}\n{}", numbered.number, found.code);
            sheet.insert_note(at, column, &Note::new(note).set_author(AUTHOR))?;
        }
        if has_figures {
            sheet.write_string_with_format(at, numbered, numbers(section, row), &apart())?;
        }
        at += 1;
    }
    let last = if has_figures {
        numbered
    } else {
        numbered.saturating_sub(1)
    };
    sheet.autofilter(HEADERS, 0, at - 1, last)?;
    for remark in remarks(section, table, language) {
        at += 1;
        sheet.write_string(at, 0, remark)?;
    }
    Ok(sheet)
}

/// How many lines a row needs: not every program makes rows as high as their texts.
fn lines(section: &Section, row: &Row, widths: &[u16], language: Language) -> u16 {
    let each = row.cells.iter().zip(widths).map(|(one, width)| {
        let letters = cell(section, one, language).chars().count();
        letters.div_ceil(usize::from(*width).saturating_sub(2).max(1))
    });
    let most = each.max().and_then(|lines| u16::try_from(lines).ok());
    most.unwrap_or(1).clamp(1, MOST_LINES)
}

/// How wide a column is, in letters: names as their texts ask for, figures all alike.
fn width(section: &Section, table: &Table, at: usize, language: Language) -> u16 {
    let is_label = table.columns.get(at).is_some_and(|one| one.is_label);
    if !is_label {
        return 18;
    }
    let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
    let lengths = cells.map(|one| cell(section, one, language).chars().count());
    let longest = lengths.max().unwrap_or(0).clamp(10, 80);
    u16::try_from(longest + 2).unwrap_or(80)
}

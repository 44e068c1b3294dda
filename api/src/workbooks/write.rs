//! A template as a workbook: the sheet of the kind, the instructions, and the lists behind the drop-downs.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, Timelike};
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::instructions;
use super::rows::{Filled, Shown};
use super::template::{Error, Template};
use super::validation::validation;
use super::wording;
use crate::intake::{Column, Holds};

/// The hidden sheet of the lists.
const LISTS: &str = "Listor";

/// The last row of a sheet, counted from 0.
const LAST_ROW: u32 = 1_048_575;

/// Who writes notes and documents.
pub(super) const AUTHOR: &str = "Samsyn";

impl Template {
    /// The workbook's bytes; the same template gives the same bytes.
    ///
    /// # Errors
    /// A mistake in the program.
    pub fn write(&self) -> Result<Vec<u8>, Error> {
        let mut workbook = Workbook::new();
        let properties = DocProperties::new()
            .set_title(wording::kind(self.kind).0)
            .set_author(AUTHOR)
            .set_creation_datetime(&made(self.made)?);
        workbook.set_properties(&properties);
        let mut ranges = HashMap::new();
        let lists = self.write_lists(&mut ranges)?;
        let mut sheet = Worksheet::new();
        self.write_sheet(&mut sheet, &ranges)?;
        workbook.push_worksheet(sheet);
        workbook.push_worksheet(instructions::sheet(self)?);
        if let Some(lists) = lists {
            workbook.push_worksheet(lists);
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn write_sheet(
        &self,
        sheet: &mut Worksheet,
        ranges: &HashMap<&'static str, String>,
    ) -> Result<(), XlsxError> {
        sheet.set_name(self.kind.code())?.set_active(true);
        for (at, shown) in (0..).zip(&self.shown) {
            let cells = cell_format(*shown);
            sheet.set_column_width(at, width(*shown))?;
            sheet.set_column_format(at, &cells)?;
            sheet.write_string_with_format(0, at, shown.header(), &header_format(*shown))?;
            sheet.insert_note(0, at, &self.note(*shown))?;
            if let Shown::Asked(column) = shown
                && let Some(rule) = validation(column, ranges.get(column.name))?
            {
                sheet.add_data_validation(1, at, LAST_ROW, at, &rule)?;
            }
            for (row, filled) in (1..).zip(&self.rows) {
                write_cell(sheet, row, at, &filled[usize::from(at)], &cells)?;
            }
        }
        sheet.set_row_height(0, 32)?;
        let named = self
            .shown
            .iter()
            .position(|shown| matches!(shown, Shown::Beside(_)));
        let still = named.filter(|at| *at < 5).map_or(0, |at| at + 1);
        sheet.set_freeze_panes(1, u16::try_from(still).unwrap_or(0))?;
        if let (Ok(last_row), Ok(last)) = (
            u32::try_from(self.rows.len()),
            u16::try_from(self.shown.len().saturating_sub(1)),
        ) && last_row > 0
        {
            sheet.autofilter(0, 0, last_row, last)?;
        }
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        sheet.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            insert_links: true,
            delete_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
        Ok(())
    }

    /// What a header says when one points at it.
    fn note(&self, shown: Shown) -> Note {
        let text = match shown {
            Shown::Asked(column) => {
                let what = wording::column(self.kind, column.name)
                    .unwrap_or_default()
                    .0;
                let needed = if column.required {
                    "Krävs."
                } else {
                    "Får vara tom."
                };
                let mut text = format!("{what}.\n{needed}\n{}.", wording::format(column.holds).0);
                if let Holds::Choice(choices) = column.holds {
                    text.push_str(&format!("\nTillåtna: {}.", allowed(choices).join(", ")));
                }
                text
            }
            Shown::Beside(beside) => {
                format!(
                    "{}.\nHjälp för er; läses inte när filen skickas in.",
                    beside.words().0
                )
            }
        };
        Note::new(text)
            .set_author(AUTHOR)
            .add_author_prefix(false)
            .set_width(280)
            .set_height(130)
    }

    fn write_lists(
        &self,
        ranges: &mut HashMap<&'static str, String>,
    ) -> Result<Option<Worksheet>, XlsxError> {
        if self.lists.is_empty() {
            return Ok(None);
        }
        let mut sheet = Worksheet::new();
        sheet.set_name(LISTS)?.set_hidden(true);
        let text = Format::new().set_num_format("@");
        let bold = Format::new().set_bold();
        for (index, list) in (0_u16..).zip(&self.lists) {
            let (codes, names) = (2 * index, 2 * index + 1);
            let shown = self
                .shown
                .iter()
                .find(|shown| matches!(shown, Shown::Asked(column) if column.name == list.column));
            let header = shown.map_or(list.column, |shown| shown.header());
            sheet.write_string_with_format(0, codes, header, &bold)?;
            sheet.write_string_with_format(0, names, "namn", &bold)?;
            sheet
                .set_column_width(codes, 18)?
                .set_column_width(names, 48)?;
            for (row, (code, name)) in (1..).zip(&list.items) {
                sheet.write_string_with_format(row, codes, code, &text)?;
                sheet.write_string(row, names, name)?;
            }
            let column = rust_xlsxwriter::utility::column_number_to_name(codes);
            let last = list.items.len() + 1;
            ranges.insert(
                list.column,
                format!("={LISTS}!${column}$2:${column}${last}"),
            );
        }
        Ok(Some(sheet))
    }
}

/// The values of a closed list as they are offered: the Swedish word, else the code.
pub(super) fn allowed(choices: &[(&'static str, &'static str)]) -> Vec<&'static str> {
    let word = |(code, alias): &(&'static str, &'static str)| {
        if alias.is_empty() { *code } else { *alias }
    };
    choices.iter().map(word).collect()
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    filled: &Filled,
    format: &Format,
) -> Result<(), XlsxError> {
    match filled {
        Filled::Blank => sheet.write_blank(row, column, format)?,
        Filled::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
        // Workbooks hold doubles: 15 digits, more than any sum of the state needs.
        Filled::Money(amount) => match amount.kronor().to_f64() {
            Some(kronor) => sheet.write_number_with_format(row, column, kronor, format)?,
            None => sheet.write_string_with_format(row, column, amount.to_string(), format)?,
        },
        Filled::Date(day) => {
            sheet.write_datetime_with_format(row, column, &excel(*day)?, format)?
        }
    };
    Ok(())
}

/// A day as workbooks hold it.
pub(crate) fn excel(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, part(day.month()), part(day.day()))
}

/// The time that a document carries: the dataset's, to the second; never the clock's.
pub(crate) fn made(moment: Option<entity::Moment>) -> Result<ExcelDateTime, XlsxError> {
    let Some(moment) = moment else {
        return ExcelDateTime::from_ymd(2000, 1, 1);
    };
    let instant = moment.utc();
    let part = |number: u32| u8::try_from(number).unwrap_or(0);
    let hour = u16::try_from(instant.hour()).unwrap_or(0);
    excel(instant.date_naive())?.and_hms(hour, part(instant.minute()), part(instant.second()))
}

fn width(shown: Shown) -> u8 {
    let by_content = match shown {
        Shown::Asked(Column { holds, .. }) => match holds {
            Holds::FreeText | Holds::Codes => 40,
            Holds::Text => 30,
            Holds::Code(_) | Holds::Choice(_) => 16,
            Holds::Money => 15,
            _ => 13,
        },
        Shown::Beside(super::rows::Beside::Name) => 32,
        Shown::Beside(_) => 15,
    };
    let header = u8::try_from(shown.header().chars().count() + 4).unwrap_or(30);
    header.max(by_content)
}

/// Cells may be filled in, whatever the sheet's protection; codes are text, so that leading zeros stay.
fn cell_format(shown: Shown) -> Format {
    let format = Format::new().set_unlocked();
    match shown {
        Shown::Asked(column) => match column.holds {
            Holds::Code(_) | Holds::PlainCode | Holds::Codes | Holds::Choice(_) => {
                format.set_num_format("@")
            }
            Holds::Text | Holds::FreeText => format.set_num_format("@").set_text_wrap(),
            Holds::Money => format.set_num_format("#,##0.00"),
            Holds::Whole | Holds::Year => format.set_num_format("0"),
            Holds::Date => format.set_num_format("yyyy-mm-dd"),
            Holds::Decimal | Holds::Answer | Holds::Quantity | Holds::Flag => format,
        },
        Shown::Beside(beside) => {
            let format = format.set_font_color(GREY).set_italic();
            match beside.number_format() {
                Some(number) => format.set_num_format(number),
                None => format,
            }
        }
    }
}

const BLUE: Color = Color::RGB(0x1F_3864);
const PALE: Color = Color::RGB(0xD9_E2F3);
const GREY: Color = Color::RGB(0x59_5959);
const PALE_GREY: Color = Color::RGB(0xED_EDED);

fn header_format(shown: Shown) -> Format {
    let format = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin);
    match shown {
        Shown::Asked(column) if column.required => format
            .set_background_color(BLUE)
            .set_font_color(Color::White),
        Shown::Asked(_) => format.set_background_color(PALE),
        Shown::Beside(_) => format.set_background_color(PALE_GREY).set_font_color(GREY),
    }
}

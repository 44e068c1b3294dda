//! A report as a workbook: contents, a sheet a table with figure numbers and codes as notes, the register, the quality
//! declaration.

mod contents;
mod formats;
mod table;
mod texts;

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use super::shown::text;
use crate::reports::Language;
use crate::reports::report::Report;
use crate::workbooks::made;

use contents::contents;
use formats::{bold, headers, number_format, to_the_right, wrapped};
use table::table;
use texts::texts;

/// Who writes notes and documents.
const AUTHOR: &str = "Samsyn";

/// A4, as the format numbers papers.
const A4: u8 = 9;

/// The report's bytes as a workbook.
pub(super) fn write(report: &Report, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&report.title)
        .set_subject(report.registry_number.as_str())
        .set_author(AUTHOR)
        .set_creation_datetime(&made(Some(report.as_of.into()))?);
    workbook.set_properties(&properties);
    let mut sheets = vec![contents(report, language)?];
    for section in report.parts.iter().flat_map(|part| &part.sections) {
        for one in &section.tables {
            sheets.push(table(section, one, language)?);
        }
    }
    sheets.extend(texts(report, language)?);
    sheets.push(register(report, language)?);
    sheets.push(quality(report, language)?);
    for mut sheet in sheets {
        on_paper(&mut sheet, report);
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}

/// How a sheet is printed: its columns on one page, with the registry number and page numbers below.
fn on_paper(sheet: &mut Worksheet, report: &Report) {
    let number = report.registry_number.as_str();
    sheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_footer(format!("&L{number}&R&P (&N)"));
}

fn register(report: &Report, language: Language) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet
        .set_name(language.of(["Siffror", "Figures"]))?
        .set_freeze_panes(1, 0)?
        .set_repeat_rows(0, 0)?;
    let titles = language.of([
        [
            "Nr",
            "Kod",
            "Siffra",
            "Värde",
            "Enhet",
            "Definition",
            "Avrundning",
        ],
        [
            "No.",
            "Code",
            "Figure",
            "Value",
            "Unit",
            "Definition",
            "Rounding",
        ],
    ]);
    headers(&mut sheet, titles, [10, 60, 60, 20, 16, 60, 60])?;
    let sections = report.parts.iter().flat_map(|part| &part.sections);
    for (at, one) in (1..).zip(sections.flat_map(|section| &section.figures)) {
        let found = &one.figure;
        sheet
            .write_string(at, 0, &one.number)?
            .write_string(at, 1, found.code.as_str())?;
        sheet.write_string(at, 2, text(&found.title, language))?;
        match found.value.number().ok().and_then(|value| value.to_f64()) {
            Some(value) => {
                sheet.write_number_with_format(at, 3, value, &number_format(found.unit))?
            }
            None => sheet.write_string_with_format(at, 3, "–", &to_the_right())?,
        };
        sheet.write_string(at, 4, found.unit.label(language))?;
        sheet.write_string(at, 5, language.of(found.definition.formula))?;
        sheet.write_string(at, 6, found.unit.rounding(language))?;
    }
    Ok(sheet)
}

fn quality(report: &Report, language: Language) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(language.of(["Kvalitet", "Quality"]))?;
    sheet.set_column_width(0, 120)?;
    let wrapped = wrapped();
    let mut at = 0;
    for one in &report.quality {
        sheet.write_string_with_format(at, 0, text(&one.heading, language), &bold())?;
        at += 1;
        for line in text(&one.text, language).lines() {
            sheet.write_string_with_format(at, 0, line, &wrapped)?;
            at += 1;
        }
        at += 1;
    }
    Ok(sheet)
}

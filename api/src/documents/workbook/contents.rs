//! The first sheet of a report's workbook: what is in it, with links to the tables.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::super::shown::{head, synthetic, text};
use super::formats::bold;
use crate::reports::Language;
use crate::reports::report::Report;

/// The sheet.
pub(super) fn contents(report: &Report, language: Language) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet
        .set_name(language.of(["Innehåll", "Contents"]))?
        .set_active(true);
    sheet.set_column_width(0, 22)?.set_column_width(1, 100)?;
    sheet.write_string_with_format(0, 0, &report.title, &bold())?;
    let mut row = 1;
    for (what, value) in head(report, language) {
        sheet
            .write_string(row, 0, what)?
            .write_string(row, 1, &value)?;
        row += 1;
    }
    if report.synthetic {
        sheet.write_string_with_format(row, 0, synthetic(language), &bold())?;
        row += 1;
    }
    row += 1;
    for part in &report.parts {
        sheet.write_string_with_format(row, 0, format!("{}", part.number), &bold())?;
        sheet.write_string_with_format(row, 1, text(&part.title, language), &bold())?;
        row += 1;
        for section in &part.sections {
            sheet.write_string(row, 0, &section.number)?;
            let why = section.empty.as_ref().map_or("", |why| text(why, language));
            let title = text(&section.title, language);
            let line = if why.is_empty() {
                title.to_owned()
            } else {
                format!("{title}: {why}")
            };
            sheet.write_string(row, 1, line)?;
            row += 1;
            for table in &section.tables {
                let link =
                    Url::new(format!("internal:'{}'!A1", table.number)).set_text(&table.number);
                sheet.write_url(row, 0, link)?;
                sheet.write_string(row, 1, text(&table.title, language))?;
                row += 1;
            }
        }
    }
    Ok(sheet)
}

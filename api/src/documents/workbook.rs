//! A report as a workbook: contents, a sheet a table with figure numbers and codes as notes, the register, the quality
//! declaration.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Note, Url, Workbook, Worksheet,
    XlsxError,
};

use super::shown::{cell, figure, head, header, numbers, remarks, synthetic, text};
use crate::reports::Language;
use crate::reports::figure::Unit;
use crate::reports::report::{Report, Row, Section, Table};
use crate::store::Written;
use crate::workbooks::made;

/// Who writes notes and documents.
const AUTHOR: &str = "Samsyn";

/// The row of the headers, counted from 0; above it stands the title.
const HEADERS: u32 = 1;

/// Letters of a text in one cell; a cell holds 32,767.
const MOST_LETTERS: usize = 32_000;
/// How high a line of text is, in points, and how many lines a row has at most.
const LINE: u16 = 15;
const MOST_LINES: u16 = 20;

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

fn bold() -> Format {
    Format::new().set_bold()
}

fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0xD9_E2F3))
        .set_border_bottom(FormatBorder::Thin)
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

fn to_the_left() -> Format {
    wrapped().set_align(FormatAlign::Left)
}

/// Numbers of figures, apart from the figures before them.
fn apart() -> Format {
    Format::new().set_indent(1)
}

fn to_the_right() -> Format {
    Format::new().set_align(FormatAlign::Right)
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

fn contents(report: &Report, language: Language) -> Result<Worksheet, XlsxError> {
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

fn table(section: &Section, table: &Table, language: Language) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet
        .set_name(&table.number)?
        .set_freeze_panes(HEADERS + 1, 0)?
        .set_repeat_rows(HEADERS, HEADERS)?;
    let title = format!("{} {}", table.number, text(&table.title, language));
    sheet.write_string_with_format(0, 0, title, &bold())?;
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(HEADERS, at, header(column, language), &header_format())?;
        let key = Note::new(&column.key).set_author(AUTHOR);
        sheet.insert_note(HEADERS, at, &key)?;
        sheet.set_column_width(at, width(section, table, usize::from(at), language))?;
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
    let widths = (0..table.columns.len()).map(|at| width(section, table, at, language));
    let widths: Vec<usize> = widths.map(usize::from).collect();
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
fn lines(section: &Section, row: &Row, widths: &[usize], language: Language) -> u16 {
    let each = row.cells.iter().zip(widths).map(|(one, width)| {
        let letters = cell(section, one, language).chars().count();
        letters.div_ceil(width.saturating_sub(2).max(1))
    });
    let most = each.max().and_then(|lines| u16::try_from(lines).ok());
    most.unwrap_or(1).clamp(1, MOST_LINES)
}

/// The agencies' texts, as they were sent; what is longer than a cell goes on in the next row. None where there are none.
fn texts(report: &Report, language: Language) -> Result<Option<Worksheet>, XlsxError> {
    let sections = report.parts.iter().flat_map(|part| &part.sections);
    let all = sections.flat_map(|section| section.narratives.iter().map(move |one| (section, one)));
    let all: Vec<_> = all.collect();
    if all.is_empty() {
        return Ok(None);
    }
    let mut sheet = Worksheet::new();
    sheet
        .set_name(language.of(["Texter", "Texts"]))?
        .set_freeze_panes(1, 0)?;
    let headers = language.of([
        [
            "Avsnitt",
            "Rubrik",
            "Myndighet",
            "Språk",
            "Version",
            "Inleverans",
            "Rad",
            "Text",
        ],
        [
            "Section",
            "Title",
            "Organisation",
            "Language",
            "Version",
            "Submission",
            "Row",
            "Text",
        ],
    ]);
    for ((at, title), width) in (0..).zip(headers).zip([10, 30, 30, 8, 8, 10, 8, 120]) {
        sheet.write_string_with_format(0, at, title, &header_format())?;
        sheet.set_column_width(at, width)?;
    }
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut at = 1;
    for (section, one) in all {
        let text = match report.written(one) {
            Written::Text(text) => text.clone(),
            Written::Removed(by) => {
                let by = by
                    .as_ref()
                    .map_or_else(|| "–".to_owned(), ToString::to_string);
                let words = language.of(["borttaget enligt beslut", "removed by the decision"]);
                format!("[{words} {by}]")
            }
        };
        let letters: Vec<char> = text.chars().collect();
        for piece in letters.chunks(MOST_LETTERS) {
            let piece: String = piece.iter().collect();
            sheet
                .write_string(at, 0, &section.number)?
                .write_string(at, 1, super::shown::text(&section.title, language))?
                .write_string(at, 2, &one.name)?
                .write_string(at, 3, one.model.language.code())?
                .write_string(at, 4, one.version.to_string())?
                .write_string(at, 5, one.submission.to_string())?
                .write_string(at, 6, one.row.to_string())?
                .write_string_with_format(at, 7, piece, &wrapped)?;
            at += 1;
        }
    }
    Ok(Some(sheet))
}

fn register(report: &Report, language: Language) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet
        .set_name(language.of(["Siffror", "Figures"]))?
        .set_freeze_panes(1, 0)?
        .set_repeat_rows(0, 0)?;
    let headers = language.of([
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
    for ((at, title), width) in (0..).zip(headers).zip([10, 60, 60, 20, 16, 60, 60]) {
        sheet.write_string_with_format(0, at, title, &header_format())?;
        sheet.set_column_width(at, width)?;
    }
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

/// How a number is shown; Excel puts the reader's own separators, Swedish ones in a Swedish Excel.
fn number_format(unit: Unit) -> Format {
    Format::new().set_num_format(match unit {
        Unit::Kronor | Unit::Count => "#,##0",
        // Excel shows percentage points as it shows percent: times a hundred.
        Unit::Share | Unit::ShareDifference => "0.0%",
        Unit::Percent | Unit::PercentagePoints => "0.0",
        Unit::KronorPerInhabitant | Unit::PerRecipient => "#,##0.00",
        Unit::Number => "0.000",
    })
}

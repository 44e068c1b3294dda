//! A table as a workbook: the rows with real numbers and dates, and a sheet with what proves them.
//!
//! The rows are written one by one into a file of their own, so that a million take no more memory than a few.

use std::io::Write;

use chrono::NaiveDate;
use entity::Moment;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet, XlsxError};

use super::proof::{Proof, basis, release};
use super::said::shown;
use super::table::Table;
use super::written::NotWritten;
use crate::graphql::exported::{Cell, Column, Kind, Row};
use crate::workbooks::{excel, made};

/// Significant digits that a number cell holds exactly.
const EXACT_DIGITS: usize = 15;

/// Rows of a sheet at most, without its headers.
const MOST_ROWS: u64 = 1_048_575;

/// Characters of a cell at most.
const MOST_CHARACTERS: usize = 32_767;

/// Characters that a column shows at least and at most.
const WIDTHS: (usize, usize) = (12, 40);

/// Writes a table; the same table of the same dataset gives the same bytes.
///
/// # Errors
/// It has more rows or longer texts than a workbook holds.
pub(super) fn write(
    table: &Table,
    proof: &Proof,
    moment: Option<Moment>,
    out: impl Write + Send,
) -> Result<(), NotWritten> {
    if table.row_count > MOST_ROWS {
        return Err(NotWritten::TooManyForASheet {
            rows: table.row_count,
            most: MOST_ROWS,
        });
    }
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title("Samsyn")
        .set_author("Samsyn")
        .set_creation_datetime(&made(moment)?);
    workbook.set_properties(&properties);
    rows(workbook.add_worksheet_with_constant_memory()?, table)?;
    proved(workbook.add_worksheet(), table, proof)?;
    workbook.save_to_writer(out)?;
    Ok(())
}

fn rows(sheet: &mut Worksheet, table: &Table) -> Result<(), NotWritten> {
    sheet.set_name("Rader")?;
    let bold = Format::new().set_bold();
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, &column.name, &bold)?;
        let width = column.name.chars().count() + 2;
        sheet.set_column_width(
            at,
            u32::try_from(width.clamp(WIDTHS.0, WIDTHS.1)).unwrap_or(12),
        )?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Ok(last_row), Ok(last)) = (
        u32::try_from(table.row_count),
        u16::try_from(table.columns.len().saturating_sub(1)),
    ) && last_row > 0
    {
        sheet.autofilter(0, 0, last_row, last)?;
    }
    let formats = Formats::default();
    for (at, row) in (1..).zip(table.rows()?) {
        write_row(sheet, at, (&table.columns, &row?), &formats)?;
    }
    Ok(())
}

/// How cells of numbers and days look.
struct Formats {
    money: Format,
    plain: Format,
    day: Format,
}

impl Default for Formats {
    fn default() -> Self {
        Self {
            money: Format::new().set_num_format("#,##0.00"),
            plain: Format::new(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    (columns, cells): (&[Column], &Row),
    formats: &Formats,
) -> Result<(), NotWritten> {
    for ((at, column), cell) in (0..).zip(columns).zip(cells) {
        match (column.kind, cell) {
            (_, Cell::Empty) => {}
            (_, Cell::Flag(flag)) => {
                sheet.write_boolean(row, at, *flag)?;
            }
            (Kind::Money, Cell::Number(digits)) => {
                write_number(sheet, (row, at), digits, &formats.money)?;
            }
            (_, Cell::Number(digits)) => write_number(sheet, (row, at), digits, &formats.plain)?,
            (_, Cell::Text(text)) if text.chars().count() > MOST_CHARACTERS => {
                let column = column.name.clone();
                return Err(NotWritten::TooLongForACell { column });
            }
            (kind, Cell::Text(text)) => {
                let day = text.parse::<NaiveDate>().ok();
                let day = day.filter(|_| kind == Kind::Date);
                match day.map(excel).transpose()? {
                    Some(day) => sheet.write_datetime_with_format(row, at, &day, &formats.day)?,
                    // A text cell is never a formula.
                    None => sheet.write_string(row, at, text)?,
                };
            }
        }
    }
    Ok(())
}

/// A number as a number where the cell holds it exactly, else as text.
fn write_number(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    digits: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let significant = digits.chars().filter(char::is_ascii_digit).count();
    let number = digits.parse::<Decimal>().ok();
    match number.and_then(|number| number.to_f64()) {
        Some(number) if significant <= EXACT_DIGITS => {
            sheet.write_number_with_format(row, at, number, format)?;
        }
        _ => {
            sheet.write_string(row, at, digits)?;
        }
    }
    Ok(())
}

/// The sheet of what proves the rows.
fn proved(sheet: &mut Worksheet, table: &Table, proof: &Proof) -> Result<(), XlsxError> {
    sheet.set_name("Uppgifter")?;
    let bold = Format::new().set_bold();
    let variables = serde_json::Value::from(proof.variables.clone()).to_string();
    let mut said: Vec<(String, String)> = [
        ("Fråga / Query (SHA-256)", proof.query.clone()),
        ("Variabler / Variables", variables),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    for read in &proof.datasets {
        let as_of = read.as_of.map(shown);
        let as_of = as_of.or(release(read).map(str::to_owned));
        said.extend(
            [
                (
                    "Datauttagets version / Dataset version",
                    read.dataset.version.to_string(),
                ),
                ("Per / As of", as_of.unwrap_or_default()),
                ("I dag / Today", read.dataset.today.to_string()),
                ("Räkningsgrund / Basis", basis(read).to_owned()),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        );
    }
    said.extend(
        [
            ("Antal rader / Rows", table.row_count.to_string()),
            (
                "Raderna som CSV / Rows as CSV (SHA-256)",
                table.sha256.clone(),
            ),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    for list in &table.left_out {
        let name = "Utelämnad lista / Left out".to_owned();
        said.push((name, list.clone()));
    }
    if proof.synthetic {
        said.push((
            "Påhittade uppgifter ingår / Synthetic rows are behind it".to_owned(),
            "SYNTHETIC".to_owned(),
        ));
    }
    for (name, sum) in &table.totals {
        said.push((
            format!("Kontrollsumma / Control total: {name}"),
            sum.to_string(),
        ));
    }
    let mut row = 0;
    for (name, value) in &said {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_string(row, 1, value)?;
        row += 1;
    }
    row += 1;
    for (at, title) in (0..).zip(["Kolumn / Column", "Typ / Type", "Beskrivning / Description"]) {
        sheet.write_string_with_format(row, at, title, &bold)?;
    }
    for column in &table.columns {
        row += 1;
        sheet.write_string(row, 0, &column.name)?;
        sheet.write_string(row, 1, &column.type_name)?;
        sheet.write_string(row, 2, &column.description)?;
    }
    sheet.set_column_width(0, 50)?.set_column_width(1, 70)?;
    Ok(())
}

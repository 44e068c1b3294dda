//! A table as a workbook: the rows with real numbers, and a sheet with what proves them.

use chrono::{DateTime, Datelike, Timelike, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::proof::Proof;
use crate::graphql::exported::{Cell, Kind, Table};

/// Significant digits that a number cell holds exactly.
const EXACT_DIGITS: usize = 15;

/// The bytes of a table; the same table of the same dataset gives the same bytes.
///
/// # Errors
/// A mistake in the program.
pub fn write(table: &Table, proof: &Proof, made: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let year = u16::try_from(made.year()).unwrap_or(1900);
    let (month, day) = (made.month(), made.day());
    let created = ExcelDateTime::from_ymd(year, narrow(month), narrow(day))?.and_hms(
        u16::try_from(made.hour()).unwrap_or(0),
        narrow(made.minute()),
        made.second(),
    )?;
    let properties = DocProperties::new()
        .set_title("Samsyn")
        .set_author("Samsyn")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    workbook.push_worksheet(rows(table)?);
    workbook.push_worksheet(proved(table, proof)?);
    workbook.save_to_buffer()
}

fn narrow(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(1)
}

fn rows(table: &Table) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("Rader")?;
    let bold = Format::new().set_bold();
    let money = Format::new().set_num_format("#,##0.00");
    let plain = Format::new();
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, &column.name, &bold)?;
        let format = match column.kind {
            Kind::Money => &money,
            _ => &plain,
        };
        for (row, cells) in (1..).zip(&table.rows) {
            match &cells[usize::from(at)] {
                Cell::Empty => {}
                Cell::Flag(flag) => {
                    sheet.write_boolean(row, at, *flag)?;
                }
                Cell::Number(digits) => write_number(&mut sheet, (row, at), digits, format)?,
                // A text cell is never a formula.
                Cell::Text(text) => {
                    sheet.write_string(row, at, text)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Ok(last_row), Ok(last)) = (
        u32::try_from(table.rows.len()),
        u16::try_from(table.columns.len().saturating_sub(1)),
    ) && last_row > 0
    {
        sheet.autofilter(0, 0, last_row, last)?;
    }
    sheet.autofit();
    Ok(sheet)
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
fn proved(table: &Table, proof: &Proof) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("Uppgifter")?;
    let bold = Format::new().set_bold();
    let count = proof.row_count.to_string();
    let version = proof.version.to_string();
    let mut said: Vec<(String, String)> = vec![
        ("Fråga / Query (SHA-256)".to_owned(), proof.query.clone()),
        (
            "Variabler / Variables".to_owned(),
            serde_json::Value::from(proof.variables.clone()).to_string(),
        ),
        ("Datauttagets version / Dataset version".to_owned(), version),
        (
            "Per / As of".to_owned(),
            proof.as_of.clone().unwrap_or_default(),
        ),
        ("I dag / Today".to_owned(), proof.today.clone()),
        ("Antal rader / Rows".to_owned(), count),
        (
            "Raderna som CSV / Rows as CSV (SHA-256)".to_owned(),
            proof.sha256.clone(),
        ),
    ];
    if proof.synthetic {
        said.push((
            "Påhittade uppgifter ingår / Synthetic rows are behind it".to_owned(),
            "SYNTHETIC".to_owned(),
        ));
    }
    for (name, sum) in &proof.totals {
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
    Ok(sheet)
}

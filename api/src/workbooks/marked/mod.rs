//! Marked copies: the sender's own workbook with the cells of each finding marked, and a first sheet that tells them all.
//!
//! The package is changed part by part: what no mark touches is copied byte by byte, so that styles, widths, lists,
//! charts and whatever else a sender's program puts there stay as they are. Libraries that read a workbook into a model
//! and write the model lose what the model lacks.

mod cells;
mod comments;
mod overview;
mod package;
mod plain;
mod relations;
mod sheet;
mod styles;
mod workbook;
mod xml;

use std::borrow::Cow;
use std::collections::BTreeMap;

use entity::{Kind, Severity};
use rust_xlsxwriter::XlsxError;

use crate::intake::{Finding, Limits, Table, is_workbook, opens_within, places, table_of};
use cells::{Cell, LAST_COLUMN, LAST_ROW, Mark, Marks};
use overview::{Overview, Placed};
use package::Package;

/// What was found of one kind in a file.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The kind; none where it could not be told.
    pub kind: Option<Kind>,
    /// Its findings.
    pub findings: &'a [Finding],
}

/// The package is not one that can be changed part by part.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unfit {
    #[error("the package lacks what a workbook has")]
    Form,
    #[error("a part is longer or deeper than any program writes")]
    Large,
    #[error("a part is no XML")]
    Xml(#[from] quick_xml::Error),
    #[error("the package is damaged")]
    Zip(#[from] zip::result::ZipError),
    #[error("a part cannot be read")]
    Io(#[from] std::io::Error),
}

impl Unfit {
    const FORM: Self = Self::Form;
    const LARGE: Self = Self::Large;
}

/// The sender's own file as a workbook, marked; the same file and findings give the same bytes.
///
/// A text file becomes a workbook with its cells as texts. A file that is no workbook, or too large a one, becomes a
/// workbook with the overview alone.
///
/// # Errors
/// The workbook cannot be written: a mistake in the program.
pub fn marked(
    file_name: &str,
    bytes: &[u8],
    judged: &[Judged<'_>],
    limits: Limits,
) -> Result<Vec<u8>, XlsxError> {
    let mut copy: Option<Cow<'_, [u8]>> = None;
    let mut placed: Vec<(&Finding, Option<(String, Cell)>)> = Vec::new();
    for one in judged {
        let table = one
            .kind
            .and_then(|kind| table_of(file_name, bytes, kind, limits).0);
        let found = match (one.kind, &table) {
            (Some(kind), Some(table)) => of_table(kind, table, one.findings),
            _ => vec![None; one.findings.len()],
        };
        placed.extend(one.findings.iter().zip(found));
        if let (Some(kind), Some(table), None) = (one.kind, &table, &copy)
            && !is_workbook(file_name)
        {
            copy = plain::of_table(table, kind.code())
                .transpose()?
                .map(Cow::Owned);
        }
    }
    if is_workbook(file_name) && readable(bytes, limits) {
        copy = Some(Cow::Borrowed(bytes));
    }
    let told = |placed: &[(&Finding, Option<(String, Cell)>)], with_cells: bool| {
        let told: Vec<Placed<'_>> = placed
            .iter()
            .map(|(finding, at)| {
                let at = at.as_ref().filter(|_| with_cells);
                (*finding, at.map(|(sheet, cell)| (sheet.as_str(), *cell)))
            })
            .collect();
        Overview::of(file_name, &told)
    };
    if let Some(copy) = &copy {
        let written = Package::open(copy)
            .and_then(|package| package.marked(&marks(&placed), &told(&placed, true)));
        match written {
            Ok(bytes) => return Ok(bytes),
            Err(error) => tracing::info!(%error, "a workbook could not be marked"),
        }
    }
    let blank = plain::blank()?;
    let overview = told(&placed, false);
    let written =
        Package::open(&blank).and_then(|package| package.marked(&BTreeMap::new(), &overview));
    written.map_err(|error| XlsxError::ParameterError(error.to_string()))
}

/// Where the findings of a kind are: sheet and cell.
fn of_table(kind: Kind, table: &Table<'_>, findings: &[Finding]) -> Vec<Option<(String, Cell)>> {
    let sheet = table.sheet.as_deref().unwrap_or(kind.code());
    let within = |(row, column): (i64, usize)| -> Option<Cell> {
        let row = u32::try_from(row)
            .ok()
            .filter(|row| (1..=LAST_ROW).contains(row))?;
        let column = u32::try_from(column + 1)
            .ok()
            .filter(|column| *column <= LAST_COLUMN)?;
        Some((row, column))
    };
    places(table, kind, findings)
        .into_iter()
        .map(|place| Some((sheet.to_owned(), within(place?)?)))
        .collect()
}

/// Whether the file is a workbook within the limits.
fn readable(bytes: &[u8], limits: Limits) -> bool {
    u64::try_from(bytes.len()).is_ok_and(|size| size <= limits.file_bytes)
        && opens_within(bytes, limits)
}

/// The marks of each sheet, and what they tell.
fn marks(placed: &[(&Finding, Option<(String, Cell)>)]) -> BTreeMap<String, Marks> {
    let mut all: BTreeMap<String, Marks> = BTreeMap::new();
    for (finding, place) in placed {
        let Some((sheet, at)) = place else {
            continue;
        };
        let (swedish, english) = match finding.severity {
            Severity::Error => ("Fel", "Error"),
            Severity::Warning => ("Varning", "Warning"),
        };
        let note = format!(
            "{swedish}: {}\n{english}: {}\n({})",
            finding.message_sv,
            finding.message_en,
            finding.rule.code()
        );
        let sheet = all.entry(sheet.clone()).or_default();
        match sheet.get_mut(at) {
            None => {
                let severity = finding.severity;
                sheet.insert(*at, Mark { severity, note });
            }
            Some(mark) => {
                if finding.severity == Severity::Error {
                    mark.severity = Severity::Error;
                }
                // A note is read in a small window: the overview has them all.
                if mark.note.len() < 4000 {
                    mark.note.push_str("\n\n");
                    mark.note.push_str(&note);
                }
            }
        }
    }
    all
}

#[cfg(test)]
mod tests;

//! A report's tables as CSV in a ZIP, with its figures, and a manifest of sums, counts and hashes.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::Error;
use super::shown::figure;
use crate::exports::neutral;
use crate::intake::hex;
use crate::reports::figure::{Unit, Value as Figured, absent_code};
use crate::reports::report::{Cell, Report, Section, Table};
use crate::store::Written;
use crate::zipped::zipped;

/// A file of the ZIP.
struct Sheet {
    name: String,
    bytes: Vec<u8>,
    rows: usize,
    columns: Vec<String>,
    /// Sums of its columns in kronor, by column.
    totals: Map<String, Value>,
}

/// The ZIP's bytes.
pub(super) fn write(report: &Report) -> Result<Vec<u8>, Error> {
    let mut sheets = vec![figures(report)?, narratives(report)?];
    for section in report.parts.iter().flat_map(|part| &part.sections) {
        for table in &section.tables {
            sheets.push(sheet(section, table)?);
        }
    }
    let manifest = serde_json::to_vec_pretty(&manifest(report, &sheets))?;
    let first = [("manifest.json", manifest.as_slice())].into_iter();
    let sheets = sheets.iter();
    let sheets = sheets.map(|one| (one.name.as_str(), one.bytes.as_slice()));
    Ok(zipped(first.chain(sheets))?)
}

fn manifest(report: &Report, sheets: &[Sheet]) -> Value {
    let files = sheets.iter().map(|one| {
        json!({
            "name": one.name,
            "sha256": hex(&Sha256::digest(&one.bytes)),
            "bytes": one.bytes.len(),
            "rowCount": one.rows,
            "columns": one.columns,
            "controlTotals": one.totals,
        })
    });
    json!({
        "registryNumber": report.registry_number.as_str(),
        "kind": report.kind.code(),
        "dueOn": report.due_on.map(|day| day.to_string()),
        "title": report.title,
        "synthetic": report.synthetic,
        "dataset": {
            "version": report.version,
            "asOf": report.as_of.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
            "today": report.today.to_string(),
            "definitionsVersion": analytics::DEFINITIONS_VERSION,
        },
        "format": "CSV, UTF-8, comma, decimal point, exact values; shares between 0 and 1",
        "files": files.collect::<Vec<_>>(),
    })
}

/// A table: its columns by their keys, names in Swedish, values exact.
fn sheet(section: &Section, table: &Table) -> Result<Sheet, Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let columns: Vec<String> = table.columns.iter().map(|one| one.key.clone()).collect();
    out.write_record(&columns)?;
    let mut totals: Map<String, Value> = Map::new();
    for (at, column) in table.columns.iter().enumerate() {
        if column.unit == Some(Unit::Kronor) {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
            let values = cells.filter_map(|cell| figure(section, cell)?.figure.value.number().ok());
            let sum: Decimal = values.sum();
            totals.insert(column.key.clone(), json!(format!("{sum:.2}")));
        }
    }
    for row in &table.rows {
        let cells = row.cells.iter().map(|cell| match cell {
            Cell::Text([sv, _]) => neutral(sv),
            Cell::Absent(_) => String::new(),
            Cell::Figure(_) => figure(section, cell)
                .and_then(|one| one.figure.value.number().ok())
                .map_or_else(String::new, |value| value.to_string()),
        });
        out.write_record(cells)?;
    }
    Ok(Sheet {
        name: format!("{}.csv", table.code),
        bytes: out.into_inner().map_err(|error| error.into_error())?,
        rows: table.rows.len(),
        columns,
        totals,
    })
}

/// Every figure with everything that stands behind its value.
fn figures(report: &Report) -> Result<Sheet, Error> {
    let columns = [
        "number",
        "code",
        "section",
        "title",
        "title_en",
        "unit",
        "value",
        "absent",
        "numerator",
        "denominator",
        "n",
        "of",
        "missing",
    ];
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(columns)?;
    let mut rows = 0;
    for section in report.parts.iter().flat_map(|part| &part.sections) {
        for one in &section.figures {
            let found = &one.figure;
            let value = found.value.number();
            let text =
                |value: Option<Decimal>| value.map_or_else(String::new, |one| one.to_string());
            let (numerator, denominator, n, of, missing) = match &found.value {
                Figured::Quantity(_) => Default::default(),
                Figured::Rate(rate) => {
                    let missing = rate.missing.iter();
                    let missing =
                        missing.map(|one| format!("{}:{}", absent_code(one.reason), one.count));
                    (
                        text(rate.numerator),
                        text(rate.denominator),
                        rate.n.to_string(),
                        rate.of.to_string(),
                        missing.collect::<Vec<_>>().join(" "),
                    )
                }
            };
            out.write_record([
                one.number.as_str(),
                found.code.as_str(),
                section.code,
                &neutral(&found.title[0]),
                &neutral(&found.title[1]),
                found.unit.code(),
                &text(value.ok()),
                value.err().map_or("", absent_code),
                &numerator,
                &denominator,
                &n,
                &of,
                &missing,
            ])?;
            rows += 1;
        }
    }
    Ok(Sheet {
        name: "figures.csv".to_owned(),
        bytes: out.into_inner().map_err(|error| error.into_error())?,
        rows,
        columns: columns.map(str::to_owned).to_vec(),
        totals: Map::new(),
    })
}

/// Every text of the agencies, as it was sent; a formula is none, as everywhere in the ZIP.
fn narratives(report: &Report) -> Result<Sheet, Error> {
    let columns = [
        "number",
        "section",
        "organisation",
        "language",
        "version",
        "submission",
        "row",
        "received_at",
        "text",
        "removed_by",
    ];
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(columns)?;
    let mut rows = 0;
    for section in report.parts.iter().flat_map(|part| &part.sections) {
        for one in &section.narratives {
            let (text, removed) = match report.written(one) {
                Written::Text(text) => (neutral(text), String::new()),
                Written::Removed(by) => {
                    let by = by.as_ref().map(ToString::to_string);
                    (String::new(), by.unwrap_or_else(|| "–".to_owned()))
                }
            };
            out.write_record([
                section.number.as_str(),
                section.code,
                one.model.organisation_code.as_str(),
                one.model.language.code(),
                &one.version.to_string(),
                &one.submission.to_string(),
                &one.row.to_string(),
                &one.received_at
                    .to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
                &text,
                &removed,
            ])?;
            rows += 1;
        }
    }
    Ok(Sheet {
        name: "narratives.csv".to_owned(),
        bytes: out.into_inner().map_err(|error| error.into_error())?,
        rows,
        columns: columns.map(str::to_owned).to_vec(),
        totals: Map::new(),
    })
}

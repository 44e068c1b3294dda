//! The example's files as they stand, read by code of this test alone: what answers are computed from a second time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use umya_spreadsheet::reader;

/// A record by its header, in lower case.
pub(super) type Record = BTreeMap<String, String>;

/// Every record of the files of a kind, in the order of the files.
pub(super) fn records(kind: &str) -> Vec<Record> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/example");
    let of_kind = |path: &PathBuf| {
        let name = path.file_stem().and_then(|name| name.to_str());
        name.is_some_and(|name| name.split_once('-').is_some_and(|(_, own)| own == kind))
    };
    let files = std::fs::read_dir(folder).expect("the example");
    let mut files: Vec<PathBuf> = files
        .map(|one| one.expect("a file").path())
        .filter(of_kind)
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{kind}");
    files.iter().flat_map(|path| read(path)).collect()
}

/// What a record holds under the first of some headers that it has.
pub(super) fn cell<'a>(record: &'a Record, names: &[&str]) -> &'a str {
    names
        .iter()
        .find_map(|name| record.get(*name))
        .map_or("", String::as_str)
}

/// A number as a whole number of its hundredths.
pub(super) fn hundredths(text: &str) -> i128 {
    let plain: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    let plain = plain.replace(',', ".");
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    assert!(decimals.len() <= 2, "{text}");
    format!("{whole}{decimals:0<2}").parse().expect("a number")
}

fn read(path: &Path) -> Vec<Record> {
    let mut rows = if path.extension().is_some_and(|one| one == "xlsx") {
        workbook(path)
    } else {
        table(&text(&std::fs::read(path).expect("a file")))
    };
    let header = rows.remove(0);
    let header: Vec<String> = header.iter().map(|one| one.trim().to_lowercase()).collect();
    rows.into_iter()
        .map(|row| header.iter().cloned().zip(row).collect())
        .collect()
}

fn workbook(path: &Path) -> Vec<Vec<String>> {
    let book = reader::xlsx::read(path).expect("a workbook");
    let sheet = book.sheet(0).expect("a sheet");
    let (columns, rows) = sheet.highest_column_and_row();
    let cell = |column: u32, row: u32| sheet.value((column, row));
    (1..=rows)
        .map(|row| (1..=columns).map(|column| cell(column, row)).collect())
        .collect()
}

/// UTF-8, or else one character a byte.
fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec());
    let text = text.unwrap_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect());
    text.trim_start_matches('\u{feff}').to_owned()
}

/// Records with quotes; the delimiter is the one that the header has most of.
fn table(text: &str) -> Vec<Vec<String>> {
    let header = text.lines().next().unwrap_or_default();
    let most = [';', ',', '\t']
        .into_iter()
        .max_by_key(|one| header.matches(*one).count());
    let delimiter = most.unwrap_or(';');
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    for letter in text.chars() {
        let row = rows.last_mut().expect("a row");
        match letter {
            '"' => quoted = !quoted,
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            one if one == delimiter && !quoted => row.push(String::new()),
            other => row.last_mut().expect("a cell").push(other),
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}

//! Marked copies of files that were refused: marks exactly where the findings are, everything else as it was sent.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use entity::{Kind, Severity};
use samsyn::intake::{Finding, Limits, Sheets, columns_sent};
use samsyn::workbooks::{Judged, marked};
use serde_json::Value;
use umya_spreadsheet::{Workbook, Worksheet, reader};

use super::filled::{Filled, Input};
use super::{coordinator, get};
use crate::harness::{Sent, on_both_engines};
use crate::intake::files::{FUNDS, said};
use crate::intake::world::paid;

const ERROR: &str = "FFFFB3B3";
const WARNING: &str = "FFFFE28A";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e/bad")
}

fn copy(name: &str, bytes: &[u8], kind: Kind, findings: &[Finding]) -> Vec<u8> {
    let judged = [Judged {
        kind: Some(kind),
        findings,
    }];
    let copy = marked(name, bytes, &judged, Limits::default()).expect("a workbook");
    let again = marked(name, bytes, &judged, Limits::default()).expect("a workbook");
    assert_eq!(copy, again, "{name}: the same bytes again");
    copy
}

fn open(bytes: &[u8]) -> Workbook {
    reader::xlsx::read_reader(Cursor::new(bytes), true).expect("a workbook")
}

/// The colour that a cell is filled with.
fn fill(sheet: &Worksheet, at: (u32, u32)) -> String {
    let style = sheet.style(at);
    let colour = style
        .background_color()
        .map(|colour| colour.argb_str().to_string());
    colour.unwrap_or_default()
}

/// The cells of a sheet with one of our fills: column, row, severity.
fn marks(sheet: &Worksheet) -> BTreeSet<(u32, u32, bool)> {
    let cells = sheet.cells_sorted();
    let at = cells
        .iter()
        .map(|cell| (cell.coordinate().col_num(), cell.coordinate().row_num()));
    let ours = at.filter_map(|(column, row)| match fill(sheet, (column, row)).as_str() {
        ERROR => Some((column, row, true)),
        WARNING => Some((column, row, false)),
        _ => None,
    });
    ours.collect()
}

/// The cells that findings name: the column by its header, the row as it is told.
fn expected(sheet: &Worksheet, kind: Kind, findings: &[Finding]) -> BTreeSet<(u32, u32, bool)> {
    let columns = columns_sent(kind).expect("a kind that is sent");
    let place = |name: &str| {
        let column = columns.iter().find(|column| column.name == name)?;
        (1..60).find(|at| {
            let header = sheet.value((*at, 1)).trim().to_lowercase();
            column.name == header || column.aliases.contains(&header.as_str())
        })
    };
    let mut cells = BTreeSet::new();
    for one in findings {
        let Some(row) = one.row.and_then(|row| u32::try_from(row).ok()) else {
            continue;
        };
        let column = match (one.rule.code(), &one.column) {
            ("missing_header" | "unknown_header" | "duplicate_header" | "ragged_row", _) => {
                continue;
            }
            (_, Some(name)) => place(name).unwrap_or(1),
            (_, None) => 1,
        };
        cells.insert((column, row, one.severity == Severity::Error));
    }
    // The gravest finding gives the cell its colour.
    let errors: BTreeSet<_> = cells.iter().filter(|(.., error)| *error).copied().collect();
    cells.retain(|(column, row, error)| *error || !errors.contains(&(*column, *row, true)));
    cells
}

on_both_engines! {
    async fn every_broken_file_comes_back_with_its_cells_marked(app: Example) {
        let text = std::fs::read_to_string(folder().join("expected.json")).expect("expected.json");
        let entries: Value = serde_json::from_str(&text).expect("JSON");
        let (mut alone, mut with_cells) = (0, 0);
        for (name, entry) in entries["files"].as_object().expect("files") {
            let word = |key: &str| entry[key].as_str().expect("a text");
            let kind = Kind::of(word("kind")).expect("a known kind");
            if columns_sent(kind).is_none() {
                continue;
            }
            let bytes = std::fs::read(folder().join(name)).expect("the file");
            let sent = Sent::file(kind, name, &bytes).by(word("sender")).assignment(word("assignment"));
            let report = app.dry_run(&sent).await;
            let book = open(&copy(name, &bytes, kind, &report.findings));
            assert_eq!(book.sheet_collection()[0].name(), "Fynd", "{name}");
            let overview = &book.sheet_collection()[0];
            let told: Vec<String> = overview.cells_sorted().iter().map(|cell| cell.value().into_owned()).collect();
            for one in &report.findings {
                assert!(told.contains(&one.message_sv) && told.contains(&one.message_en), "{name}: {one:?}");
            }
            if book.sheet_count() == 1 {
                alone += 1;
                continue;
            }
            let sheet = &book.sheet_collection()[1];
            let special = ["missing_header", "unknown_header", "duplicate_header", "ragged_row"];
            let found = marks(sheet);
            if report.findings.iter().any(|one| special.contains(&one.rule.code())) {
                assert!(!found.is_empty() || name.contains("missing-header"), "{name}");
                continue;
            }
            let wanted = expected(sheet, kind, &report.findings);
            assert_eq!(found, wanted, "{name}: {}", said(&report));
            with_cells += usize::from(!wanted.is_empty());
            for (column, row, _) in wanted {
                let noted = sheet.comments().iter().any(|note| note.coordinate().col_num() == column && note.coordinate().row_num() == row);
                assert!(noted, "{name}: a note at {column}, {row}");
            }
        }
        // 41, 43, 44, 45, 53, 54 and 55 are no tables.
        assert_eq!(alone, 7);
        assert!(with_cells >= 35, "{with_cells}");
    }

    async fn what_begins_like_a_formula_stays_a_text(app: Example) {
        let name = "57-usage_reports--formula-text.csv";
        let bytes = std::fs::read(folder().join(name)).expect("the file");
        let report = app.dry_run(&Sent::file(Kind::UsageReports, name, &bytes).assignment(FUNDS)).await;
        let book = open(&copy(name, &bytes, Kind::UsageReports, &report.findings));
        let mut like_formulas = 0;
        for sheet in book.sheet_collection() {
            for cell in sheet.cells_sorted() {
                assert!(!cell.is_formula());
                like_formulas += usize::from(cell.value().starts_with(['=', '+', '@']));
            }
        }
        assert!(like_formulas > 0, "the file has such texts");
    }

    async fn a_copy_that_is_corrected_is_received(app: Reference) {
        paid(&app).await;
        let (_, template) = get(&app, "/templates/usage_reports.xlsx?round=K", &coordinator()).await;
        let mut filled = Filled::open(&template, "usage_reports");
        for (row, used) in [(2, 600), (3, 101)] {
            filled.fill(row, "redovisat_datum", &Input::Day(42_600));
            filled.fill(row, "använt_övrigt", &Input::Kronor(used));
            filled.fill(row, "ej_använt", &Input::Kronor(0));
        }
        let sent = |bytes: &[u8]| Sent::file(Kind::UsageReports, "redovisning.xlsx", bytes).assignment(FUNDS);
        let first = filled.save();
        let report = app.send(&sent(&first)).await;
        assert_eq!(said(&report), "REJECTED 0 0 0; ERROR usage_not_balanced 3 ");
        let back = copy("redovisning.xlsx", &first, Kind::UsageReports, &report.findings);
        assert_eq!(Sheets::of("redovisning.xlsx", &back, Limits::default()).kinds(), [Kind::UsageReports]);

        let mut corrected = Filled::open(&back, "usage_reports");
        assert_eq!(marks(corrected.sheet()), BTreeSet::from([(1, 3, true)]));
        corrected.fill(3, "använt_övrigt", &Input::Kronor(100));
        let corrected = corrected.save();
        assert_eq!(said(&app.send(&sent(&corrected)).await), "ACCEPTED 2 0 0");
        let clean = open(&copy("redovisning.xlsx", &corrected, Kind::UsageReports, &[]));
        let names: Vec<&str> = clean.sheet_collection().iter().map(Worksheet::name).collect();
        assert_eq!(names, ["Fynd", "usage_reports", "Anvisningar", "Listor"]);
        assert!(marks(clean.sheet_by_name("usage_reports").expect("the sheet")).is_empty(), "no old marks are left");
    }
}

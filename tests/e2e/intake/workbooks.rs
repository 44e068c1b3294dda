//! Workbooks: several sheets, cells of every type, blank rows, and a cell at the far end of the sheet.

use entity::Kind;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use samsyn::intake::{FileReport, Limits, Sheets};

use super::files::{FUNDS, said};
use super::world::{accepted, amounts, rounds};
use crate::harness::{Sent, TestApp, on_both_engines};

/// A workbook of one sheet, filled by a function.
fn workbook(
    fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet) -> Result<(), rust_xlsxwriter::XlsxError>,
) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet()).expect("cells that fit");
    workbook.save_to_buffer().expect("a workbook")
}

fn write(
    sheet: &mut rust_xlsxwriter::Worksheet,
    row: u32,
    texts: &[&str],
) -> Result<(), rust_xlsxwriter::XlsxError> {
    for (column, text) in (0..).zip(texts) {
        sheet.write_string(row, column, *text)?;
    }
    Ok(())
}

async fn send(app: &TestApp, kind: Kind, bytes: &[u8]) -> FileReport {
    app.send(&Sent::file(kind, "Bok.XLSX", bytes).assignment(FUNDS))
        .await
}

const REQUISITIONS: [&str; 5] = [
    "round",
    "kod",
    "rekvirerat_belopp",
    "rekvirerat_datum",
    "önskar_omfördelning",
];

on_both_engines! {
    async fn a_workbook_of_several_sheets_holds_a_kind_a_sheet(app: Reference) {
        let mut book = Workbook::new();
        let fill = |book: &mut Workbook, name: &str, rows: &[&[&str]]| {
            let sheet = book.add_worksheet().set_name(name).expect("a name");
            for (row, texts) in (0..).zip(rows) {
                write(sheet, row, texts).expect("cells that fit");
            }
        };
        fill(&mut book, "Läs mig", &[&["Blad som inte är något slag"]]);
        fill(&mut book, "Allocations", &[&["round", "kod", "belopp"], &["K", "0180", "600"]]);
        let round = ["K", FUNDS, "2016", "kommun", "1 000", "2016-12-31", "2017-03-31"];
        let header = ["omgång", "uppdrag", "år", "mottagartyp", "tillgängligt_belopp", "används_senast", "redovisas_senast"];
        fill(&mut book, "rounds", &[&header, &round]);
        let bytes = book.save_to_buffer().expect("a workbook");
        let kinds = Sheets::of("bok.xlsx", &bytes, Limits::default()).kinds();
        assert_eq!(kinds, [Kind::Rounds, Kind::Allocations], "in the order in which they build on each other");
        for kind in kinds {
            let report = send(&app, kind, &bytes).await;
            assert_eq!(said(&report), "ACCEPTED 1 0 0", "{kind:?}");
            assert_eq!(said(&send(&app, kind, &bytes).await), "UNCHANGED 0 0 0", "{kind:?}");
        }
        let missing = send(&app, Kind::Payments, &bytes).await;
        assert_eq!(said(&missing), "REJECTED 0 0 0; ERROR unreadable_workbook  ");
        assert_eq!(amounts(&app, "0180").await["allocatedAmount"], "600.00");
    }

    async fn cells_of_every_type_are_read(app: Reference) {
        rounds(&app).await;
        let allocations = "round;kod;belopp\nK;0180;600.07\nK;0115;400\nK;0114;0.3\n";
        accepted(&app, Kind::Allocations, allocations).await;
        let bytes = workbook(|sheet| {
            write(sheet, 0, &REQUISITIONS)?;
            write(sheet, 1, &["K", "0180"])?;
            sheet.write_number(1, 2, 600.07)?;
            let date = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_datetime_with_format(1, 3, ExcelDateTime::from_ymd(2016, 5, 1)?, &date)?;
            sheet.write_boolean(1, 4, true)?;
            write(sheet, 2, &["K", "0115", "0,00", "2016-05-01", "nej"])?;
            write(sheet, 3, &["K", "0114"])?;
            sheet.write_number(3, 2, 0.300_000_000_000_000_04)?;
            sheet.write_datetime_with_format(3, 3, ExcelDateTime::from_ymd(2016, 10, 2)?, &date)?;
            Ok(())
        });
        let report = send(&app, Kind::Requisitions, &bytes).await;
        assert_eq!(said(&report), "ACCEPTED 3 0 0; WARNING requisition_late 4 requisitioned_on");
        assert_eq!(report.findings[0].sheet.as_deref(), Some("Sheet1"));
        assert_eq!(amounts(&app, "0180").await["requisitionedAmount"], "600.07");
        assert_eq!(amounts(&app, "0115").await["requisitionedAmount"], "0.00");
        assert_eq!(amounts(&app, "0114").await["requisitionedAmount"], "0.30");
    }

    async fn cells_that_cannot_be_what_is_asked_are_named(app: Reference) {
        rounds(&app).await;
        let bytes = workbook(|sheet| {
            write(sheet, 0, &REQUISITIONS)?;
            write(sheet, 1, &["K", "", "1", "2016-05-01"])?;
            sheet.write_number(1, 1, 114)?;
            write(sheet, 2, &["K", "0115", "", "2016-05-01"])?;
            sheet.write_formula(2, 2, Formula::new("=1+1").set_result("2"))?;
            write(sheet, 3, &["K", "0180", "1"])?;
            let time = Format::new().set_num_format("yyyy-mm-dd hh:mm");
            sheet.write_datetime_with_format(3, 3, ExcelDateTime::from_ymd(2016, 5, 1)?.and_hms(12, 0, 0)?, &time)?;
            write(sheet, 4, &["K", "0117", "", "2016-05-01"])?;
            sheet.write_datetime_with_format(4, 2, ExcelDateTime::from_ymd(2016, 5, 1)?, &time)?;
            write(sheet, 5, &["K", "0120", "1", "2016-05-01", "", "för mycket"])?;
            Ok(())
        });
        assert_eq!(
            said(&send(&app, Kind::Requisitions, &bytes).await),
            "REJECTED 0 0 0; ERROR code_as_number 2 recipient_code; ERROR formula_cell 3 amount; \
             ERROR not_a_date 4 requisitioned_on; ERROR not_a_number 5 amount; ERROR ragged_row 6 "
        );
    }

    async fn rows_are_numbered_as_the_sheet_numbers_them(app: Reference) {
        rounds(&app).await;
        let bytes = workbook(|sheet| {
            write(sheet, 0, &["round", "kod", "belopp"])?;
            write(sheet, 4, &["K", "0180", "600"])?;
            write(sheet, 5, &[" ", "", " "])?;
            write(sheet, 9, &["K", "0115", "x"])
        });
        assert_eq!(said(&send(&app, Kind::Allocations, &bytes).await), "REJECTED 0 0 0; ERROR not_a_number 10 amount");
    }

    async fn a_cell_at_the_far_end_does_not_fill_the_memory(app: Reference) {
        rounds(&app).await;
        let with_far = |row, column| {
            workbook(|sheet| {
                write(sheet, 0, &["round", "kod", "belopp"])?;
                write(sheet, 1, &["K", "0180", "600"])?;
                sheet.write_string(row, column, "x")?;
                Ok(())
            })
        };
        // XFD1048576: read cell by cell it costs nothing, as a rectangle 17 billion cells.
        let report = send(&app, Kind::Allocations, &with_far(1_048_575, 16_383)).await;
        assert_eq!(report.verdict.code(), "REJECTED");
        assert_eq!(report.findings.len(), 1, "{}", said(&report));
        let report = send(&app, Kind::Allocations, &with_far(1_048_575, 0)).await;
        assert_eq!(
            said(&report),
            "REJECTED 0 0 0; ERROR missing_value 1048576 recipient_code; ERROR missing_value 1048576 amount"
        );
        let report = send(&app, Kind::Allocations, &with_far(1, 400)).await;
        assert_eq!(said(&report), "REJECTED 0 0 0; ERROR ragged_row 2 ");
        let blank = workbook(|_| Ok(()));
        assert_eq!(send(&app, Kind::Allocations, &blank).await.verdict.code(), "REJECTED");
    }
}

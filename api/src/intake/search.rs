//! Whether a text stands in a file: what a decision takes out of the tables must not stay in the files.

use entity::Kind;

use super::source::{Limits, is_workbook, table_alone};
use super::table::Table;
use super::text;
use super::workbook::Workbook;

/// Shorter texts are looked for as whole cells: as parts of others they say nothing of anybody.
const WHOLE_CELL_BELOW: usize = 8;

/// Whether a file holds a text: in any cell, in any column, on any sheet, hidden ones too, or in what a workbook has beside
/// its cells. A file that cannot be read is taken to hold it.
pub(crate) fn holds_text(file_name: &str, bytes: &[u8], text: &str, limits: Limits) -> bool {
    let is_wanted = wanted(text);
    let holds = |table: &Table<'_>| table_holds(table, &is_wanted);
    if !is_workbook(file_name) {
        return text::read(bytes).as_ref().map_or(true, holds);
    }
    let Ok(mut workbook) = Workbook::open(bytes, limits.unpacked_bytes) else {
        return true;
    };
    let sheets = workbook.all_sheets();
    sheets
        .iter()
        .any(|sheet| workbook.table(sheet).as_ref().map_or(true, holds))
        || workbook.holds_beside(&is_wanted)
}

/// Whether a cell holds a text: a short one as the whole of it.
fn wanted(text: &str) -> impl Fn(&str) -> bool {
    let text = text.trim();
    let whole = text.chars().count() < WHOLE_CELL_BELOW;
    move |cell| match whole {
        true => cell.trim() == text,
        false => cell.contains(text),
    }
}

fn table_holds(table: &Table<'_>, holds: impl Fn(&str) -> bool) -> bool {
    if table.header.iter().any(|cell| holds(cell)) {
        return true;
    }
    // The first record that holds it ends the search.
    let searched = table.each(|record| match record.shown().any(|cell| holds(&cell)) {
        true => Err(()),
        false => Ok(()),
    });
    searched.is_err()
}

/// Goes through what is taken as texts from the cells of a kind's table, with the numbers of their records.
pub(crate) fn each_text(
    file_name: &str,
    bytes: &[u8],
    kind: Kind,
    limits: Limits,
    mut take: impl FnMut(i64, &str),
) {
    let (table, _) = table_alone(file_name, bytes, kind, limits);
    let Some(table) = table else {
        return;
    };
    let all: Result<(), std::convert::Infallible> = table.each(|record| {
        record.shown().for_each(|text| take(record.number, &text));
        Ok(())
    });
    let Ok(()) = all;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_in_any_column_and_encoding() {
        let limits = Limits::default();
        let file = "a;flex_egen\n1;\"Ring \"\"Åsa\"\" på fredag\"\n2;OK då\n";
        let holds = |text: &str| holds_text("x.csv", file.as_bytes(), text, limits);
        assert!(holds("Ring \"Åsa\" på fredag"));
        assert!(
            holds("\"Åsa\" på fredag"),
            "a long text is found within a cell"
        );
        assert!(
            holds("OK då") && !holds("OK"),
            "a short one is a whole cell"
        );
        assert!(!holds("Ring Åsa på fredag"));
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(file);
        assert!(holds_text("x.csv", &latin, "\"Åsa\" på fredag", limits));
        assert!(holds_text(
            "x.xlsx",
            b"no workbook",
            "någonting alls",
            limits
        ));
    }

    #[test]
    fn what_is_taken_within_other_limits_is_looked_through_within_them() {
        let long = "å".repeat(40_000);
        let file = format!("round;kommentar\nK;{long}\n");
        let found = |limits| {
            let mut found = Vec::new();
            let (bytes, kind) = (file.as_bytes(), Kind::UsageReports);
            each_text("x.csv", bytes, kind, limits, |row, text| {
                found.push((row, text.chars().count()));
            });
            found
        };
        assert_eq!(found(Limits::default()), [], "it would not have been taken");
        let wide = Limits {
            cell_characters: 50_000,
            ..Limits::default()
        };
        assert_eq!(found(wide), [(2, 1), (2, 40_000)]);
    }

    #[test]
    fn numbers_and_dates_that_are_taken_as_texts_are_found_as_texts() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2016, 5, 1).expect("a day");
        let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_string(0, 0, "kommentar").expect("a cell");
        sheet.write_number(1, 0, 701_234_567.0).expect("a cell");
        sheet
            .write_datetime_with_format(2, 0, &day, &format)
            .expect("a cell");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        for text in ["701234567", "2016-05-01"] {
            assert!(
                holds_text("x.xlsx", &bytes, text, Limits::default()),
                "{text}"
            );
        }
        assert!(!holds_text(
            "x.xlsx",
            &bytes,
            "701234568",
            Limits::default()
        ));
    }

    #[test]
    fn a_text_in_a_note_or_a_sheets_name_is_found() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook
            .add_worksheet()
            .set_name("Ring Åsa på fredag")
            .expect("a name");
        sheet.write_string(0, 0, "kommentar").expect("a cell");
        let note = rust_xlsxwriter::Note::new("Hon bor på Storgatan & har ny dörr");
        sheet.insert_note(0, 0, &note).expect("a note");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let holds = |text: &str| holds_text("x.xlsx", &bytes, text, Limits::default());
        assert!(holds("Storgatan & har") && holds("Ring Åsa på fredag"));
        assert!(!holds("Lillgatan & har"));
    }
}

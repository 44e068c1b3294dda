//! Marked copies: marks where the findings are, and nothing else of the sender's workbook touched.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use entity::{Kind, Severity};
use rust_xlsxwriter::{DataValidation, Format, Note, Workbook};
use zip::ZipArchive;

use super::{Judged, marked};
use crate::intake::{Finding, Limits, Rule};

fn finding(rule: Rule, severity: Severity, row: i64, column: Option<&str>) -> Finding {
    Finding {
        severity,
        rule,
        sheet: None,
        row: Some(row),
        column: column.map(str::to_owned),
        key: Some("=K|0114".to_owned()),
        message_sv: "Rätta <cellen>.".to_owned(),
        message_en: "Correct the cell.".to_owned(),
    }
}

/// The parts of a package by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.insert(part.name().unwrap().into_owned(), bytes);
    }
    parts
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

/// A sender's workbook: another sheet first, own columns, styles, widths, a list, a note, a hidden sheet, a local name.
fn senders() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("Läs mig")
        .unwrap()
        .write_string(0, 0, "Hej")
        .unwrap();
    let note = Note::new("En annan anteckning").set_author("Anna");
    book.worksheet_from_index(0)
        .unwrap()
        .insert_note(1, 1, &note)
        .unwrap();
    let sheet = book.add_worksheet().set_name("allocations").unwrap();
    let bold = Format::new().set_bold();
    for (column, name) in (0..).zip(["omgång", "flex_egen", "mottagarkod", "belopp"]) {
        sheet
            .write_string_with_format(2, column, name, &bold)
            .unwrap();
    }
    let money = Format::new()
        .set_num_format("#,##0.00")
        .set_background_color("#00FF00");
    for row in 3..6 {
        sheet.write_string(row, 0, "K").unwrap();
        sheet.write_string(row, 1, "=1+1").unwrap();
        sheet.write_string(row, 2, format!("010{row}")).unwrap();
        sheet.write_number_with_format(row, 3, 5, &money).unwrap();
    }
    sheet.set_column_width(1, 33).unwrap();
    sheet
        .insert_note(3, 3, &Note::new("Egen anteckning").set_author("Anna"))
        .unwrap();
    let list = DataValidation::new()
        .allow_list_strings(&["K", "N"])
        .unwrap();
    sheet.add_data_validation(3, 0, 9, 0, &list).unwrap();
    sheet.set_repeat_rows(2, 2).unwrap();
    book.add_worksheet()
        .set_name("dold")
        .unwrap()
        .set_hidden(true);
    book.save_to_buffer().unwrap()
}

fn mark(bytes: &[u8], findings: &[Finding]) -> Vec<u8> {
    let judged = [Judged {
        kind: Some(Kind::Allocations),
        findings,
    }];
    let copy = marked("bok.xlsx", bytes, &judged, Limits::default()).unwrap();
    assert_eq!(
        marked("bok.xlsx", bytes, &judged, Limits::default()).unwrap(),
        copy
    );
    copy
}

#[test]
fn only_the_parts_that_a_mark_touches_change() {
    let before = senders();
    let findings = [
        finding(Rule::NotANumber, Severity::Error, 4, Some("amount")),
        finding(
            Rule::MissingValue,
            Severity::Error,
            9,
            Some("recipient_code"),
        ),
        finding(Rule::RequisitionLate, Severity::Warning, 5, None),
    ];
    let after = mark(&before, &findings);
    let (before, after) = (parts(&before), parts(&after));
    let changed: BTreeSet<&str> = after
        .iter()
        .filter(|(name, bytes)| before.get(*name) != Some(*bytes))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        changed,
        BTreeSet::from([
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "xl/comments2.xml",
            "xl/drawings/vmlDrawing2.vml",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
            "xl/worksheets/sheet4.xml",
        ]),
        "sheet 1 is not the selected one any more, sheet 2 is marked, sheet 4 is the overview"
    );
    assert!(before.keys().all(|name| after.contains_key(name)));

    let workbook = text(&after, "xl/workbook.xml");
    let order: Vec<usize> = ["\"Fynd\"", "\"Läs mig\"", "\"allocations\"", "\"dold\""]
        .iter()
        .map(|name| workbook.find(name).unwrap())
        .collect();
    assert!(order.is_sorted(), "{workbook}");
    assert!(
        workbook.contains("localSheetId=\"2\""),
        "the name moves with its sheet: {workbook}"
    );

    // The header is in row 3; D4 has an amount, C9 is not there, A5 is the row's first cell.
    let marked: BTreeMap<String, String> = styles_of(&text(&after, "xl/worksheets/sheet2.xml"));
    let plain: BTreeMap<String, String> = styles_of(&text(&before, "xl/worksheets/sheet2.xml"));
    let differ: Vec<&str> = marked
        .iter()
        .filter(|(at, style)| plain.get(*at) != Some(style))
        .map(|(at, _)| at.as_str())
        .collect();
    assert_eq!(differ, ["A5", "C9", "D4"]);
    let comments = text(&after, "xl/comments2.xml");
    assert!(comments.contains("Egen anteckning") && comments.contains("<author>Anna</author>"));
    for at in ["A5", "C9", "D4"] {
        assert_eq!(
            comments.matches(&format!("ref=\"{at}\"")).count(),
            1,
            "{comments}"
        );
    }
    assert!(comments.contains("Fel: Rätta &lt;cellen&gt;."));
    let overview = text(&after, "xl/worksheets/sheet4.xml");
    assert!(
        overview.contains("location=\"&apos;allocations&apos;!D4\""),
        "{overview}"
    );
    assert!(!overview.contains("<f>"), "no text becomes a formula");
}

/// The style of each cell of a sheet.
fn styles_of(sheet: &str) -> BTreeMap<String, String> {
    let cells = sheet.split("<c ").skip(1).map(|rest| {
        let tag = &rest[..rest.find('>').unwrap()];
        let value = |name: &str| {
            let from = tag.find(&format!("{name}=\""))? + name.len() + 2;
            Some(tag[from..].split('"').next()?.to_owned())
        };
        (value("r").unwrap(), value("s").unwrap_or_default())
    });
    cells.collect()
}

#[test]
fn a_copy_that_is_marked_again_has_the_new_marks_alone() {
    let first = mark(
        &senders(),
        &[finding(
            Rule::NotANumber,
            Severity::Error,
            4,
            Some("recipient_code"),
        )],
    );
    let second = mark(
        &first,
        &[finding(
            Rule::NotANumber,
            Severity::Error,
            5,
            Some("recipient_code"),
        )],
    );
    let parts = parts(&second);
    let workbook = text(&parts, "xl/workbook.xml");
    assert_eq!(workbook.matches("\"Fynd\"").count(), 1);
    let comments = text(&parts, "xl/comments2.xml");
    assert!(!comments.contains("ref=\"C4\"") && comments.contains("ref=\"C5\""));
    let styles = styles_of(&text(&parts, "xl/worksheets/sheet2.xml"));
    assert_ne!(styles["C4"], styles["C5"]);
    let sheets = parts
        .keys()
        .filter(|name| name.starts_with("xl/worksheets/sheet"))
        .count();
    assert_eq!(sheets, 4, "{:?}", parts.keys());
    let types = text(&parts, "[Content_Types].xml");
    for name in parts
        .keys()
        .filter(|name| name.starts_with("xl/worksheets/sheet"))
    {
        assert_eq!(types.matches(&format!("/{name}\"")).count(), 1, "{types}");
    }
}

#[test]
fn a_copy_without_findings_has_no_marks_left() {
    let finding = finding(Rule::NotANumber, Severity::Error, 4, Some("recipient_code"));
    let first = parts(&mark(&senders(), &[finding]));
    let last = parts(&mark(&mark(&senders(), &[]), &[]));
    let cleared = parts(&mark(
        &mark(
            &senders(),
            &[self::finding(
                Rule::NotANumber,
                Severity::Error,
                4,
                Some("recipient_code"),
            )],
        ),
        &[],
    ));
    let styles =
        |parts: &BTreeMap<String, Vec<u8>>| styles_of(&text(parts, "xl/worksheets/sheet2.xml"));
    assert_ne!(styles(&first)["C4"], styles(&last)["C4"]);
    assert!(!text(&cleared, "xl/comments2.xml").contains("ref=\"C4\""));
    assert!(text(&cleared, "xl/comments2.xml").contains("Egen anteckning"));
    let marked = styles(&first)["C4"].clone();
    assert!(styles(&cleared).values().all(|style| *style != marked));
}

#[test]
fn headers_are_marked_where_they_stand() {
    let csv = "omgång;belop;kod;kod;belopp\nK;1;0114;0114;1\n";
    let findings = [
        finding(Rule::UnknownHeader, Severity::Error, 1, None),
        finding(
            Rule::DuplicateHeader,
            Severity::Error,
            1,
            Some("recipient_code"),
        ),
        finding(Rule::MissingHeader, Severity::Error, 1, Some("amount")),
        finding(Rule::RaggedRow, Severity::Error, 2, None),
    ];
    let judged = [Judged {
        kind: Some(Kind::Allocations),
        findings: &findings,
    }];
    let copy = marked("fil.csv", csv.as_bytes(), &judged, Limits::default()).unwrap();
    let comments = text(&parts(&copy), "xl/comments1.xml");
    for (at, count) in [("B1", 1), ("D1", 1), ("F2", 1)] {
        assert_eq!(
            comments.matches(&format!("ref=\"{at}\"")).count(),
            count,
            "{comments}"
        );
    }
    assert_eq!(
        comments.matches("<comment ").count(),
        3,
        "what is missing has no cell"
    );
}

#[test]
fn what_is_no_workbook_becomes_the_overview_alone() {
    let findings = [Finding {
        row: None,
        ..finding(Rule::UnreadableWorkbook, Severity::Error, 1, None)
    }];
    let mut cut = senders();
    cut.truncate(cut.len() / 2);
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    for bytes in [
        b"".as_slice(),
        b"PK\x03\x04",
        b"no workbook",
        &cut,
        deep.as_bytes(),
    ] {
        let copy = mark(bytes, &findings);
        let parts = parts(&copy);
        let workbook = text(&parts, "xl/workbook.xml");
        assert_eq!(workbook.matches("<sheet ").count(), 1);
        assert!(workbook.contains("\"Fynd\""));
    }
}

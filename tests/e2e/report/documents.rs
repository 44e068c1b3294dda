//! `samsyn report`: documents whose bytes are the same from run to run, read back with other readers.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{FUNDS, list, report};
use crate::harness::{TestApp, on_both_engines, program};

pub(super) fn written(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).expect("a folder").flatten();
    let read = |file: std::fs::DirEntry| {
        let name = file.file_name().to_string_lossy().into_owned();
        (name, std::fs::read(file.path()).expect("a file"))
    };
    files.map(read).collect()
}

/// Writes the final report on the funds.
pub(super) fn run(app: &TestApp, folder: &Path, more: &[&str]) -> bool {
    run_of(app, FUNDS, folder, more)
}

/// Writes a report of an assignment.
pub(super) fn run_of(app: &TestApp, assignment: &str, folder: &Path, more: &[&str]) -> bool {
    let out = folder.to_string_lossy().into_owned();
    let mut arguments = vec![
        "report",
        "--assignment",
        assignment,
        "--out",
        &out,
        "--database-url",
        &app.url,
    ];
    arguments.extend(more);
    let output = program::start(&arguments)
        .wait_with_output()
        .expect("it ends");
    output.status.success()
}

pub(super) fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
    let mut files = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).expect("a file");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its content");
        files.insert(file.name().expect("a name").into_owned(), content);
    }
    files
}

on_both_engines! {
    async fn two_runs_give_the_same_bytes_and_the_tables_are_the_reports(app: Example) {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        for out in [&one, &two] {
            assert!(run(&app, out, &["--format", "md,xlsx,csv,docx"]));
        }
        let (one, two) = (written(&one), written(&two));
        let names: Vec<&str> = one.keys().map(String::as_str).collect();
        assert_eq!(names, [
            "S2016-00633-FST_final_report_2019-09-30.csv.zip",
            "S2016-00633-FST_final_report_2019-09-30.sv.docx",
            "S2016-00633-FST_final_report_2019-09-30.sv.md",
            "S2016-00633-FST_final_report_2019-09-30.sv.usage_by_county.svg",
            "S2016-00633-FST_final_report_2019-09-30.sv.usage_distribution.svg",
            "S2016-00633-FST_final_report_2019-09-30.sv.usage_map.svg",
            "S2016-00633-FST_final_report_2019-09-30.sv.usage_over_years.svg",
            "S2016-00633-FST_final_report_2019-09-30.sv.xlsx",
        ]);
        assert!(one == two, "two runs give the same bytes");
        tables(&app, &unzipped(&one[names[0]])).await;
        let text = String::from_utf8(one[names[2]].clone()).expect("UTF-8");
        assert!(text.contains("SYNTETISKA EXEMPELDATA") && text.contains(FUNDS) && text.contains("2.1-07"));
        workbook(&one[names[7]]);
        charts(&text, &one[names[3]], &one[names[6]]);
        word(&one[names[1]]);
    }

    async fn it_fails_by_name_where_no_decision_asks_for_it(app: Reference) {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(!run(&app, folder.path(), &["--kind", "INTERIM_REPORT"]));
        assert!(written(folder.path()).is_empty());
        assert!(run(&app, folder.path(), &["--kind", "JOINT_PLAN", "--lang", "en", "--format", "md"]));
        assert_eq!(written(folder.path()).len(), 1);
    }
}

/// The ZIP's manifest holds for its files, and its figures are those that GraphQL answers.
async fn tables(app: &TestApp, files: &BTreeMap<String, Vec<u8>>) {
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).expect("a manifest");
    let named = list(&manifest, "/files");
    assert_eq!(named.len() + 1, files.len());
    for one in named {
        let bytes = &files[one["name"].as_str().expect("a name")];
        let hash: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(one["sha256"], hash);
        let rows = csv::Reader::from_reader(&bytes[..]).records().count();
        assert_eq!(one["rowCount"], json!(rows), "{}", one["name"]);
    }
    let found = report(app, FUNDS, "FINAL_REPORT", &Value::Null).await;
    let mut answered = Vec::new();
    for section in super::sections(&found) {
        for table in list(section, "/tables") {
            for row in list(table, "/rows") {
                let cells = list(row, "/cells")
                    .into_iter()
                    .filter(|cell| cell["figure"].is_string());
                answered.extend(cells.map(|cell| {
                    (
                        cell["number"].clone(),
                        cell["figure"].clone(),
                        cell["value"].as_str().unwrap_or_default().to_owned(),
                    )
                }));
            }
        }
    }
    let mut reader = csv::Reader::from_reader(&files["figures.csv"][..]);
    let written: Vec<_> = reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            (json!(row[0]), json!(row[1]), row[6].to_owned())
        })
        .collect();
    assert!(
        written.len() > 500 && written == answered,
        "{} figures",
        written.len()
    );
}

/// Another reader finds numbers as numbers, a sheet a table, and notes with numbers and codes.
fn workbook(bytes: &[u8]) {
    let book = umya_spreadsheet::reader::xlsx::read_reader(std::io::Cursor::new(bytes), true)
        .expect("a workbook");
    let sheet = book.sheet_by_name("2.1 D").expect("a sheet");
    let rate = sheet.cell((3, 3)).expect("a cell");
    assert!(rate.value_number().is_some(), "{}", rate.value());
    let files = unzipped(bytes);
    let notes = files
        .iter()
        .filter(|(name, _)| name.starts_with("xl/comments"));
    let code = "fund.usage_rate|S2016/00633/FST|2016|MUNICIPALITY";
    assert!(
        notes
            .clone()
            .any(|(_, text)| String::from_utf8_lossy(text).contains(code)),
        "{} notes",
        notes.count()
    );
}

/// Every part of the Word document is XML, with Word's own styles for headings and captions.
fn word(bytes: &[u8]) {
    let files = unzipped(bytes);
    for (name, content) in files.iter().filter(|(name, _)| !name.ends_with(".png")) {
        let mut reader = quick_xml::Reader::from_reader(&content[..]);
        reader.config_mut().check_end_names = true;
        while reader
            .read_event()
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            != quick_xml::events::Event::Eof
        {}
    }
    let text = String::from_utf8_lossy(&files["word/document.xml"]).into_owned();
    for style in ["Title", "Heading1", "Heading2", "Caption"] {
        assert!(
            text.contains(&format!("<w:pStyle w:val=\"{style}\"/>")),
            "{style}"
        );
    }
    assert!(
        text.contains("<w:tblHeader/>")
            && String::from_utf8_lossy(&files["word/styles.xml"]).contains("sv-SE")
    );
    assert!(String::from_utf8_lossy(&files["word/footer1.xml"]).contains(FUNDS));
    let pictures: Vec<&String> = files.keys().filter(|name| name.ends_with(".png")).collect();
    assert_eq!(pictures.len(), 4, "every chart: {pictures:?}");
    for name in pictures {
        assert!(files[name].starts_with(b"\x89PNG"), "{name}");
        let target = name.trim_start_matches("word/");
        let relations = String::from_utf8_lossy(&files["word/_rels/document.xml.rels"]);
        assert!(
            relations.contains(&format!("Target=\"{target}\"")),
            "{name} is named"
        );
    }
    assert_eq!(text.matches("<wp:docPr ").count(), 4);
    assert!(text.contains("descr=\"Karta: kommunernas nyttjandegrad 2018, procent."));
}

/// The charts are SVG, and Markdown shows them with their numbers in words.
fn charts(text: &str, by_county: &[u8], over_years: &[u8]) {
    for (name, bytes) in [
        ("usage_by_county", by_county),
        ("usage_over_years", over_years),
    ] {
        let mut reader = quick_xml::Reader::from_reader(bytes);
        while reader
            .read_event()
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            != quick_xml::events::Event::Eof
        {}
        assert!(
            text.contains(&format!(
                "(S2016-00633-FST_final_report_2019-09-30.sv.{name}.svg)"
            )),
            "{name}"
        );
    }
    // Of `expected.json`: 81.3 and 91.9 percent.
    assert!(text.contains("Kommuner 2016: 81,3") && text.contains("Kommuner 2018: 91,9"));
}

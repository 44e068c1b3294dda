//! Workbooks that are made to fill the memory: refused with a finding, in little memory, while the service answers.

mod book;
mod memory;

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use entity::Kind;
use samsyn::intake::Limits;
use samsyn::workbooks::{Judged, marked};
use serde_json::Value;
use tower::ServiceExt;

use crate::harness::{Engine, Persona, Prepared, TestApp, program, run};
use book::{Book, cell, requisition, requisitions};
use memory::peak_while_running;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Mebibytes that a process may take at most.
const MOST: u64 = 300;

/// A hostile workbook: its name, and the rule that it breaks; none where it is sound after all.
struct Hostile {
    name: &'static str,
    rule: Option<&'static str>,
    book: Book,
}

fn hostile(name: &'static str, rule: &'static str, book: Book) -> Hostile {
    let rule = Some(rule);
    Hostile { name, rule, book }
}

const LARGE: &str = "workbook_too_large";
const UNREADABLE: &str = "unreadable_workbook";

/// Every way known to us in which a small file takes much memory, or much time.
fn all() -> Vec<Hostile> {
    let sound = || requisitions(&requisition(2, "0123"));
    let shared = |texts: &str| sound().shared(texts);
    let formats = |xml: &str| sound().styles(xml);
    let long = "a".repeat(32_000);
    let million = 1_000_000;
    let of_shared: String = (2..3_002)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let wide = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_384));
    let runs = format!(
        "<c t=\"inlineStr\"><is>{}</is></c>",
        "<r><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></r>".repeat(60_000)
    );
    let dtd =
        "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    vec![
        hostile("claims four thousand million texts", LARGE, sound().shared_raw("<sst xmlns=\"m\" count=\"4294967295\" uniqueCount=\"4294967295\"><si><t>x</t></si></sst>")),
        Hostile {
            name: "claims cells to the last one",
            rule: None,
            book: sound().before("<dimension ref=\"A1:XFD1048576\"/>"),
        },
        Hostile {
            name: "merges everything a hundred thousand times",
            rule: None,
            book: sound().after(&format!("<mergeCells count=\"4294967295\">{}</mergeCells>", "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(100_000))),
        },
        hostile("three million empty texts", LARGE, shared(&"<si/>".repeat(3 * million))),
        hostile("a text of a million pieces", LARGE, shared(&format!("<si>{}</si>", "<r><t>aa</t></r>".repeat(million)))),
        hostile("a header that is one long text in every column", LARGE, Book::of(&format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(16_384))).shared(&format!("<si><t>{long}</t></si>"))),
        Hostile {
            name: "twenty thousand number formats of five hundred sections",
            rule: None,
            book: formatted(20_000, &";".repeat(500)),
        },
        Hostile {
            name: "twenty thousand number formats of hours and minutes",
            rule: None,
            book: formatted(20_000, &"hm".repeat(250)),
        },
        hostile("one long text, three thousand times", LARGE, requisitions(&of_shared).shared(&format!("<si><t>{long}</t></si>"))),
        hostile("a million formats of cells", LARGE, formats(&format!("<cellXfs>{}</cellXfs>", "<xf/>".repeat(million)))),
        hostile("a hundred thousand number formats", LARGE, formats(&format!("<numFmts>{}</numFmts>", (0..100_000).map(|id| format!("<numFmt numFmtId=\"{id}\" formatCode=\"0\"/>")).collect::<String>()))),
        hostile("a number format of a megabyte", LARGE, formats(&format!("<numFmts><numFmt numFmtId=\"164\" formatCode=\"{}\"/></numFmts>", "0".repeat(million)))),
        hostile("two million elements within one another", UNREADABLE, requisitions(&"<a>".repeat(2 * million))),
        hostile("an attribute of ten megabytes", UNREADABLE, requisitions(&format!("<row spans=\"{}\"/>", "1".repeat(10 * million)))),
        hostile("a text of ten megabytes", UNREADABLE, requisitions(&format!("<row>{}</row>", cell("A2", &"a".repeat(10 * million))))),
        hostile("a cell of sixty thousand pieces", LARGE, requisitions(&format!("<row>{runs}</row>"))),
        hostile("a comment of ten megabytes", UNREADABLE, requisitions(&format!("<!--{}-->", "a".repeat(10 * million)))),
        hostile("a row of every column, three hundred times", LARGE, requisitions(&wide.repeat(300))),
        hostile("three hundred thousand rows", LARGE, requisitions(&"<row><c><v>1</v></c></row>".repeat(300_000))),
        hostile("a hundred thousand sheets", LARGE, sound().more_sheets(100_000)),
        hostile("a hundred thousand relations", UNREADABLE, sound().more_relations(100_000)),
        Hostile {
            name: "a hundred thousand times every column hidden",
            rule: None,
            book: sound().before(&format!("<cols>{}</cols>", "<col min=\"1\" max=\"16384\" hidden=\"1\"/>".repeat(100_000))),
        },
        hostile("entities of its own", UNREADABLE, sound().shared_raw(&format!("{dtd}<sst><si><t>&b;</t></si></sst>"))),
        hostile("twenty thousand parts", LARGE, sound().more_parts(20_000)),
        hostile("the same cell twice", UNREADABLE, requisitions("<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>2</v></c></row>")),
        hostile("a row that comes back", UNREADABLE, requisitions("<row r=\"3\"><c><v>1</v></c></row><row r=\"2\"><c><v>1</v></c></row>")),
        hostile("a row past the last", UNREADABLE, requisitions("<row r=\"1048577\"><c><v>1</v></c></row>")),
        hostile("a sheet that breaks off", UNREADABLE, requisitions("<row r=\"2\"><c r=\"A2\"><v>1</v></c>").cut()),
    ]
}

/// A workbook in which each row has a number format of its own.
fn formatted(count: usize, code: &str) -> Book {
    let formats: String = (0..count)
        .map(|id| format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", id + 200))
        .collect();
    let cells: String = (0..count)
        .map(|id| format!("<xf numFmtId=\"{}\"/>", id + 200))
        .collect();
    let rows: String = (0..count)
        .map(|id| format!("<row><c s=\"{id}\"><v>1</v></c></row>"))
        .collect();
    requisitions(&rows).styles(&format!(
        "<numFmts>{formats}</numFmts><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs>{cells}</cellXfs>"
    ))
}

fn write(folder: &Path, bytes: &[u8]) -> String {
    let path = folder.join("bok.xlsx");
    let mut file = std::fs::File::create(&path).expect("a file");
    file.write_all(bytes).expect("the file is written");
    path.to_str().expect("a path of text").to_owned()
}

/// What the program says of a file, and the mebibytes it took.
fn import(app: &TestApp, path: &str, more: &[&str]) -> (Value, u64) {
    let mut arguments = vec![
        "import",
        path,
        "--kind",
        "requisitions",
        "--assignment",
        "S2016/00633/FST",
        "--format",
        "json",
        "--database-url",
        &app.url,
    ];
    arguments.extend(more);
    let (output, peak) = peak_while_running(program::start(&arguments));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let json = said.find("{\n").and_then(|from| {
        let to = said.rfind('}')?;
        serde_json::from_str(&said[from..=to]).ok()
    });
    let errors = String::from_utf8_lossy(&output.stderr);
    let json = json.unwrap_or_else(|| panic!("no report: {said} {errors}"));
    (json, peak)
}

async fn refused_in_little_memory(app: TestApp) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut faulty = Vec::new();
    for one in all() {
        let path = write(folder.path(), &one.book.bytes());
        let copy = format!("{path}-granskad.xlsx");
        // With a marked copy, and to be kept: a coordinator's file is accepted at once.
        let (report, judged) = import(&app, &path, &["--dry-run", "--marked", &copy]);
        let copy = std::fs::read(&copy).expect("a marked copy");
        assert!(copy.starts_with(b"PK"), "{}", one.name);
        let (kept, keeping) = import(&app, &path, &[]);
        let peak = judged.max(keeping);
        let verdicts = [&report, &kept].map(|report| report["submissions"][0]["verdict"].clone());
        assert_eq!(verdicts[0], verdicts[1], "{}", one.name);
        let findings = &report["submissions"][0]["findings"];
        let rules: Vec<&str> = findings
            .as_array()
            .expect("findings")
            .iter()
            .filter_map(|one| one["rule"].as_str())
            .collect();
        let right = match one.rule {
            Some(rule) => rules == [rule],
            None => !rules.contains(&LARGE) && !rules.contains(&UNREADABLE),
        };
        if !right || peak >= MOST {
            faulty.push(format!("{}: {rules:?}, {peak} MiB", one.name));
        }
    }
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
}

#[test]
fn a_hostile_workbook_is_refused_in_little_memory() {
    run(
        Engine::Sqlite,
        Prepared::Reference,
        refused_in_little_memory,
    );
}

/// A marked copy is made of whatever was sent: where the workbook cannot be changed, it has the overview alone.
#[test]
fn a_hostile_workbook_has_a_marked_copy() {
    for one in all() {
        let judged = [Judged {
            kind: Some(Kind::Requisitions),
            findings: &[],
        }];
        let copy = marked("bok.xlsx", &one.book.bytes(), &judged, Limits::default());
        assert!(
            copy.is_ok_and(|copy| copy.starts_with(b"PK")),
            "{}",
            one.name
        );
    }
}

/// Sends a workbook as the coordinator, and takes a marked copy for an answer.
fn upload(bytes: &[u8]) -> Request<Body> {
    let path = "/submissions?kind=requisitions&assignment=S2016%2F00633%2FFST&dryRun=true&fileName=bok.xlsx";
    let mut request = Request::post(path)
        .header(header::CONTENT_TYPE, XLSX)
        .header(header::ACCEPT, XLSX)
        .body(Body::from(bytes.to_vec()))
        .expect("a request");
    Persona::coordinator("socialstyrelsen").sign(&mut request);
    request
}

async fn answers_meanwhile(app: TestApp) {
    let rows: String = (2..40_002)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let long = format!("<si><t>{}</t></si>", "a".repeat(32_000));
    let hostile = requisitions(&rows).shared(&long).bytes();
    let uploads: Vec<_> = (0..4)
        .map(|_| tokio::spawn(app.router.clone().oneshot(upload(&hostile))))
        .collect();
    let mut asked = 0;
    while asked < 3 || !uploads.iter().all(tokio::task::JoinHandle::is_finished) {
        let question = app.ask("{ limits { fileBytes } }");
        let answer = tokio::time::timeout(Duration::from_secs(5), question).await;
        assert_eq!(
            answer.expect("an answer meanwhile")["limits"]["fileBytes"],
            104_857_600
        );
        asked += 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for upload in uploads {
        let answer = upload.await.expect("it is judged").expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "a dry run is a question");
        assert_eq!(answer.headers()["samsyn-verdict"], "REJECTED");
        assert_eq!(answer.headers()[header::CONTENT_TYPE], XLSX);
    }
}

#[test]
fn the_service_answers_while_hostile_workbooks_are_judged() {
    run(Engine::Sqlite, Prepared::Reference, answers_meanwhile);
}

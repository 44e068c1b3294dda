//! No export holds a part: lists within rows are whole, or the export is refused, or what is left out is told; in every
//! form, of every question, by whichever of its lists.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use arrow_ipc::reader::FileReader;
use axum::body::Bytes;
use axum::http::StatusCode;
use calamine::{Reader, Xlsx};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Value, json};

use super::{Answer, encoded, get, save, saved};
use crate::answer::data;
use crate::harness::{Persona, TestApp, on_both_engines, question};

const QUESTIONS: [&str; 14] = [
    "01-assignment",
    "02-allocation-key",
    "03-fund-usage",
    "04-one-municipality",
    "05-who-is-missing",
    "06-coverage",
    "07-plan",
    "08-indicator-shift",
    "09-equality",
    "10-report",
    "11-figure",
    "12-calendar",
    "13-two-datasets",
    "14-person-table",
];

/// The refusal: its status, its code, and that it says why in both languages.
fn refused(answer: &Answer) -> (StatusCode, String) {
    let error = &answer.json()["errors"][0];
    let english = error["message"].as_str().expect("a message");
    let swedish = error["extensions"]["messageSv"].as_str();
    let swedish = swedish.unwrap_or_else(|| panic!("no Swedish: {error}"));
    assert!(english.len() > 40 && swedish.len() > 40, "{error}");
    answer.code()
}

fn bad() -> (StatusCode, String) {
    (StatusCode::BAD_REQUEST, "BAD_USER_INPUT ".to_owned())
}

async fn file(app: &TestApp, path: &str) -> Answer {
    get(app, &Persona::public(), path, None).await
}

/// The names of the columns in every form, and the number of rows in each.
fn shape(form: &str, bytes: &[u8]) -> (Vec<String>, usize) {
    match form {
        "csv" => {
            let mut reader = csv::Reader::from_reader(bytes);
            let names = reader.headers().expect("headers");
            let names = names.iter().map(str::to_owned).collect();
            (names, reader.records().count())
        }
        "xlsx" => {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
            let sheet = book.worksheet_range("Rader").expect("the rows");
            let mut rows = sheet.rows();
            let names = rows.next().expect("headers").iter();
            (names.map(ToString::to_string).collect(), rows.count())
        }
        "parquet" => {
            let bytes = Bytes::copy_from_slice(bytes);
            let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).expect("Parquet");
            let fields = reader.schema().fields().iter();
            let names = fields.map(|field| field.name().clone()).collect();
            let batches = reader.build().expect("batches");
            let rows = batches.map(|batch| batch.expect("a batch").num_rows());
            (names, rows.sum())
        }
        "arrow" => {
            let reader = FileReader::try_new(Cursor::new(bytes), None).expect("Arrow");
            let fields = reader.schema();
            let names = fields.fields().iter().map(|field| field.name().clone());
            let names = names.collect();
            let rows = reader.map(|batch| batch.expect("a batch").num_rows());
            (names, rows.sum())
        }
        _ => {
            let whole: Value = serde_json::from_slice(bytes).expect("JSON");
            let columns = whole["columns"].as_array().expect("columns").iter();
            let names: Vec<String> = columns
                .map(|column| column["name"].as_str().expect("a name").to_owned())
                .collect();
            let rows = whole["rows"].as_array().expect("rows");
            for row in rows {
                let held: Vec<&String> = row.as_object().expect("a row").keys().collect();
                assert_eq!(held.len(), names.len(), "a row has a cell for each column");
            }
            (names, rows.len())
        }
    }
}

/// Forms that are read back here.
const FORMS: [&str; 5] = ["json", "parquet", "csv", "xlsx", "arrow"];

/// Every form of an address has the same columns, no two of one name, and the same rows; or none is given. Gives the JSON.
async fn agree(app: &TestApp, path: &str, said: &str) -> Option<Value> {
    agree_in(app, path, said, &FORMS).await
}

/// The same of some forms, JSON among them.
async fn agree_in(app: &TestApp, path: &str, said: &str, forms: &[&str]) -> Option<Value> {
    let mut shapes = BTreeMap::new();
    let mut whole = None;
    for form in forms.iter().copied() {
        let answer = file(app, &format!("{path}.{form}{said}")).await;
        if answer.status != StatusCode::OK {
            let (status, code) = answer.code();
            let known = [StatusCode::BAD_REQUEST, StatusCode::PAYLOAD_TOO_LARGE];
            assert!(known.contains(&status), "{path}{said}: {status} {code}");
            // A cell of a workbook holds 32 767 characters, and a list may be longer.
            if form != "xlsx" || status != StatusCode::PAYLOAD_TOO_LARGE {
                shapes.insert(form, None);
            }
            continue;
        }
        if form == "json" {
            whole = Some(answer.json());
        }
        shapes.insert(form, Some(shape(form, &answer.bytes)));
    }
    let first = shapes["json"].clone();
    for (form, shape) in &shapes {
        assert_eq!(*shape, first, "{form} of {path}{said}");
    }
    if let Some((names, _)) = first {
        let lower: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(lower.len(), names.len(), "{path}{said}: {names:?}");
    }
    whole
}

on_both_engines! {
    async fn a_list_in_a_row_is_whole(app: Example) {
        let document = "{ fundUsage(assignment: \"S2016/00633/FST\", groupBy: [GRANT_YEAR, RECIPIENT_KIND]) { rows { key { grantYear recipientKind }
            sources(of: PAID) { totalCount nodes { row submission { id } } } } } }";
        let whole = agree(&app, &saved(&app, document).await, "").await.expect("a file");
        let rows = whole["rows"].as_array().expect("rows");
        let counts: Vec<usize> = rows.iter().map(|row| row["sources.nodes"].as_array().expect("a list").len()).collect();
        for (row, count) in rows.iter().zip(&counts) {
            assert_eq!(row["sources.totalCount"], *count, "{row}");
            assert_eq!(row["sources.nodes"].as_array().expect("a list").iter().map(ToString::to_string).collect::<BTreeSet<_>>().len(), *count, "each once");
        }
        // More than a page gives where nothing is said.
        assert!(counts.iter().any(|count| *count > 50), "{counts:?}");
        // What was asked for the check stands in no cell.
        assert!(!whole.to_string().contains("samsyn_whole"));
        let counties = "{ counties { code recipients { totalCount edges { node { code } } } } }";
        let whole = agree(&app, &saved(&app, counties).await, "").await.expect("a file");
        for row in whole["rows"].as_array().expect("rows") {
            assert_eq!(row["recipients.totalCount"], row["recipients.edges"].as_array().expect("a list").len());
        }
    }

    async fn a_part_is_refused_in_both_languages(app: Example) {
        let of = |inner: &str| format!("query ($after: String, $n: Int = 2) {{ counties {{ code recipients({inner}) {{ nodes {{ code }} }} }} rounds(after: $after) {{ totalCount }} deliverables(from: \"2016-01-01\", to: \"2016-01-02\") {{ title }} n: rounds(first: $n) {{ totalCount }} }}");
        for inner in ["first: 2", "last: 2", "first: $n", "first: 0"] {
            let path = saved(&app, &of(inner)).await;
            for form in ["csv", "xlsx", "json", "zip", "parquet", "arrow"] {
                assert_eq!(refused(&file(&app, &format!("{path}.{form}?rows=counties")).await), bad(), "{inner}");
            }
        }
        // As many as there are is no part, whatever it is called.
        let path = saved(&app, &of("first: $n")).await;
        let all = format!("{path}.json?rows=counties&variables={}", encoded(&json!({ "n": 100 })));
        assert_eq!(file(&app, &all).await.status, StatusCode::OK);
        for outer in [
            "{ recipients(last: 10) { nodes { code } } }",
            "{ recipients(first: 10) { page: pageInfo { more: hasNextPage } nodes { code } } }",
            "{ recipients(first: 10) { pageInfo { hasNextPage endCursor } edges { node { code } } } }",
            "{ recipients { nodes { code } } }",
            "query ($after: String) { recipients { nodes { code } } rounds(after: $after) { totalCount } }",
            "{ coverage(assignment: \"S2020/01591/SOF\", recipientKind: MUNICIPALITY) { total { unreached(first: 3) { code } } } }",
        ] {
            let path = saved(&app, outer).await;
            assert_eq!(refused(&file(&app, &format!("{path}.csv")).await), bad(), "{outer}");
        }
    }

    async fn rows_begin_with_the_first_one(app: Example) {
        let document = "query ($from: String, $to: String) { recipients(first: 100, after: $from, before: $to) { page: pageInfo { more: hasNextPage at: endCursor } nodes { code } } }";
        let path = saved(&app, document).await;
        let whole = file(&app, &format!("{path}.json")).await.json();
        let total = data(&app, "{ recipients { totalCount } }", json!({})).await["recipients"]["totalCount"].take();
        assert_eq!(whole["rowCount"], total, "pages are turned by whatever variable");
        assert_eq!(whole["columns"].as_array().expect("columns").len(), 1, "where a page ends is no column");
        let page = data(&app, document, json!({})).await;
        let cursor = &page["recipients"]["page"]["at"];
        for variables in [json!({ "from": cursor }), json!({ "to": cursor })] {
            let part = file(&app, &format!("{path}.json?variables={}", encoded(&variables))).await;
            assert_eq!(refused(&part), bad(), "{variables}");
        }
        let literal = format!("{{ recipients(first: 500, after: {cursor}) {{ totalCount nodes {{ code }} }} }}");
        assert_eq!(refused(&file(&app, &format!("{}.csv", saved(&app, &literal).await)).await), bad());
    }

    async fn every_list_of_every_question_is_whole_refused_or_told(app: Example) {
        let now = data(&app, "{ dataset { info { asOf } } }", json!({})).await["dataset"]["info"]["asOf"].take();
        let (mut files, mut refusals) = (0, Vec::new());
        for name in QUESTIONS {
            let path = saved(&app, &question(name)).await;
            // Of one instant, so that what is composed once answers for every list.
            let instant = encoded(&now).trim_start_matches("%22").trim_end_matches("%22").to_owned();
            let given = if name == "13-two-datasets" { format!("variables={}&", encoded(&json!({ "asOf": now }))) } else { String::new() };
            let variables = format!("?asOf={instant}&{given}");
            // The refusal of a list that there is not names those that there are.
            let none = file(&app, &format!("{path}.json{variables}rows=none")).await.json();
            let said = none["errors"][0]["message"].as_str().expect("a message").to_owned();
            let lists = said.split_once("rows= is one of ").map_or("", |(_, lists)| lists);
            for (nth, list) in lists.split(", ").filter(|list| !list.is_empty()).enumerate() {
                // The check of a clean clone reads every form of every list.
                let forms = if nth == 0 { &FORMS[..] } else { &FORMS[..1] };
                let Some(whole) = agree_in(&app, &path, &format!("{variables}rows={list}"), forms).await else {
                    refusals.push(format!("{name} {list}"));
                    continue;
                };
                files += 1;
                // What stands in no column is told: each outermost list is the rows, holds them, or is left out.
                let told = whole["leftOut"].as_array().expect("a list");
                for other in lists.split(", ") {
                    let is_told = told.iter().any(|one| one.as_str().is_some_and(|one| other.starts_with(one)));
                    assert!(is_told || other.starts_with(list) || list.starts_with(other), "{name}, {list}: {other} is told nowhere of {told:?}");
                }
            }
        }
        assert!(files > 40, "{files}");
        // A page of twenty events, and of five sources, are parts where there are more.
        assert!(refusals.iter().all(|one| one.contains("sources") || one.contains("supportEvents") || one.starts_with("04")), "{refusals:?}");
    }

    async fn columns_of_one_name_are_told_apart(app: Example) {
        let document = "query ($after: String) { round(code: \"KOM-2018\") { code year } missingReports(round: \"KOM-2018\", onDate: \"2030-01-01\", after: $after) {
            nodes { round { code } recipient { code } paidAmount PaidAmount: paidAmount } } }";
        let whole = agree(&app, &saved(&app, document).await, "").await.expect("a file");
        let names: Vec<&str> = whole["columns"].as_array().expect("columns").iter().map(|one| one["name"].as_str().expect("a name")).collect();
        assert_eq!(names, ["round.code", "round.year", "missingReports.nodes.round.code", "recipient.code", "paidAmount", "missingReports.nodes.PaidAmount"]);
        let row = &whole["rows"][0];
        assert_eq!((&row["round.code"], &row["missingReports.nodes.round.code"]), (&json!("KOM-2018"), &json!("KOM-2018")), "{whole}");
        let totals = whole["controlTotals"].as_object().expect("totals");
        assert_eq!(totals["paidAmount"], totals["missingReports.nodes.PaidAmount"]);
    }

    async fn a_list_in_a_list_is_the_rows_by_name(app: Example) {
        let path = saved(&app, "{ counties { code name recipients { nodes { code } } } }").await;
        let document = "{ counties { code name recipients(first: 100) { totalCount nodes { code } } } }";
        let whole = agree(&app, &path, "?rows=counties.recipients.nodes").await.expect("a file");
        let answer = data(&app, document, json!({})).await;
        let mut expected = Vec::new();
        for county in answer["counties"].as_array().expect("counties") {
            assert_eq!(county["recipients"]["totalCount"], county["recipients"]["nodes"].as_array().expect("nodes").len());
            for node in county["recipients"]["nodes"].as_array().expect("nodes") {
                expected.push(json!({ "counties.code": county["code"], "counties.name": county["name"], "code": node["code"] }));
            }
        }
        assert_eq!(whole["rows"], json!(expected));
        assert!(expected.len() > 200, "{}", expected.len());
    }
}

on_both_engines! {
    async fn the_proof_names_every_dataset_that_was_read(app: Example) {
        let info = data(&app, "{ dataset { info { asOf version today } } }", json!({})).await["dataset"]["info"].take();
        let (then, version) = (info["asOf"].as_str().expect("an instant").to_owned(), info["version"].clone());
        let funds = crate::intake::files::FUNDS;
        crate::intake::world::accepted(&app, entity::Kind::Rounds, &format!("round;assignment;year;recipient_kind;available_amount;use_by;report_by\nM-2019;{funds};2019;MUNICIPALITY;900;2019-12-31;2020-03-31\n")).await;
        let now = data(&app, "{ dataset { info { version } } }", json!({})).await["dataset"]["info"]["version"].take();
        assert_ne!(now, version);
        let usage = "fundUsage(assignment: \"S2016/00633/FST\", groupBy: [GRANT_YEAR]) { rows { paidAmount } }";
        let one = |of: &str| format!("{{ dataset({of}) {{ {usage} }} }}");
        let then_of_address = format!("?asOf={}", encoded(&json!(then)).trim_start_matches("%22").trim_end_matches("%22"));
        for (document, said, expected) in [
            (format!("{{ {usage} }}"), "", vec![(&now, Value::Null)]),
            (format!("{{ {usage} }}"), then_of_address.as_str(), vec![(&version, json!(then))]),
            (one(&format!("asOf: \"{then}\"")), "", vec![(&version, json!(then))]),
            (format!("query ($at: DateTime = \"{then}\") {}", one("asOf: $at")), "", vec![(&version, json!(then))]),
            (format!("{{ a: dataset {{ {usage} }} b: dataset(asOf: \"{then}\") {{ info {{ version }} }} }}"), "", vec![(&now, Value::Null), (&version, json!(then))]),
            // What reads the question's own dataset beside one of another time reads two.
            (format!("{{ {usage} dataset(asOf: \"{then}\") {{ info {{ version }} }} }}"), "", vec![(&now, Value::Null), (&version, json!(then))]),
        ] {
            let path = saved(&app, &document).await;
            let answer = file(&app, &format!("{path}.json{said}")).await;
            let whole = answer.json();
            let named = whole["datasets"].as_array().expect("datasets");
            let told: BTreeSet<String> = named.iter().map(|one| read(&one["version"], &one["asOf"])).collect();
            let expected: BTreeSet<String> = expected.iter().map(|(version, as_of)| read(version, as_of)).collect();
            assert_eq!(told, expected, "{document}");
            let versions = answer.header("samsyn-dataset-version");
            assert_eq!(versions.split(", ").count(), named.len(), "{document}");
            if let [only] = named.as_slice() {
                assert_eq!((&whole["dataset"], versions), (only, only["version"].to_string().as_str()));
            } else {
                assert_eq!(whole["dataset"], Value::Null, "none of two is the one");
            }
        }
        // Another day is another dataset, and the basis is told to those who may read it.
        let path = saved(&app, &one("today: \"2019-01-02\"")).await;
        let whole = file(&app, &format!("{path}.json")).await.json();
        assert_eq!((&whole["dataset"]["today"], &whole["dataset"]["basis"]), (&json!("2019-01-02"), &json!("ACCEPTED")));
        let path = saved(&app, &one("basis: ALL_RECEIVED")).await;
        let whole = get(&app, &Persona::coordinator("socialstyrelsen"), &format!("{path}.json"), None).await.json();
        assert_eq!(whole["dataset"]["basis"], "ALL_RECEIVED", "{whole}");
    }

    async fn what_the_schema_refuses_is_not_saved(app: Empty) {
        for bad in [
            "{ rounds { nodes { code } } rounds(first: 2) { totalCount } }",
            "{ rounds(nothing: 1) { totalCount } }",
            "{ rounds(first: \"two\") { totalCount } }",
            "{ round { code } }",
            "{ rounds }",
            "query ($x: Nothing) { rounds { totalCount } }",
            "query ($x: Int = \"two\") { rounds(first: $x) { totalCount } }",
            "{ rounds(first: $x) { totalCount } }",
            "{ rounds { totalCount @nothing } }",
            "{ rounds { totalCount ...F } } fragment F on Recipient { code }",
        ] {
            let payload = save(&app, &Persona::evaluator(), bad).await;
            assert_eq!((&payload["query"], &payload["problems"][0]["code"]), (&Value::Null, &json!("BAD_INPUT")), "{bad}: {payload}");
        }
    }
}

/// A dataset's version and the instant that was asked for, however it is written.
fn read(version: &Value, as_of: &Value) -> String {
    let instant = as_of.as_str().map(|text| {
        let instant: chrono::DateTime<chrono::Utc> = text.parse().expect("an instant");
        instant.to_string()
    });
    format!("{version} {}", instant.unwrap_or_default())
}

//! Saved questions at addresses of their own: every form holds the numbers that GraphQL answers, whole, and proves it.

mod columns;
mod parts;
mod whole;

use std::io::{Cursor, Read};

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use calamine::{Data, Reader, Xlsx};
use http_body_util::BodyExt;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use crate::answer::data;
use crate::harness::{Persona, TestApp, on_both_engines, question};
use crate::intake::files::FUNDS;
use crate::stored::Stored;

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("a text")
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).expect("JSON")
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a text"))
    }

    fn code(&self) -> (StatusCode, String) {
        let json = self.json();
        let extensions = &json["errors"][0]["extensions"];
        let said = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
        (
            self.status,
            format!("{} {}", said("code"), said("argument")),
        )
    }
}

async fn get(app: &TestApp, who: &Persona, path: &str, tag: Option<&str>) -> Answer {
    let mut request = Request::get(path).body(Body::empty()).expect("a request");
    if let Some(tag) = tag {
        request
            .headers_mut()
            .insert(header::IF_NONE_MATCH, tag.parse().expect("a tag"));
    }
    who.sign(&mut request);
    let answer = app
        .router
        .clone()
        .oneshot(request)
        .await
        .expect("an answer");
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
    Answer {
        status: parts.status,
        headers: parts.headers,
        bytes,
    }
}

async fn save(app: &TestApp, who: &Persona, document: &str) -> Value {
    let asked = "mutation ($document: String!) { saveQuery(input: { document: $document }) {
        query { sha256 path document } problems { code path messageSv messageEn } } }";
    let mut answer = app
        .ask_as(who, asked, json!({ "document": document }))
        .await;
    if answer.get("errors").is_some() {
        return answer;
    }
    answer["data"]["saveQuery"].take()
}

pub(crate) async fn saved(app: &TestApp, document: &str) -> String {
    let payload = save(app, &Persona::evaluator(), document).await;
    assert_eq!(payload["problems"], json!([]), "{payload}");
    payload["query"]["path"]
        .as_str()
        .expect("a path")
        .to_owned()
}

/// Percent encoding of what JSON holds.
fn encoded(value: &Value) -> String {
    value
        .to_string()
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// The cells of CSV for programs, by the names of the columns.
fn cells(text: &[u8], delimiter: u8) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text);
    let names = reader.headers().expect("headers").clone();
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.expect("a row");
        names
            .iter()
            .zip(row.iter())
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    };
    reader.records().map(row).collect()
}

fn cell<'a>(row: &'a [(String, String)], name: &str) -> &'a str {
    &row.iter()
        .find(|(column, _)| column == name)
        .unwrap_or_else(|| panic!("no column {name}: {row:?}"))
        .1
}

const LEDGER: &str = "query Rows($assignment: RegistryNumber = \"S2016/00633/FST\", $kinds: [RecipientKind!]) { # all years
    fundUsage(assignment: $assignment, groupBy: [GRANT_YEAR, RECIPIENT_KIND], filter: { recipientKinds: $kinds }) {
        rowCount, rows { key { grantYear recipientKind } paidAmount, used: usedAmount usageRate { value numerator n missing { reason count } } } } }";

on_both_engines! {
    async fn every_form_holds_the_numbers_of_question_3(app: Example) {
        let path = saved(&app, &question("03-fund-usage")).await;
        let answer = app.ask_with(&question("03-fund-usage"), json!({})).await["data"].take();
        let rows = answer["fundUsage"]["rows"].as_array().expect("rows");
        let public = Persona::public();
        let json = get(&app, &public, &format!("{path}.json"), None).await.json();
        assert_eq!(json["rowCount"], rows.len(), "{json}");
        assert_eq!(json["synthetic"], true);
        let csv = get(&app, &public, &format!("{path}.csv"), None).await;
        let programs = cells(&csv.bytes, b',');
        assert_eq!(programs.len(), rows.len());
        let excel = get(&app, &public, &format!("{path}.csv?csv=excel"), None).await;
        assert!(excel.bytes.starts_with("\u{feff}".as_bytes()));
        let swedish = cells(&excel.bytes[3..], b';');
        let book = get(&app, &public, &format!("{path}.xlsx"), None).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes)).expect("a workbook");
        let sheet = book.worksheet_range("Rader").expect("the rows");
        let names: Vec<String> = sheet.rows().next().expect("headers").iter().map(ToString::to_string).collect();
        let mut total = Decimal::ZERO;
        for (at, row) in rows.iter().enumerate() {
            let paid = row["paidAmount"].as_str().expect("an amount");
            total += paid.parse::<Decimal>().expect("an amount");
            assert_eq!(json["rows"][at]["paidAmount"], paid);
            assert_eq!(cell(&programs[at], "paidAmount"), paid);
            assert_eq!(cell(&swedish[at], "paidAmount"), paid.replace('.', ","));
            let rate = row["usageRate"]["value"].as_str().unwrap_or_default();
            assert_eq!(cell(&programs[at], "usageRate.value"), rate);
            let column = names.iter().position(|name| name == "paidAmount").expect("the column");
            let Data::Float(number) = sheet.rows().nth(at + 1).expect("a row")[column] else { panic!("no number") };
            assert_eq!(format!("{number:.2}"), paid);
        }
        let total = total.to_string();
        assert_eq!(json["controlTotals"]["paidAmount"], total);
        assert_eq!(json["controlTotals"]["fundUsage.total.paidAmount"], Value::Null, "what is repeated has no sum");
        assert!(csv.header("samsyn-control-totals").contains(&format!("paidAmount={total}")), "{:?}", csv.headers);
        assert_eq!(csv.header("samsyn-row-count"), rows.len().to_string());
        let hash: String = Sha256::digest(&csv.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(json["sha256"], hash);
        assert_eq!(csv.header("samsyn-rows-sha256"), hash);
        let proof = book.worksheet_range("Uppgifter").expect("the proof");
        assert!(proof.rows().any(|row| row.get(1).is_some_and(|cell| cell.to_string() == hash)));
        let package = get(&app, &public, &format!("{path}.zip"), None).await;
        let mut package = zip::ZipArchive::new(Cursor::new(package.bytes)).expect("a package");
        let mut part = |name: &str| {
            let mut bytes = Vec::new();
            package.by_name(name).expect("a part").read_to_end(&mut bytes).expect("bytes");
            bytes
        };
        assert_eq!(part("rows.csv"), csv.bytes);
        let metadata: Value = serde_json::from_slice(&part("metadata.json")).expect("JSON");
        assert_eq!((&metadata["sha256"], &metadata["rowCount"], &metadata["file"]), (&json["sha256"], &json["rowCount"], &json!("rows.csv")));
        let paid = metadata["columns"].as_array().expect("columns").iter().find(|one| one["name"] == "paidAmount").expect("a column");
        assert!(paid["description"].as_str().expect("a text").contains("utbetalt"), "{paid}");
    }

    async fn variables_time_and_tags_are_in_the_address(app: Example) {
        let path = saved(&app, LEDGER).await;
        let public = Persona::public();
        let of = encoded(&json!({ "kinds": ["REGION"] }));
        let regions = get(&app, &public, &format!("{path}.csv?variables={of}"), None).await;
        let rows = cells(&regions.bytes, b',');
        assert!(!rows.is_empty() && rows.iter().all(|row| cell(row, "key.recipientKind") == "REGION"), "{}", regions.text());
        assert_eq!(cell(&rows[0], "fundUsage.rowCount"), rows.len().to_string());
        assert!(cell(&rows[0], "usageRate.missing").starts_with('['));
        let tag = regions.header("etag").to_owned();
        let again = get(&app, &public, &format!("{path}.csv?variables={of}"), Some(&tag)).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
        for form in ["csv", "xlsx", "json", "zip", "parquet", "arrow"] {
            let one = get(&app, &public, &format!("{path}.{form}"), None).await;
            let two = get(&app, &public, &format!("{path}.{form}"), None).await;
            assert!(one.status == StatusCode::OK && one.bytes == two.bytes, "{form}");
        }
        // What was answered then is answered again, whatever is sent later.
        let now = data(&app, "{ dataset { info { asOf } } }", json!({})).await["dataset"]["info"]["asOf"].as_str().expect("an instant").to_owned();
        let then = format!("{path}.csv?asOf={}", encoded(&json!(now)).trim_start_matches("%22").trim_end_matches("%22"));
        let before = get(&app, &public, &then, None).await;
        crate::intake::world::accepted(&app, entity::Kind::Rounds, &format!("round;assignment;year;recipient_kind;available_amount;use_by;report_by\nM-2019;{FUNDS};2019;MUNICIPALITY;900;2019-12-31;2020-03-31\n")).await;
        crate::intake::world::accepted(&app, entity::Kind::Allocations, "round;kod;belopp\nM-2019;0180;900\n").await;
        let after = get(&app, &public, &then, None).await;
        assert_eq!(before.bytes, after.bytes);
        assert_ne!(get(&app, &public, &format!("{path}.csv"), None).await.bytes, before.bytes);
    }

    async fn pages_are_turned_until_the_table_is_whole(app: Example) {
        let turning = "query ($after: String) { recipients(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { code name } } }";
        let path = saved(&app, turning).await;
        let whole = get(&app, &Persona::public(), &format!("{path}.csv"), None).await;
        let rows = cells(&whole.bytes, b',');
        assert!(rows.len() > 300, "{}", rows.len());
        assert_eq!(cell(&rows[0], "recipients.totalCount"), rows.len().to_string());
        let mut codes: Vec<&str> = rows.iter().map(|row| cell(row, "code")).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), rows.len(), "each once");
        let page = saved(&app, "{ recipients(first: 100) { totalCount nodes { code } } }").await;
        let page = get(&app, &Persona::public(), &format!("{page}.csv"), None).await;
        assert_eq!(page.code(), (StatusCode::BAD_REQUEST, "BAD_USER_INPUT ".to_owned()), "a page is no whole answer");
    }

    async fn a_question_is_saved_once_by_those_who_may(app: Example) {
        let stored = Stored::of(&app).await;
        let first = save(&app, &Persona::evaluator(), LEDGER).await;
        let again = save(&app, &Persona::reporter("0180"), &LEDGER.replace(", ", " ").replace("# all years", "# other words")).await;
        assert_eq!(first["query"]["sha256"], again["query"]["sha256"]);
        assert_eq!(stored.counts().await["saved_query"], 1);
        let refused = save(&app, &Persona::public(), LEDGER).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        for bad in ["{", "mutation { saveQuery(input: { document: \"x\" }) { problems { code } } }", "{ nothing }", "{ a } query B { b }"] {
            let payload = save(&app, &Persona::evaluator(), bad).await;
            assert_eq!(payload["query"], Value::Null, "{bad}");
            assert_eq!(payload["problems"][0]["code"], "BAD_INPUT", "{bad}");
        }
        let path = first["query"]["path"].as_str().expect("a path");
        let text = get(&app, &Persona::public(), &format!("{path}.graphql"), None).await;
        assert_eq!(text.text().trim_end(), first["query"]["document"].as_str().expect("a text"));
    }

    async fn what_cannot_be_exported_is_said_by_name(app: Example) {
        let public = Persona::public();
        let two = saved(&app, "{ a: rounds { totalCount nodes { code } } b: rounds { totalCount nodes { code year } } }").await;
        let several = get(&app, &public, &format!("{two}.csv"), None).await;
        assert_eq!(several.code(), (StatusCode::BAD_REQUEST, "BAD_USER_INPUT rows".to_owned()));
        let one = get(&app, &public, &format!("{two}.json?rows=b.nodes"), None).await.json();
        assert_eq!(one["leftOut"], json!(["a.nodes"]));
        assert!(one["rows"][0]["year"].is_number(), "{one}");
        let equality = saved(&app, &question("09-equality")).await;
        let groups = get(&app, &public, &format!("{equality}.json"), None).await.json();
        assert_eq!(groups["leftOut"], json!([]));
        assert!(groups["rowCount"].as_u64().expect("a count") > 10);
        let path = saved(&app, LEDGER).await;
        for (path, status, code) in [
            (format!("{path}.csv?variables=1"), StatusCode::BAD_REQUEST, "BAD_USER_INPUT variables"),
            (format!("{path}.csv?asOf=2999-01-01T00:00:00Z"), StatusCode::BAD_REQUEST, "BAD_USER_INPUT asOf"),
            (format!("{path}.csv?asof=x"), StatusCode::BAD_REQUEST, "UNKNOWN_PARAMETER asof"),
            (format!("{path}.csv?csv=open"), StatusCode::BAD_REQUEST, "BAD_USER_INPUT csv"),
            (format!("{path}.pdf"), StatusCode::NOT_FOUND, "NOT_FOUND "),
            (format!("/q/{}.csv", "0".repeat(64)), StatusCode::NOT_FOUND, "NOT_FOUND "),
            (format!("{path}.csv?variables={}", encoded(&json!({ "assignment": "X2000/1" }))), StatusCode::BAD_REQUEST, "UNKNOWN_CODE assignment"),
        ] {
            assert_eq!(get(&app, &public, &path, None).await.code(), (status, code.to_owned()), "{path}");
        }
        // Whoever may not read what waits does not read it by way of a file either.
        let waiting = saved(&app, "{ dataset(basis: ALL_RECEIVED) { rounds { totalCount nodes { code } } } }").await;
        assert_eq!(get(&app, &public, &format!("{waiting}.csv"), None).await.status, StatusCode::UNAUTHORIZED);
    }
}

//! The file with its findings marked: as the answer of an upload that was refused, and later where it was kept.

use std::io::Cursor;

use axum::http::{StatusCode, header};
use umya_spreadsheet::{Workbook, reader};

use super::sending::{Answer, PATH, call, coordinator, costs, file, get, post, reporter};
use crate::harness::{Persona, TestApp, on_both_engines};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Posts a file and takes a workbook for an answer.
async fn post_for_marks(app: &TestApp, who: &Persona, path: &str, text: &str) -> Answer {
    let mut request = file(path, text);
    let accept = format!("{XLSX}, application/json");
    request
        .headers_mut()
        .insert(header::ACCEPT, accept.parse().expect("a header"));
    request
        .headers_mut()
        .insert("idempotency-key", "ett".parse().expect("a header"));
    who.sign(&mut request);
    call(&app.router, request).await
}

fn book(answer: &Answer) -> Workbook {
    assert_eq!(answer.header("content-type"), XLSX);
    assert_eq!(answer.header("cache-control"), "no-store");
    reader::xlsx::read_reader(Cursor::new(&answer.bytes), true).expect("a workbook")
}

/// The names of the sheets, and what the overview says of the rules: the third column.
fn said(book: &Workbook) -> (Vec<String>, Vec<String>) {
    let names = book
        .sheet_collection()
        .iter()
        .map(|sheet| sheet.name().to_owned());
    let overview = book.sheet(0).expect("a sheet");
    let rules = (6..20)
        .map(|row| overview.value((3, row)))
        .filter(|rule| !rule.is_empty());
    (names.collect(), rules.collect())
}

on_both_engines! {
    async fn a_refused_upload_comes_back_marked(app: Reference) {
        let answer = post_for_marks(&app, &reporter(), PATH, &costs("elva")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.header("samsyn-verdict"), "REJECTED");
        assert_eq!(answer.header("content-disposition"), "attachment; filename*=UTF-8''kostnader%20granskad.xlsx");
        let marked = book(&answer);
        let (names, rules) = said(&marked);
        assert_eq!(names, ["Fynd", "administrative_costs"]);
        assert_eq!(rules, ["not_a_number", "not_a_number"], "the group, and its one finding");
        let sheet = marked.sheet_by_name("administrative_costs").expect("the sheet");
        assert_eq!(sheet.value((4, 2)), "elva");
        let colour = sheet.style((4, 2)).background_color().map(|colour| colour.argb_str());
        assert_eq!(colour.as_deref(), Some("FFFFB3B3"));

        let again = post_for_marks(&app, &reporter(), PATH, &costs("elva")).await;
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.bytes, answer.bytes, "the same answer, in the same form");
        // A refused file is not kept: later there is the list alone.
        let later = get(&app, &reporter(), &format!("{}/findings.xlsx", answer.header("location")), None).await;
        let (names, rules) = said(&book(&later));
        assert_eq!((names.len(), rules.len()), (1, 2));
    }

    async fn a_kept_file_is_marked_for_those_who_may_read_it(app: Reference) {
        let rounds = "round;assignment;year;recipient_kind;available_amount;closes_on;use_by;report_by\n\
                      K;S2016/00633/FST;2016;MUNICIPALITY;1000;2016-10-01;2016-12-31;2017-03-31\n";
        let path = |kind: &str| format!("/submissions?kind={kind}&assignment=S2016%2F00633%2FFST");
        let allocations = "round;kod;belopp\nK;0180;600\n";
        let late = "round;kod;belopp;rekvirerat_datum\nK;0180;600;2016-10-02\n";
        for (kind, text) in [("rounds", rounds), ("allocations", allocations)] {
            let answer = post(&app, &coordinator(), &path(kind), text).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{kind}: {:?}", answer.json());
        }
        let kept = post(&app, &coordinator(), &path("requisitions"), late).await;
        let findings = format!("{}/findings.xlsx", kept.header("location"));
        for who in [coordinator(), Persona::evaluator()] {
            let answer = get(&app, &who, &findings, None).await;
            assert_eq!(answer.status, StatusCode::OK);
            let marked = book(&answer);
            assert_eq!(said(&marked).1, ["requisition_late", "requisition_late"]);
            let style = marked.sheet_by_name("requisitions").expect("the sheet").style((4, 2)).clone();
            assert_eq!(style.background_color().map(|colour| colour.argb_str()).as_deref(), Some("FFFFE28A"));
        }
        assert_eq!(get(&app, &Persona::public(), &findings, None).await.refusal().1, "UNAUTHENTICATED");
        let there = get(&app, &reporter(), &findings, None).await;
        let nowhere = get(&app, &reporter(), "/submissions/c3VibWlzc2lvbjo5OTk5/findings.xlsx", None).await;
        assert_eq!((there.status, &there.bytes), (StatusCode::NOT_FOUND, &nowhere.bytes));
        let asked = get(&app, &coordinator(), &format!("{findings}?x=1"), None).await;
        assert_eq!(asked.refusal().1, "UNKNOWN_PARAMETER");
    }
}

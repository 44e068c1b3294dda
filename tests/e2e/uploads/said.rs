//! What an upload says of its letters and of its name: obeyed or refused, shown to those who may know it.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

use super::sending::{Answer, PATH, call, coordinator, costs, get, post, reporter};
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::stored::Stored;

/// A comment with Swedish letters, for the own column of a file.
const LETTERS: &str = "Möten på kvällar";

async fn sent(app: &TestApp, media: &str, bytes: Vec<u8>) -> Answer {
    let mut request = Request::post(format!("{PATH}&dryRun=true"))
        .header(header::CONTENT_TYPE, media)
        .body(Body::from(bytes))
        .expect("a request");
    reporter().sign(&mut request);
    call(&app.router, request).await
}

/// A text whose letters are one byte each.
fn single(text: &str) -> Vec<u8> {
    let byte = |letter: char| u8::try_from(u32::from(letter)).expect("a letter of Latin 1");
    text.chars().map(byte).collect()
}

on_both_engines! {
    async fn a_charset_that_is_said_is_obeyed_or_refused(app: Reference) {
        let text = format!("year;myndighet;kostnadsslag;belopp;flex_not\n2017;nck;OTHER;11;{LETTERS}\n");
        let (utf_8, latin, ascii) = (text.clone().into_bytes(), single(&text), costs("11").into_bytes());
        for (media, bytes) in [
            ("text/csv; charset=utf-8", &utf_8),
            ("text/csv; charset=\"UTF-8\"", &utf_8),
            ("text/csv;charset=utf8", &ascii),
            ("text/csv; charset=windows-1252", &latin),
            ("text/csv; charset=ISO-8859-1", &latin),
            ("text/csv; charset=latin1", &ascii),
            ("text/csv; charset=us-ascii", &ascii),
            ("application/octet-stream; charset=utf-8", &utf_8),
            ("text/csv", &utf_8),
            ("text/csv", &latin),
            ("text/csv; header=present", &latin),
        ] {
            let answer = sent(&app, media, bytes.clone()).await;
            assert_eq!((answer.status, answer.json()["verdict"].as_str()), (StatusCode::OK, Some("RECEIVED")), "{media}");
        }
        let workbook = b"PK\x03\x04".to_vec();
        for (media, bytes) in [
            ("text/csv; charset=utf-8", &latin),
            ("text/csv; charset=windows-1252", &utf_8),
            ("text/csv; charset=iso-8859-1", &utf_8),
            ("text/csv; charset=us-ascii", &latin),
            ("text/csv; charset=macintosh", &latin),
            ("text/csv; charset=utf-16", &ascii),
            ("text/csv; charset=iso-8859-15", &ascii),
            ("text/csv; charset=x", &ascii),
            ("application/octet-stream; charset=macintosh", &latin),
            ("application/octet-stream; charset=utf-8", &workbook),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; charset=utf-8", &workbook),
        ] {
            let answer = sent(&app, media, bytes.clone()).await;
            let said = (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE".to_owned(), "charset".to_owned());
            assert_eq!(answer.refusal(), said, "{media}");
        }
    }

    async fn a_name_holds_no_personal_number_and_nothing_that_nobody_sees(app: Reference) {
        let stored = Stored::of(&app).await;
        let before = stored.counts().await;
        for name in ["akt%2019121212-1212.csv", "1212121212.csv", "a%E2%80%AEvsc.csv", "a%E2%80%8B.csv", "a%C2%AD.csv", "a%09.csv"] {
            let path = PATH.replace("kostnader.csv", name);
            let answer = post(&app, &reporter(), &path, &costs("11")).await;
            assert_eq!(answer.refusal(), (StatusCode::BAD_REQUEST, "BAD_USER_INPUT".to_owned(), "fileName".to_owned()), "{name}");
            assert!(!String::from_utf8_lossy(&answer.bytes).contains("1212"), "it is not repeated");
        }
        assert_eq!(stored.counts().await, before);
    }

    async fn what_a_file_is_called_is_known_within_reach_until_it_is_taken_away(app: Reference) {
        let path = PATH.replace("kostnader.csv", "Anna%20Exempelsson.csv");
        let kept = post(&app, &coordinator(), &format!("{path}&organisation=nck"), &costs("11")).await;
        assert_eq!(kept.json()["verdict"], "ACCEPTED", "{}", kept.json());
        let id = kept.json()["id"].as_str().expect("an id").to_owned();
        let document = "{ administrativeCosts(assignment: \"S2016/00633/FST\") { years { sources(first: 50) { nodes { submission { id fileName } } } } } }";
        let names = async |who: &Persona| {
            let answer = app.ask_as(who, document, json!({})).await;
            assert_eq!(answer.get("errors"), None, "{answer}");
            let text = answer.to_string();
            (text.contains(&id), text.contains("Exempelsson"))
        };
        for who in [coordinator(), Persona::evaluator(), reporter()] {
            assert_eq!(names(&who).await, (true, true), "{who:?}");
        }
        for who in [Persona::public(), Persona::reporter("lansstyrelsen_skane")] {
            assert_eq!(names(&who).await, (true, false), "{who:?}");
        }
        let redact = "mutation ($input: RedactionInput!) { redact(input: $input) { removed problems { code } } }";
        let input = json!({ "input": { "file": kept.json()["sha256"], "decision": "S2017/99999/GALL", "reason": "personuppgift" } });
        let answer = app.ask_as(&coordinator(), redact, input).await;
        assert_eq!(answer["data"]["redact"], json!({ "removed": true, "problems": [] }), "{answer}");
        for who in [coordinator(), Persona::evaluator(), reporter()] {
            assert_eq!(names(&who).await, (true, false), "{who:?}");
        }
        let location = kept.header("location").to_owned();
        let now = get(&app, &coordinator(), &location, None).await;
        assert_eq!(now.json()["fileName"], json!(null));
        let copy = get(&app, &coordinator(), &format!("{location}/findings.xlsx"), None).await;
        assert!(!copy.header("content-disposition").contains("Exempelsson"), "{}", copy.header("content-disposition"));
    }
}

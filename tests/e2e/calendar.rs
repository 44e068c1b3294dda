//! The calendar: what `/calendar.ics` says, read by a parser of another's, is what the rounds and the decisions say.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::NaiveDate;
use entity::Kind;
use http_body_util::BodyExt;
use icalendar::{Calendar, Component, DatePerhapsTime, Event};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::answer::{data, refusal, refused, texts};
use crate::harness::{Sent, TestApp, on_both_engines};

const FUNDS: &str = "S2016/00633/FST";
const SUPPORT: &str = "S2020/01591/SOF";

/// Status, headers and body of the calendar.
async fn fetched(app: &TestApp, query: &str, tag: Option<&str>) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::get(format!("/calendar.ics{query}"));
    if let Some(tag) = tag {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    let request = request.body(Body::empty()).expect("a request");
    let answer = app
        .router
        .clone()
        .oneshot(request)
        .await
        .expect("an answer");
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (parts.status, parts.headers, text)
}

/// The calendar as text; its form is checked octet by octet.
async fn text(app: &TestApp, query: &str) -> String {
    let (status, headers, text) = fetched(app, query, None).await;
    assert_eq!(status, StatusCode::OK, "{query}: {text}");
    assert_eq!(
        headers[header::CONTENT_TYPE],
        "text/calendar; charset=utf-8"
    );
    assert!(
        text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']),
        "every line ends by CRLF"
    );
    assert!(
        text.split("\r\n").all(|line| line.len() <= 75),
        "lines are folded"
    );
    text
}

/// A date that is no time.
fn day(of: Option<DatePerhapsTime>) -> NaiveDate {
    match of {
        Some(DatePerhapsTime::Date(day)) => day,
        other => panic!("{other:?} is no day"),
    }
}

fn parsed(text: &str) -> Calendar {
    Calendar::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Day and summary of every event, sorted; each is one whole day with an identifier of its own.
fn days(calendar: &Calendar) -> Vec<(NaiveDate, String)> {
    let mut found = Vec::new();
    let mut identifiers = BTreeSet::new();
    for event in calendar.events() {
        let start = day(event.get_start());
        assert_eq!(
            event.get_end().map(|end| day(Some(end))),
            start.succ_opt(),
            "a whole day ends on the next"
        );
        assert!(event.get_timestamp().is_some(), "{event:?}");
        assert!(identifiers.insert(event.get_uid().expect("an identifier").to_owned()));
        found.push((start, event.get_summary().expect("a summary").to_owned()));
    }
    found.sort();
    found
}

fn identifiers(calendar: &Calendar) -> BTreeMap<String, NaiveDate> {
    let one = |event: &Event| {
        (
            event.get_uid().expect("an identifier").to_owned(),
            day(event.get_start()),
        )
    };
    calendar.events().map(one).collect()
}

/// What the rounds and deliverables say, by GraphQL's own fields.
async fn expected(app: &TestApp) -> Vec<(NaiveDate, String)> {
    let document = "{ rounds(first: 500) { nodes { code opensOn closesOn useBy reportBy } }
        deliverables { kind dueOn assignment { code } } }";
    let found = data(app, document, json!({})).await;
    let date = |value: &Value| {
        value
            .as_str()
            .map(|day| day.parse::<NaiveDate>().expect("a day"))
    };
    let mut all = Vec::new();
    for round in found["rounds"]["nodes"].as_array().expect("rounds") {
        let code = round["code"].as_str().expect("a code");
        for (name, title) in [
            ("opensOn", format!("{code} öppnar")),
            ("closesOn", format!("{code} stänger")),
            ("useBy", format!("{code}: medlen används senast")),
            ("reportBy", format!("{code}: medlen redovisas senast")),
        ] {
            all.extend(date(&round[name]).map(|day| (day, title)));
        }
    }
    for one in found["deliverables"].as_array().expect("deliverables") {
        let what = match one["kind"].as_str().expect("a kind") {
            "JOINT_PLAN" => "genomförandeplan",
            "ACCOUNT_OF_IMPLEMENTATION" => "redogörelse för genomförandet",
            "ANNUAL_REPORT" => "årlig redovisning",
            "INTERIM_REPORT" => "delredovisning",
            "FINAL_REPORT" => "slutredovisning",
            "EVALUATION" => "utvärdering",
            _ => continue,
        };
        let code = one["assignment"]["code"].as_str().expect("a code");
        all.extend(date(&one["dueOn"]).map(|day| (day, format!("Sista dag: {what} ({code})"))));
    }
    all.sort();
    all
}

fn on(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

on_both_engines! {
    async fn the_calendar_has_every_day_of_rounds_and_deliverables(app: Example) {
        let expected = expected(&app).await;
        let whole = text(&app, "").await;
        let calendar = parsed(&whole);
        assert_eq!(days(&calendar), expected);
        assert!(expected.len() > 9 + 9 * 2, "{}", expected.len());
        // Both last days of 2020, each with its own document.
        for (date, summary, document) in [
            ("2020-09-01", "Sista dag: redogörelse för genomförandet (S2020/01591/SOF)", "Källa: 002_b11fa46f8d8feee5.txt"),
            ("2020-12-01", "Sista dag: genomförandeplan (S2020/01591/SOF)", "Källa: 004_9d7bf3edd0c9ca6d.txt"),
        ] {
            let event = calendar.events().find(|event| event.get_summary() == Some(summary)).expect("an event");
            assert_eq!(day(event.get_start()), on(date));
            let told = event.get_description().expect("a description");
            assert!(told.contains(document) && told.contains("Ansvarig: Socialstyrelsen, Länsstyrelserna"), "{told}");
            assert!(told.contains('\n') && !told.contains("\\,"), "texts are as they were: {told}");
        }
        let synthetic = calendar.events().filter(|event| event.property_value("X-SAMSYN-SYNTHETIC") == Some("TRUE")).count();
        assert_eq!(synthetic, expected.iter().filter(|(_, title)| !title.starts_with("Sista dag: ")).count(), "the rounds are invented");
        // The same by GraphQL.
        let entries = data(&app, "{ calendar { date title uid event round { code } deliverable { kind } assignment { code } sources { row } } }", json!({})).await["calendar"].take();
        let listed: BTreeMap<String, NaiveDate> = texts(&entries, "/uid").into_iter().zip(texts(&entries, "/date").iter().map(|day| on(day))).collect();
        assert_eq!(listed, identifiers(&calendar));
        for one in entries.as_array().expect("entries") {
            assert_eq!(one["event"] == "DELIVERABLE", one["round"].is_null(), "{one}");
            assert_eq!(one["round"].is_null(), !one["deliverable"].is_null(), "{one}");
            assert!(!one["sources"].as_array().expect("sources").is_empty());
        }
    }

    async fn parameters_choose_whose_days_and_which(app: Example) {
        let of = async |query: &str| days(&parsed(&text(&app, query).await));
        let every = of("").await;
        let support = of("?assignment=S2020%2F01591%2FSOF").await;
        assert_eq!(support.len(), 5, "{support:?}");
        assert!(support.iter().all(|(_, title)| title.contains(SUPPORT)));
        assert_eq!(of("?assignment=S2020/01591/SOF&organisation=vardanalys").await, [(on("2023-11-30"), format!("Sista dag: utvärdering ({SUPPORT})"))]);
        let board = of("?organisation=lansstyrelsen_uppsala").await;
        assert_eq!(board.iter().map(|(day, _)| *day).collect::<Vec<_>>(), [on("2016-05-31"), on("2020-09-01"), on("2020-12-01")]);
        let coordinator = of("?organisation=socialstyrelsen").await;
        assert_eq!(coordinator.len(), every.len() - 1, "all but the evaluation");
        let year: Vec<_> = every.iter().filter(|(day, _)| (on("2017-03-31")..=on("2018-03-31")).contains(day)).cloned().collect();
        assert_eq!(of("?from=2017-03-31&to=2018-03-31").await, year);
        let nothing = text(&app, "?from=1999-01-01&to=1999-12-31").await;
        assert!(days(&parsed(&nothing)).is_empty() && nothing.contains("BEGIN:VTIMEZONE"), "a calendar has a component");
        let document = format!("{{ calendar(from: \"2017-03-31\", to: \"2018-03-31\", where: {{ assignments: [\"{FUNDS}\"], organisations: [\"socialstyrelsen\"] }}) {{ title }} }}");
        assert_eq!(data(&app, &document, json!({})).await["calendar"].as_array().map(Vec::len), Some(year.len()));
        let unknown = "{ calendar(where: { organisations: [\"ingen\"] }) { title } }";
        assert_eq!(refusal(&app, unknown, json!({})).await, refused("UNKNOWN_CODE", "where.organisations[0]"));
    }

    async fn what_cannot_be_asked_is_refused_by_its_name(app: Reference) {
        for (query, code, argument) in [
            ("?organization=nck", "UNKNOWN_PARAMETER", "organization"), ("?Assignment=x", "UNKNOWN_PARAMETER", "Assignment"),
            ("?organisation=ingen", "UNKNOWN_CODE", "organisation"), ("?assignment=S1999/1/X", "UNKNOWN_CODE", "assignment"),
            ("?organisation=", "BAD_USER_INPUT", "organisation"), ("?from=2020-1-1", "BAD_USER_INPUT", "from"),
            ("?from=2020-02-02&to=2020-02-01", "BAD_USER_INPUT", "to"), ("?asOf=igår", "BAD_USER_INPUT", "asOf"),
            ("?asOf=2999-01-01T00:00:00Z", "BAD_USER_INPUT", "asOf"),
        ] {
            let (status, _, body) = fetched(&app, &query.replace('å', "%C3%A5"), None).await;
            let body: Value = serde_json::from_str(&body).expect("JSON");
            let extensions = &body["errors"][0]["extensions"];
            assert_eq!((status, &extensions["code"], &extensions["argument"]), (StatusCode::BAD_REQUEST, &json!(code), &json!(argument)), "{query}");
        }
        let (status, _, _) = fetched(&app, "?from=2020-01-01&from=2020-01-01", None).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        let post = Request::post("/calendar.ics").body(Body::empty()).expect("a request");
        assert_eq!(app.call(post).await.0, StatusCode::METHOD_NOT_ALLOWED);
    }

    async fn a_calendar_stays_the_same_until_something_changes(app: Example) {
        let (_, headers, first) = fetched(&app, "", None).await;
        let tag = headers[header::ETAG].to_str().expect("a tag").to_owned();
        let (status, again, nothing) = fetched(&app, "", Some(&tag)).await;
        assert_eq!((status, nothing.as_str(), &again[header::ETAG]), (StatusCode::NOT_MODIFIED, "", &headers[header::ETAG]));
        assert_eq!(again.get(header::CONTENT_TYPE), None);
        let strong = tag.trim_start_matches("W/");
        for same in [format!("\"x\", {tag}"), strong.to_owned(), "*".to_owned()] {
            assert_eq!(fetched(&app, "", Some(&same)).await.0, StatusCode::NOT_MODIFIED, "{same}");
        }
        assert_eq!(fetched(&app, "?organisation=nck", Some(&tag)).await.0, StatusCode::OK, "another calendar");
        assert_eq!(text(&app, "").await, first, "no clock is in it");

        let instant = data(&app, "{ dataset { info { asOf } } }", json!({})).await["dataset"]["info"]["asOf"].take();
        let then = format!("?asOf={}", instant.as_str().expect("an instant").replace('+', "%2B"));
        let before = parsed(&first);
        // The round closes and is reported on later; the plan is delivered.
        let round = format!("round;assignment;year;recipient_kind;available_amount;opens_on;closes_on;use_by;report_by\n\
            KOM-2018;{FUNDS};2018;MUNICIPALITY;50000000;2018-03-01;2018-11-30;2018-12-31;2019-04-15\n");
        let report = app.send(&Sent::csv(Kind::Rounds, &round)).await;
        assert_eq!(report.corrected, 1, "{report:?}");
        let delivery = "deliverable;due_on;organisation_code;delivered_on\nJOINT_PLAN;2020-12-01;socialstyrelsen;2020-12-01\n";
        let report = app.send(&Sent::csv(Kind::Deliveries, delivery).assignment(SUPPORT)).await;
        assert_eq!(report.new, 1, "{report:?}");
        let (status, _, changed) = fetched(&app, "", Some(&tag)).await;
        assert_eq!(status, StatusCode::OK);
        let after = parsed(&changed);
        assert_eq!(days(&after), expected(&app).await);
        let (old, new) = (identifiers(&before), identifiers(&after));
        assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>(), "days move, identifiers stay");
        assert!(new.values().any(|day| *day == on("2019-04-15")) && !old.values().any(|day| *day == on("2019-04-15")));
        let told = |calendar: &Calendar| calendar.events().filter(|event| event.get_description().is_some_and(|told| told.contains("Lämnad: 2020-12-01"))).count();
        assert_eq!((told(&before), told(&after)), (0, 1));
        assert_eq!(text(&app, &then).await, first, "as of then it is what it was");
    }
}

//! Answers that are kept whole: given again while nothing has changed, to whom they were given, and never without the note of
//! a read.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use entity::Kind;
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::stored::Stored;

const COVERAGE: &str = "{ coverage(assignment: \"S2020/01591/SOF\", recipientKind: MUNICIPALITY, groupBy: [COUNTY]) { rows { unreachedCount } total { eventCount } } }";

/// Single counts of persons: the public is not told them, an evaluator is.
const PERSONS: &str = "{ indicatorValues(indicators: [\"exempel_skyddsplacerade_antal\"], areas: [\"0114\"], first: 20) { nodes { year isRestricted quantity { value absent } } } }";

/// Status, tag and body of a question by GET.
async fn get(app: &TestApp, tag: Option<&str>) -> (StatusCode, String, usize) {
    let query: String = COVERAGE
        .bytes()
        .map(|byte| format!("%{byte:02X}"))
        .collect();
    let mut request =
        Request::get(format!("/graphql?query={query}")).header(header::HOST, "localhost");
    if let Some(tag) = tag {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    let request = request.body(Body::empty()).expect("a request");
    let response = app
        .router
        .clone()
        .oneshot(request)
        .await
        .expect("an answer");
    let (parts, body) = response.into_parts();
    let tag = parts
        .headers
        .get(header::ETAG)
        .and_then(|tag| tag.to_str().ok());
    let tag = tag.unwrap_or_default().to_owned();
    let body = body.collect().await.expect("a body").to_bytes();
    (parts.status, tag, body.len())
}

on_both_engines! {
    async fn an_answer_is_given_again_until_something_changes(app: Example) {
        let first = app.ask_with(COVERAGE, json!({})).await;
        assert_eq!(first.get("errors"), None, "{first}");
        let before = app.store.statements();
        assert_eq!(app.ask_with(COVERAGE, json!({})).await, first);
        assert_eq!(app.store.statements() - before, 1, "the state alone is looked at");
        let event = "event_code;organisation_code;held_on;form;main_activity;title;audience;participants;reached;digital\n\
                     NY-1;socialstyrelsen;2021-05-03;training;3;Prov;MANAGERS;3;0114;ja\n";
        let report = app.send(&Sent::csv(Kind::SupportEvents, event).assignment("S2020/01591/SOF")).await;
        assert_eq!(report.new, 1, "{:?}", report.findings);
        let after = app.ask_with(COVERAGE, json!({})).await;
        let events = |answer: &serde_json::Value| answer["data"]["coverage"]["total"]["eventCount"].as_u64();
        assert!(events(&first).is_some_and(|count| count > 0), "{first}");
        assert_eq!(events(&after), events(&first).map(|count| count + 1));
    }

    async fn what_one_is_told_is_not_told_another_and_each_read_is_noted(app: Example) {
        let evaluator = Persona::evaluator();
        let told = app.ask_as(&evaluator, PERSONS, json!({})).await;
        let public = app.ask_with(PERSONS, json!({})).await;
        assert_eq!(told.get("errors"), None, "{told}");
        assert_ne!(told["data"], public["data"], "the public is told less");
        assert_eq!(app.ask_with(PERSONS, json!({})).await, public);
        let reads = async || Stored::of(&app).await.counts().await["read_event"];
        let before = reads().await;
        for again in 1..=3 {
            assert_eq!(app.ask_as(&evaluator, PERSONS, json!({})).await, told);
            assert_eq!(reads().await, before + again, "each read leaves its note");
        }
    }

    async fn a_client_that_has_the_answer_is_told_so(app: Example) {
        let (status, _, length) = get(&app, None).await;
        assert_eq!(status, StatusCode::OK);
        let (_, tag, again) = get(&app, None).await;
        assert_eq!(again, length);
        assert!(tag.starts_with("W/\""), "{tag}");
        assert_eq!(get(&app, Some(&tag)).await, (StatusCode::NOT_MODIFIED, tag.clone(), 0));
        let population = "recipient_code;date;population\n0114;2018-12-31;47001\n";
        app.send(&Sent::csv(Kind::Populations, population)).await;
        let (status, other, _) = get(&app, Some(&tag)).await;
        assert_eq!(status, if other == tag { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    }
}

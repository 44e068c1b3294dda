//! Documents that ask too much are refused with their code, cheaply, while everybody else is answered.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use entity::Kind;
use serde_json::{Value, json};

use crate::answer::{data, refusal, refusal_in, refused};
use crate::harness::{Engine, Prepared, Sent, TestApp, on_both_engines, run};

/// Posts a body as it is; gives status and code.
async fn post(app: &TestApp, body: String) -> (StatusCode, String) {
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json")
        .body(Body::from(body))
        .expect("a request");
    let (status, answer) = app.call(request).await;
    assert_eq!(
        answer.get("data").unwrap_or(&Value::Null),
        &Value::Null,
        "refused whole"
    );
    (status, refusal_in(&answer).code)
}

fn body(document: &str) -> String {
    json!({ "query": document }).to_string()
}

/// Fragments each of which spreads the one before twice: two to the power of the levels.
fn doubling(levels: usize, innermost: &str) -> String {
    let mut document = format!("{{dataset{{...f{levels}}}}}fragment f0 on Dataset{{{innermost}}}");
    for level in 1..=levels {
        let below = level - 1;
        document.push_str(&format!(
            "fragment f{level} on Dataset{{...f{below}...f{below}}}"
        ));
    }
    document
}

/// As many rounds for municipalities as make more than a given number of lines by round and recipient.
async fn send_rounds(app: &TestApp, from: usize, to: usize) {
    let mut rounds =
        "round;assignment;year;recipient_kind;available_amount;use_by;report_by\n".to_owned();
    for number in from..to {
        rounds.push_str(&format!(
            "M-{number};S2016/00633/FST;2018;MUNICIPALITY;1;2018-12-31;2019-03-31\n"
        ));
    }
    let report = app
        .send(&Sent::csv(Kind::Rounds, &rounds).assignment("S2016/00633/FST"))
        .await;
    assert_eq!(
        report.new,
        i64::try_from(to - from).expect("a small number"),
        "{:?}",
        report.findings
    );
}

#[test]
fn each_attack_is_refused_with_its_code() {
    run(Engine::Sqlite, Prepared::Reference, |app| async move {
        let doubled = doubling(30, "__typename");
        assert!(doubled.len() < 1500, "{} bytes", doubled.len());
        assert_eq!(
            post(&app, body(&doubled)).await,
            (StatusCode::OK, "TOO_MANY_FIELDS".to_owned())
        );
        let at_the_root = doubled
            .replace("{dataset{...f30}}", "{...f30}")
            .replace("on Dataset", "on Query");
        assert_eq!(
            post(&app, body(&at_the_root)).await.1,
            "TOO_MANY_ROOT_FIELDS"
        );

        let aliases = |count: usize| {
            (0..count)
                .map(|number| format!("a{number}:__typename "))
                .collect::<String>()
        };
        assert_eq!(
            post(
                &app,
                body(&format!("{{dataset{{info{{{}}}}}}}", aliases(201)))
            )
            .await
            .1,
            "TOO_MANY_ALIASES"
        );
        let many = body(&format!("{{{}}}", aliases(20_000)));
        assert_eq!(
            post(&app, many).await,
            (StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE".to_owned())
        );
        let short = body(&format!("{{{}}}", "a:b ".repeat(20_000)));
        assert_eq!(post(&app, short).await.1, "DOCUMENT_TOO_LARGE");

        let long = body(&format!(
            "{{dataset{{info{{version}}}}}}#{}",
            "x".repeat(1_200_000)
        ));
        assert_eq!(
            post(&app, long).await,
            (StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE".to_owned())
        );
        let batch = format!("[{0},{0}]", body("{dataset{info{version}}}"));
        assert_eq!(
            post(&app, batch).await,
            (StatusCode::BAD_REQUEST, "BATCH_NOT_SUPPORTED".to_owned())
        );
        let deep = format!(
            "{}name{}",
            "{assignment(registryNumber:\"S2016/00633/FST\"){predecessors".to_owned()
                + &"{predecessors".repeat(14)
                + "{",
            "}".repeat(17)
        );
        assert_eq!(post(&app, body(&deep)).await.1, "TOO_DEEP");
        let wide = "{ recipients(first: 500) { nodes { name populations { count date } sources { row submission { fileName sha256 receivedAt } } } } }";
        let both = wide
            .replace("{ recipients", "{ again: recipients")
            .trim_start_matches('{')
            .trim_end_matches('}')
            .to_owned();
        let costly = format!(
            "{}{}{}{}}}",
            &wide[..wide.len() - 1],
            both,
            both.replace("again", "more"),
            both.replace("again", "most")
        );
        assert_eq!(post(&app, body(&costly)).await.1, "TOO_COMPLEX");
    });
}

#[test]
fn a_mutation_by_an_address_is_refused() {
    run(Engine::Sqlite, Prepared::Empty, |app| async move {
        let request = Request::get("/graphql?query=mutation%7B__typename%7D")
            .body(Body::empty())
            .expect("a request");
        let (status, answer) = app.call(request).await;
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(refusal_in(&answer).code, "METHOD_NOT_ALLOWED");
        let request = Request::get("/graphql?query=%7Bdataset%7Binfo%7Bversion%7D%7D%7D")
            .body(Body::empty())
            .expect("a request");
        let (status, answer) = app.call(request).await;
        assert_eq!(
            (status, &answer["data"]["dataset"]["info"]["version"]),
            (StatusCode::OK, &json!(0))
        );
    });
}

#[test]
fn the_question_that_graphiql_asks_first_is_answered() {
    run(Engine::Sqlite, Prepared::Empty, |app| async move {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../api/src/graphql/limits/introspection.graphql");
        let document =
            std::fs::read_to_string(path).expect("the introspection that GraphiQL sends");
        let types = data(&app, &document, json!({})).await["__schema"]["types"].take();
        assert!(
            types
                .as_array()
                .expect("types")
                .iter()
                .any(|one| one["name"] == "FundUsageLine")
        );
    });
}

on_both_engines! {
    async fn others_are_answered_while_attacks_are_refused(app: Example) {
        let attack = body(&doubling(30, "info{version}"));
        let good = "{ fundUsage(assignment: \"S2016/00633/FST\", groupBy: [COUNTY]) { rowCount } recipient(code: \"0114\") { name } }";
        let expected = data(&app, good, json!({})).await;
        let app = std::sync::Arc::new(app);
        let mut work = tokio::task::JoinSet::new();
        for _ in 0..25 {
            let (attacker, attack) = (app.clone(), attack.clone());
            work.spawn(async move { assert_eq!(post(&attacker, attack).await.1, "TOO_MANY_FIELDS") });
            let (reader, expected) = (app.clone(), expected.clone());
            work.spawn(async move { assert_eq!(data(&reader, good, json!({})).await, expected) });
        }
        while let Some(done) = work.join_next().await {
            done.expect("every request has its answer");
        }
    }

    async fn an_answer_past_the_limit_of_cells_is_refused_and_never_cut(app: Reference) {
        let document = "query ($filter: FundFilter) { fundUsage(assignment: \"S2016/00633/FST\", groupBy: [RECIPIENT, ROUND], filter: $filter) { rowCount } }";
        // 290 municipalities a round and 40 cells a line: 17 rounds are 197,200 cells, 18 are 208,800.
        send_rounds(&app, 0, 17).await;
        assert_eq!(data(&app, document, json!({})).await, json!({ "fundUsage": { "rowCount": 17 * 290 } }));
        send_rounds(&app, 17, 18).await;
        assert_eq!(refusal(&app, document, json!({})).await, refused("RESULT_TOO_LARGE", "groupBy"));
        let said = app.ask_with(document, json!({})).await["errors"][0]["message"].to_string();
        assert!(said.contains("208800"), "the size is said: {said}");
        let fewer = json!({ "filter": { "rounds": ["M-0", "M-17"] } });
        assert_eq!(data(&app, document, fewer).await, json!({ "fundUsage": { "rowCount": 2 * 290 } }));
    }
}

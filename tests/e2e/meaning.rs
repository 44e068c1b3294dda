//! A question means what the specification says: what is wrong is refused before anything is answered, and what is left
//! unsaid is what the schema says it is.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use crate::answer::{data, refusal_in};
use crate::exports::saved;
use crate::harness::{Engine, Persona, Prepared, TestApp, on_both_engines, run};

/// Money by year, with a column that is there unless somebody says otherwise.
const UNLESS: &str = "query ($w: Boolean = true) { fundUsage(assignment: \"S2016/00633/FST\", groupBy: [GRANT_YEAR]) {
    rows { key { grantYear } paidAmount @include(if: $w) } } }";

fn usage(arguments: &str, selection: &str) -> String {
    format!("fundUsage(assignment: \"S2016/00633/FST\"{arguments}) {{ {selection} }}")
}

/// Asked under the media type whose status says what became of the request.
async fn asked(app: &TestApp, body: Value) -> (StatusCode, Value) {
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/graphql-response+json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    app.call(request).await
}

on_both_engines! {
    async fn a_variables_default_counts_where_nothing_is_sent(app: Example) {
        let default = data(&app, UNLESS, json!({})).await;
        let said = data(&app, UNLESS, json!({ "w": true })).await;
        assert_eq!(default, said);
        let rows = default["fundUsage"]["rows"].as_array().expect("rows");
        assert!(rows.iter().all(|row| row["paidAmount"].is_string()), "{default}");
        let without = data(&app, UNLESS, json!({ "w": false })).await;
        assert_eq!(without["fundUsage"]["rows"][0].get("paidAmount"), None);
        let null = app.ask_with(UNLESS, json!({ "w": null })).await;
        assert_eq!(refusal_in(&null).code, "BAD_USER_INPUT");
        let must = UNLESS.replace("Boolean = true", "Boolean!");
        let missing = app.ask_with(&must, json!({})).await;
        assert_eq!(refusal_in(&missing).code, "GRAPHQL_VALIDATION_FAILED");
        // A saved question has the column too.
        let path = format!("{}.json", saved(&app, UNLESS).await);
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let (status, file) = app.call(request).await;
        assert_eq!(status, StatusCode::OK, "{file}");
        let rows = file["rows"].as_array().expect("rows");
        assert!(!rows.is_empty() && rows.iter().all(|row| !row["paidAmount"].is_null()), "{file}");
    }

    async fn an_arguments_default_counts_where_its_variable_has_no_value(app: Example) {
        let plain = format!("{{ {} }}", usage("", "rowCount total { paidAmount }"));
        let open = format!("query ($c: Classification) {{ {} }}", usage(", classification: $c", "rowCount total { paidAmount }"));
        assert_eq!(data(&app, &plain, json!({})).await, data(&app, &open, json!({})).await);
        // Within an input object a field without a value is a field that is not said.
        let filter = format!("query ($y: [Int!]) {{ {} }}", usage(", filter: { grantYears: $y }", "total { paidAmount }"));
        let all = data(&app, &format!("{{ {} }}", usage("", "total { paidAmount }")), json!({})).await;
        assert_eq!(data(&app, &filter, json!({})).await, all);
        // One value is a list of one, sent or written.
        let years = format!("query ($y: [Int!] = 2016) {{ {} }}", usage(", filter: { grantYears: $y }", "total { paidAmount }"));
        let one = data(&app, &years, json!({})).await;
        assert_eq!(data(&app, &years, json!({ "y": 2016 })).await, one);
        assert_eq!(data(&app, &years, json!({ "y": [2016.0] })).await, one);
        assert_ne!(one, all);
    }
}

#[test]
fn what_the_specification_refuses_is_refused_whole() {
    run(Engine::Sqlite, Prepared::Example, |app| async move {
        let two_years = format!(
            "{{ {} ...F }} fragment F on Query {{ {} }}",
            usage(", filter: { grantYears: [2016] }", "total { paidAmount }"),
            usage(", filter: { grantYears: [2018] }", "total { usedAmount }"),
        );
        let text_as_number = "query ($n: String) { rounds(first: $n) { totalCount } }";
        let documents = [
            two_years,
            format!("{{ {} }}", usage(", groupBy: [\"COUNTY\"]", "rowCount")),
            format!(
                "{{ {} }}",
                usage(", filter: { grantYears: [2016], grantYears: [2018] }", "rowCount")
            ),
            text_as_number.to_owned(),
            "{ __typename @nothing }".to_owned(),
            "query ($y: Int = null) { fundUsage(assignment: \"x\", filter: { grantYears: [$y] }) { rowCount } }".to_owned(),
            "query ($p: DateTime) { changes(report: { assignment: \"x\", kind: JOINT_PLAN }, from: { release: \"r\", asOf: $p }, to: { release: \"a\" }) { __typename } }".to_owned(),
        ];
        for document in documents {
            let (status, answer) = asked(&app, json!({ "query": document })).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{document}");
            assert_eq!(answer.get("data"), None, "{document}");
            let refusal = &answer["errors"][0];
            assert_eq!(
                refusal["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED",
                "{document} {answer}"
            );
            assert!(refusal["locations"][0]["line"].is_number(), "{answer}");
        }
    });
}

#[test]
fn an_empty_name_names_no_operation_and_a_hash_alone_is_answered_in_its_clients_words() {
    run(Engine::Sqlite, Prepared::Empty, |app| async move {
        let get = async |parameters: &str| {
            let request = Request::get(format!("/graphql?{parameters}"))
                .header(header::ACCEPT, "application/json")
                .body(Body::empty());
            app.call(request.expect("a request")).await
        };
        let (status, answer) = get("query=%7B__typename%7D&operationName=").await;
        assert_eq!(
            (status, answer),
            (StatusCode::OK, json!({ "data": { "__typename": "Query" } }))
        );
        let hash = json!({ "persistedQuery": { "version": 1, "sha256Hash": "ab" } });
        let (status, by_get) = get(
            "extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22ab%22%7D%7D&operationName=Q",
        )
        .await;
        assert_eq!(status, StatusCode::OK);
        let (status, by_post) = asked(&app, json!({ "extensions": hash })).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        for answer in [by_get, by_post] {
            let error = &answer["errors"][0];
            assert_eq!(error["message"], "PersistedQueryNotSupported");
            assert_eq!(error["extensions"]["code"], "PERSISTED_QUERY_NOT_SUPPORTED");
        }
        // With its text a question is answered, whatever its hash.
        let (_, whole) = asked(&app, json!({ "query": "{__typename}", "extensions": hash })).await;
        assert_eq!(whole["data"]["__typename"], "Query");
    });
}

#[test]
fn what_may_have_been_meant_is_told_to_those_who_have_signed_in_alone() {
    run(Engine::Sqlite, Prepared::Empty, |app| async move {
        let wrong = "{ assignment(registryNumber: \"x\") { titel } fundUsag { rowCount } }";
        for (who, is_told) in [(Persona::public(), false), (Persona::evaluator(), true)] {
            let answer = app.ask_as(&who, wrong, json!({})).await;
            let text = answer.to_string();
            assert_eq!(refusal_in(&answer).code, "GRAPHQL_VALIDATION_FAILED");
            assert_eq!(text.contains("Did you mean"), is_told, "{text}");
            assert_eq!(text.contains("fundUsage"), is_told, "{text}");
        }
    });
}

#[test]
fn the_schemas_own_language_says_what_introspection_says() {
    run(Engine::Sqlite, Prepared::Empty, |app| async move {
        let asked = "{ __schema { description types { name kind specifiedByURL description } } }";
        let answer = app.ask(asked).await;
        let schema = &answer["__schema"];
        let text = samsyn::graphql::schema_text();
        let own = schema["description"].as_str().expect("a description");
        assert!(
            text.contains(&format!("\"\"\"\n{own}\n\"\"\"\nschema {{")),
            "{own}"
        );
        assert!(own.contains("Samsyn"), "{own}");
        let mut specified = 0;
        for scalar in schema["types"].as_array().expect("types") {
            if let Some(url) = scalar["specifiedByURL"].as_str() {
                let name = scalar["name"].as_str().expect("a name");
                let line = format!("scalar {name} @specifiedBy(url: \"{url}\")");
                assert!(text.contains(&line), "{line}");
                specified += 1;
            }
        }
        assert!(specified > 0);
        assert_eq!(text.matches(" @specifiedBy(url: \"").count(), specified);
    });
}

//! Rows of money, as many as there are: each once, in order of receipt, adding up to what fund usage answers.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use rust_decimal::Decimal;
use samsyn::app::App;
use samsyn::clock::Clock;
use samsyn::exports::Limits;
use serde_json::{Value, json};

use super::{cell, cells, encoded, get, saved};
use crate::answer::data;
use crate::harness::{Persona, TestApp, call, on_both_engines};
use crate::intake::files::FUNDS;

const ROWS: &str = "query Rows($after: String, $kinds: [FundRowKind!], $years: [Int!], $of: [RecipientKind!]) {
    fundRows(assignment: \"S2016/00633/FST\", kinds: $kinds, grantYears: $years, recipientKinds: $of, after: $after) {
        pageInfo { hasNextPage endCursor } totalCount nodes { kind on round { code year } recipient { code }
            allocatedAmount requisitionedAmount appliedAmount grantedAmount paidAmount usedAmount reportedUnusedAmount repaidAmount } } }";

/// The places that fund usage has too.
const AMOUNTS: [&str; 7] = [
    "allocatedAmount",
    "requisitionedAmount",
    "grantedAmount",
    "paidAmount",
    "usedAmount",
    "reportedUnusedAmount",
    "repaidAmount",
];

async fn totals(app: &TestApp, filter: &Value) -> Value {
    let document = format!(
        "query ($filter: FundFilter) {{ fundUsage(assignment: \"{FUNDS}\", groupBy: [GRANT_YEAR], filter: $filter) {{ total {{ {} }} }} }}",
        AMOUNTS.join(" ")
    );
    data(app, &document, json!({ "filter": filter })).await["fundUsage"]["total"].take()
}

on_both_engines! {
    async fn rows_of_money_are_whole_and_add_up_to_fund_usage(app: Example) {
        let path = saved(&app, ROWS).await;
        let public = Persona::public();
        for (variables, filter) in [
            (json!({}), json!({})),
            (json!({ "years": [2018], "of": ["REGION"] }), json!({ "grantYears": [2018], "recipientKinds": ["REGION"] })),
        ] {
            let file = get(&app, &public, &format!("{path}.json?variables={}", encoded(&variables)), None).await.json();
            let rows = file["rows"].as_array().expect("rows");
            assert!(rows.len() > 20, "{}", rows.len());
            assert_eq!(file["rowCount"], rows.len());
            assert_eq!(rows[0]["fundRows.totalCount"], rows.len());
            let usage = totals(&app, &filter).await;
            for amount in AMOUNTS {
                let own = rows.iter().filter_map(|row| row[amount].as_str());
                let own: Decimal = own.map(|text| text.parse::<Decimal>().expect("an amount")).sum();
                let told: Decimal = file["controlTotals"][amount].as_str().expect("a total").parse().expect("an amount");
                let answered: Decimal = usage[amount].as_str().expect("an amount").parse().expect("an amount");
                assert_eq!((own, told), (answered, answered), "{amount} of {variables}");
            }
        }
    }

    async fn small_pages_and_a_file_hold_the_same_rows_in_the_same_order(app: Example) {
        let path = saved(&app, ROWS).await;
        let variables = json!({ "kinds": ["PAYMENT", "USAGE_REPORT"] });
        let file = get(&app, &Persona::public(), &format!("{path}.csv?variables={}", encoded(&variables)), None).await;
        let rows = cells(&file.bytes, b',');
        let paged = ROWS.replace("after: $after", "first: 97, after: $after");
        let (mut after, mut seen) = (Value::Null, Vec::new());
        loop {
            let variables = json!({ "kinds": ["PAYMENT", "USAGE_REPORT"], "after": after });
            let page = data(&app, &paged, variables).await["fundRows"].take();
            let nodes = page["nodes"].as_array().expect("nodes");
            seen.extend(nodes.iter().map(|node| format!("{} {} {}", node["kind"], node["round"]["code"], node["recipient"]["code"]).replace('"', "")));
            if page["pageInfo"]["hasNextPage"] == false { break; }
            assert_eq!(nodes.len(), 97);
            after = page["pageInfo"]["endCursor"].clone();
        }
        let of_file = rows.iter().map(|row| format!("{} {} {}", cell(row, "kind"), cell(row, "round.code"), cell(row, "recipient.code")));
        assert_eq!(seen, of_file.collect::<Vec<_>>());
        assert!(seen.len() > 500, "{}", seen.len());
        let kinds: std::collections::BTreeSet<_> = rows.iter().map(|row| cell(row, "kind")).collect();
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["PAYMENT", "USAGE_REPORT"]);
    }

    async fn what_is_larger_than_the_limit_is_refused_whole(app: Example) {
        let path = saved(&app, ROWS).await;
        let small = Limits { row_count: 1_000, ..Limits::default() };
        let router = App::new(app.store.clone(), Clock::system()).exporting(small).router();
        let ask = |path: String| Request::get(path).body(Body::empty()).expect("a request");
        let (status, answer) = call(&router, ask(format!("{path}.csv"))).await;
        assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!("RESULT_TOO_LARGE")));
        let none = format!("{path}.csv?variables={}", encoded(&json!({ "years": [1990] })));
        assert_eq!(call(&router, ask(none)).await.0, StatusCode::OK);
        let late = Limits { time: std::time::Duration::ZERO, ..Limits::default() };
        let router = App::new(app.store.clone(), Clock::system()).exporting(late).router();
        let (status, answer) = call(&router, ask(format!("{path}.csv"))).await;
        assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("TIMEOUT")));
    }

    async fn a_cursor_of_another_connection_begins_nowhere(app: Example) {
        let page = data(&app, "{ rounds(first: 1) { pageInfo { endCursor } } }", json!({})).await;
        let variables = json!({ "after": page["rounds"]["pageInfo"]["endCursor"] });
        let answer = app.ask_with(ROWS, variables).await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!((&extensions["code"], &extensions["argument"]), (&json!("BAD_USER_INPUT"), &json!("after")));
    }
}

//! The service answers at all.

use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

use crate::harness::{TestApp, on_both_engines, question};

async fn front_page(app: &TestApp, host: &str) -> String {
    let request = Request::get("/")
        .header(header::HOST, host)
        .body(Body::empty());
    let answer = app
        .router
        .clone()
        .oneshot(request.expect("a request"))
        .await
        .expect("an answer");
    let bytes = answer
        .into_body()
        .collect()
        .await
        .expect("a page")
        .to_bytes();
    String::from_utf8(bytes.to_vec()).expect("a text")
}

on_both_engines! {
    async fn every_question_of_this_stage_runs_verbatim(app: Example) {
        for name in ["01-assignment", "02-allocation-key", "03-fund-usage", "06-coverage", "09-equality"] {
            let answer = app.ask_with(&question(name), json!({})).await;
            assert_eq!(answer.get("errors"), None, "{name}");
        }
    }

    async fn the_front_page_names_the_services_own_address_whatever_a_request_says(app: Reference) {
        for said in ["elsewhere.example:9090", "127.0.0.1:1", "elsewhere<script>", "else where", "elsewhere.å"] {
            let page = front_page(&app, said).await;
            assert!(page.contains("curl http://127.0.0.1:8080/graphql") && !page.contains(said), "{said}");
        }
    }
}

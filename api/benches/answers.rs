//! How long the answers take inside the server: `cargo bench -p samsyn --bench answers`.
//!
//! It imports the example into a new SQLite store and prints medians; it judges nothing, since machines differ.

// As the library's: the futures of the schema's fields are laid out here.
#![recursion_limit = "512"]

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use samsyn::app::App;
use samsyn::clock::Clock;
use samsyn::intake::Limits;
use samsyn::service::submission::{Mode, receive};
use samsyn::service::{example, reference};
use samsyn::store::Store;
use tower::ServiceExt;

/// Times each answer is asked for.
const RUNS: usize = 201;

const FUND_USAGE: &str = r#"{ fundUsage(assignment: "S2016/00633/FST", groupBy: [GRANT_YEAR, RECIPIENT_KIND]) {
    rows { key { grantYear recipientKind } paidAmount usedAmount usageRate { value numerator denominator n of } }
} }"#;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "a benchmark prints")]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let clock = Clock::system();
    let store = Store::open(&format!(
        "sqlite:{}",
        folder.path().join("bench.db").display()
    ))
    .await?;
    let began = Instant::now();
    reference::load_missing(&store, &clock).await?;
    println!("reference data loaded          {:>10.1?}", began.elapsed());
    let began = Instant::now();
    for delivery in example::deliveries()? {
        receive(&store, &clock, Limits::default(), &delivery, Mode::Receive).await?;
    }
    println!("example imported               {:>10.1?}", began.elapsed());

    let router = App::new(store.clone(), clock).router();
    let first = time(&router, FUND_USAGE).await?;
    println!("fundUsage, first time          {first:>10.1?}");
    let before = store.statements();
    let median = median(&router, FUND_USAGE).await?;
    let statements = store.statements() - before;
    println!(
        "fundUsage, unchanged (median)  {median:>10.1?}  {statements} statements in {RUNS} requests"
    );
    for (name, document) in hostile() {
        let median = median_of(&router, &document, 21).await?;
        println!("{name:<30} {median:>10.1?}");
    }
    Ok(())
}

async fn median(router: &axum::Router, document: &str) -> anyhow::Result<Duration> {
    median_of(router, document, RUNS).await
}

async fn median_of(router: &axum::Router, document: &str, runs: usize) -> anyhow::Result<Duration> {
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        times.push(time(router, document).await?);
    }
    times.sort();
    Ok(times[runs / 2])
}

async fn time(router: &axum::Router, document: &str) -> anyhow::Result<Duration> {
    let body = if document.starts_with('[') {
        document.to_owned()
    } else {
        serde_json::json!({ "query": document }).to_string()
    };
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))?;
    let began = Instant::now();
    let response = router.clone().oneshot(request).await?;
    response.into_body().collect().await?;
    Ok(began.elapsed())
}

/// Documents that would stop a server that is not prepared.
fn hostile() -> Vec<(&'static str, String)> {
    let mut doubling = "query { ...f0 } ".to_owned();
    for level in 0..30 {
        let next = level + 1;
        doubling.push_str(&format!(
            "fragment f{level} on Query {{ ...f{next} ...f{next} }} "
        ));
    }
    doubling.push_str("fragment f30 on Query { __typename }");
    let aliases: String = (0..20_000)
        .map(|index| format!("a{index}: __typename "))
        .collect();
    let long = format!("{{ {} }}", "__typename ".repeat(1_200_000 / 11));
    let batch = format!(
        "[{}]",
        vec![r#"{"query":"{ __typename }"}"#; 1_000].join(",")
    );
    vec![
        ("refused: doubling fragments", doubling),
        ("refused: 20,000 aliases", format!("{{ {aliases} }}")),
        ("refused: 1.2 MB document", long),
        ("refused: JSON batch", batch),
    ]
}

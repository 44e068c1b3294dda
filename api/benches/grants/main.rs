//! How figures over many grants are answered: 181 grants of 10 years to 311 recipients, in one assignment.
//! `cargo bench -p samsyn --bench grants -- [--grants N] [--years N] [--store URL] [--filled]`.
//!
//! A run with `--store URL` leaves the filled store, of which a later one with `--filled` asks alone: its memory is that of
//! answering, without what receiving leaves behind in a process.
//!
//! The files are made here and received by the service's own code. It prints medians and the process's memory, and judges
//! nothing, since machines differ.

// As the library's: the futures of the schema's fields are laid out here.
#![recursion_limit = "512"]
#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod files;
mod memory;

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use clap::Parser;
use http_body_util::BodyExt;
use samsyn::app::App;
use samsyn::clock::Clock;
use samsyn::service::example;
use samsyn::service::reference;
use samsyn::store::Store;
use tower::ServiceExt;

/// Times an answer from unchanged data is asked for.
const RUNS: usize = 101;

/// Times something is changed and asked for anew.
const CHANGES: usize = 7;

const BY_YEAR_AND_COUNTY: &str = r#"{ fundUsage(assignment: "S2016/00633/FST", groupBy: [GRANT_YEAR, COUNTY]) {
    rows { key { grantYear county { code } } paidAmount usedAmount usageRate { value numerator denominator n of } }
    total { paidAmount usedAmount } } }"#;

/// The question about one municipality, verbatim: all three pillars, each with where it comes from.
const ONE_MUNICIPALITY: &str = include_str!("one_municipality.graphql");

/// What is measured.
#[derive(Debug, Parser)]
struct Options {
    /// Grants: each gives a round for municipalities and one for regions a year.
    #[arg(long, default_value_t = 181)]
    grants: usize,
    /// Years.
    #[arg(long, default_value_t = 10)]
    years: usize,
    /// URL of a store that is empty or not there yet, and stays; otherwise an SQLite store that ends with the run.
    #[arg(long)]
    store: Option<String>,
    /// The store was filled by an earlier run: nothing is received.
    #[arg(long, requires = "store")]
    filled: bool,
    /// What `cargo bench` itself says.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("grants.db");
    let url = options.store.clone();
    let url = url.unwrap_or_else(|| format!("sqlite:{}", file.display()));
    let (store, clock) = (Store::open(&url).await?, Clock::system());
    if !options.filled {
        fill(&store, &clock, &options).await?;
    }
    let router = App::new(store.clone(), clock.clone()).router();
    memory::begin_anew()?;
    let first = time(&router, BY_YEAR_AND_COUNTY).await?;
    println!("by year and county, first time   {first:>10.1?}");
    let unchanged = median(&router, BY_YEAR_AND_COUNTY, RUNS).await?;
    println!("the same, unchanged (median)     {unchanged:>10.1?}");
    let mut times = Vec::new();
    // Another amount than in any run before.
    let first_change = 143_200 + usize::try_from(clock.now().timestamp() % 1_000_000)?;
    for change in 0..CHANGES {
        files::change(&store, &clock, first_change + change).await?;
        times.push(time(&router, BY_YEAR_AND_COUNTY).await?);
    }
    times.sort();
    println!(
        "the same, changed (median)       {:>10.1?}",
        times[CHANGES / 2]
    );
    ask_one_municipality(&router, &store, "all grants").await?;
    println!(
        "memory at most while answering   {:>7} MB",
        memory::peak_mb()?
    );
    store.close().await?;
    Ok(())
}

/// Receives the example, and the grants.
async fn fill(store: &Store, clock: &Clock, options: &Options) -> anyhow::Result<()> {
    reference::load_missing(store, clock).await?;
    // The example brings the support and the indicators, and rounds of its own beside the grants.
    for delivery in example::deliveries()? {
        files::receive(store, clock, &delivery).await?;
    }
    let router = App::new(store.clone(), clock.clone()).router();
    ask_one_municipality(&router, store, "example alone").await?;
    let began = Instant::now();
    let pairs = files::receive_all(store, clock, options.grants, options.years).await?;
    println!("{pairs} pairs received in {:.1?}", began.elapsed());
    Ok(())
}

/// The question about one municipality: the first time, and from unchanged data.
async fn ask_one_municipality(router: &Router, store: &Store, of: &str) -> anyhow::Result<()> {
    let first = time(router, ONE_MUNICIPALITY).await?;
    let before = store.statements();
    let unchanged = median(router, ONE_MUNICIPALITY, RUNS).await?;
    let statements = (store.statements() - before) / RUNS as u64;
    let (_, bytes) = answer(router, ONE_MUNICIPALITY).await?;
    println!(
        "one municipality, {of}: first time {first:.1?}, unchanged (median) {unchanged:.1?}, \
         {statements} statements, {bytes} bytes"
    );
    Ok(())
}

async fn median(router: &Router, document: &str, runs: usize) -> anyhow::Result<Duration> {
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        times.push(time(router, document).await?);
    }
    times.sort();
    Ok(times[runs / 2])
}

async fn time(router: &Router, document: &str) -> anyhow::Result<Duration> {
    answer(router, document).await.map(|(took, _)| took)
}

/// How long an answer took, and how long it is.
async fn answer(router: &Router, document: &str) -> anyhow::Result<(Duration, usize)> {
    let body = serde_json::json!({ "query": document }).to_string();
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))?;
    let began = Instant::now();
    let response = router.clone().oneshot(request).await?;
    let bytes = response.into_body().collect().await?.to_bytes();
    let took = began.elapsed();
    let answer: serde_json::Value = serde_json::from_slice(&bytes)?;
    anyhow::ensure!(answer.get("errors").is_none(), "{answer}");
    Ok((took, bytes.len()))
}

//! Exports of a million rows of money: whether they are whole, how long they take, and how much memory the server needs.
//! `cargo bench -p samsyn --bench exports -- [--grants N] [--years N] [--postgres URL_OF_AN_EMPTY_DATABASE] [--folder DIR]`.
//!
//! The store is filled here; `samsyn serve` runs as a process of its own, so that its memory is its own. Every row of the
//! CSV is read and summed, and must agree with what its headers say.

// As the library's: the futures of the schema's fields are laid out here.
#![recursion_limit = "512"]
#![expect(clippy::print_stdout, reason = "a benchmark prints")]

#[path = "../grants/files.rs"]
#[expect(dead_code, reason = "nothing is changed here")]
mod files;
mod server;

use std::io::Read;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Parser;
use rust_decimal::Decimal;
use samsyn::clock::Clock;
use samsyn::service::{example, reference, saved_query};
use samsyn::store::Store;
use server::Server;

/// Rows of money, each with its round and its recipient.
const QUESTION: &str = "query ($after: String, $kinds: [FundRowKind!]) { fundRows(assignment: \"S2016/00633/FST\", kinds: $kinds, after: $after) { pageInfo { hasNextPage endCursor } nodes { kind on round { code } recipient { code name } allocatedAmount requisitionedAmount paidAmount usedAmount reportedUnusedAmount } } }";

/// The column that is summed anew.
const SUMMED: &str = "paidAmount";

/// What is measured.
#[derive(Debug, Parser)]
struct Options {
    /// Grants: each gives a round for municipalities and one for regions a year. 105 of 10 years give a million rows.
    #[arg(long, default_value_t = 105)]
    grants: usize,
    /// Years.
    #[arg(long, default_value_t = 10)]
    years: usize,
    /// An empty PostgreSQL database; otherwise SQLite.
    #[arg(long)]
    postgres: Option<String>,
    /// Where the SQLite store is made; otherwise the system's folder of temporary files.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// The forms that are fetched.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "csv,json,zip,parquet,arrow,xlsx"
    )]
    forms: Vec<String>,
    /// What `cargo bench` itself says.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let folder = match &options.folder {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let file = folder.path().join("exports.db");
    let url = options.postgres.clone();
    let url = url.unwrap_or_else(|| format!("sqlite:{}", file.display()));
    let runtime = tokio::runtime::Runtime::new()?;
    let path = runtime.block_on(filled(&url, &options))?;
    let server = Server::start(&url, folder.path())?;
    // The registers are in memory before anything is measured.
    server.get(&format!("{path}.csv?variables=%7B%22kinds%22%3A%5B%5D%7D"))?;
    let idle = server.memory_mb()?;
    println!("memory of the idle server        {idle:>7} MB");
    for form in &options.forms {
        server.forget_peak()?;
        let began = Instant::now();
        let mut answer = server.get(&format!("{path}.{form}"))?;
        let waited = began.elapsed();
        let told = answer.header("samsyn-row-count").to_owned();
        if answer.status != 200 {
            let mut text = String::new();
            answer.body.read_to_string(&mut text)?;
            println!("{form:<8} {} {text}", answer.status);
            continue;
        }
        let bytes = if form == "csv" {
            whole(&mut answer)?
        } else {
            std::io::copy(&mut answer.body, &mut std::io::sink())?
        };
        let peak = server.peak_mb()?;
        print(
            form,
            (&told, bytes),
            (waited, began.elapsed()),
            (peak, idle),
        );
    }
    Ok(())
}

fn print(
    form: &str,
    (rows, bytes): (&str, u64),
    (waited, took): (Duration, Duration),
    (peak, idle): (u64, u64),
) {
    let above = peak.saturating_sub(idle);
    println!(
        "{form:<8} {rows:>9} rows {:>6} MB  first byte {waited:>8.1?}  last {took:>8.1?}  memory {above:>5} MB above idle",
        bytes / 1_000_000
    );
}

/// Fills a store, and saves the question; gives the question's path.
async fn filled(url: &str, options: &Options) -> anyhow::Result<String> {
    let (store, clock) = (Store::open(url).await?, Clock::system());
    reference::load_missing(&store, &clock).await?;
    for delivery in example::deliveries()? {
        files::receive(&store, &clock, &delivery).await?;
    }
    let began = Instant::now();
    let pairs = files::receive_all(&store, &clock, options.grants, options.years).await?;
    println!("{pairs} pairs received   {:>10.1?}", began.elapsed());
    let saved = saved_query::save(&store, &clock, "bench", QUESTION.to_owned()).await?;
    store.close().await?;
    Ok(format!("/q/{}", saved.sha256))
}

/// Reads a CSV to its end; it must hold as many rows, and the sum, that its headers say. Gives its bytes.
fn whole(answer: &mut server::Answer) -> anyhow::Result<u64> {
    let told: u64 = answer.header("samsyn-row-count").parse()?;
    let totals = answer.header("samsyn-control-totals").to_owned();
    let length: u64 = answer.header("content-length").parse()?;
    let mut reader = csv::Reader::from_reader(&mut answer.body);
    let at = reader.headers()?.iter().position(|name| name == SUMMED);
    let at = at.context("the column")?;
    let (mut rows, mut sum) = (0_u64, Decimal::new(0, 2));
    let mut row = csv::ByteRecord::new();
    while reader.read_byte_record(&mut row)? {
        rows += 1;
        let cell = std::str::from_utf8(&row[at])?;
        if !cell.is_empty() {
            sum += cell.parse::<Decimal>()?;
        }
    }
    ensure!(rows == told, "{rows} rows, and {told} are told");
    let told = format!("{SUMMED}={sum}");
    ensure!(
        totals.split(", ").any(|one| one == told),
        "{told}: {totals}"
    );
    Ok(length)
}

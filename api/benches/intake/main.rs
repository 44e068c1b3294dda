//! How a file of a million usage reports is read, checked and stored, by the program itself:
//! `cargo bench -p samsyn --bench intake -- [--rows N] [--postgres postgres://USER@HOST:PORT]`.
//!
//! The files are made here and measured in processes of their own. What the engine's bulk load needs for the same rows is
//! measured in the same run (`bulk_sqlite`, `bulk_postgres`). It prints and judges nothing, since machines differ.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod bulk_postgres;
mod bulk_sqlite;
mod files;
mod process;
mod tables;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::Parser;

use process::Run;

/// Times a dry run is measured.
const DRY_RUNS: usize = 3;

/// What is measured.
#[derive(Debug, Parser)]
struct Options {
    /// Usage reports in the file.
    #[arg(long, default_value_t = 1_000_000)]
    rows: usize,
    /// A PostgreSQL server: a URL without a database. Its role may create databases.
    #[arg(long)]
    postgres: Option<String>,
    /// Leaves SQLite out.
    #[arg(long)]
    no_sqlite: bool,
    /// Where the files and the SQLite stores are made; otherwise the system's folder of temporary files.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// What `cargo bench` itself says.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let folder = match &options.folder {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let made = files::make(folder.path(), options.rows)?;
    println!(
        "{} usage reports of {} rounds, {} bytes",
        made.rows, made.rounds, made.bytes
    );
    if !options.no_sqlite {
        sqlite(folder.path(), &made).await?;
    }
    match &options.postgres {
        Some(server) => postgres(server, folder.path(), &made)?,
        None => println!("PostgreSQL is left out: name a server with --postgres"),
    }
    Ok(())
}

async fn sqlite(folder: &Path, made: &files::Made) -> anyhow::Result<()> {
    println!("\nSQLite");
    let basis = folder.join("basis.db");
    let url = |path: &Path| format!("sqlite:{}", path.display());
    prepare(&url(&basis), made)?;
    let filled = folder.join("filled.db");
    std::fs::copy(&basis, &filled)?;
    let marks = bulk_sqlite::marks(&basis).await?;
    let stored = measure(&url(&filled), made)?;
    for (how, triggers) in bulk_sqlite::WAYS {
        let bulk = folder.join("bulk.db");
        std::fs::copy(&basis, &bulk)?;
        let took = bulk_sqlite::load(*how, *triggers, &bulk, &filled, &marks).await?;
        say_ratio(&format!("{how}, {triggers}"), stored, took);
        std::fs::remove_file(&bulk)?;
    }
    Ok(())
}

fn postgres(server: &str, folder: &Path, made: &files::Made) -> anyhow::Result<()> {
    println!("\nPostgreSQL");
    let database = |name: &str| format!("{}/samsyn_bench_{name}", server.trim_end_matches('/'));
    let make = |name: &str, template: &str| bulk_postgres::make_database(server, name, template);
    make("basis", "template0")?;
    prepare(&database("basis"), made)?;
    let marks = bulk_postgres::marks(&database("basis"))?;
    make("filled", "samsyn_bench_basis")?;
    let stored = measure(&database("filled"), made)?;
    let rows = bulk_postgres::write_out(&database("filled"), folder, &marks)?;
    for triggers in [tables::Triggers::AsMigrated, tables::Triggers::Off] {
        make("bulk", "samsyn_bench_basis")?;
        let took = bulk_postgres::load(&database("bulk"), &rows, triggers)?;
        say_ratio(&format!("COPY, {triggers}"), stored, took);
    }
    for name in ["basis", "filled", "bulk"] {
        bulk_postgres::drop_database(server, name)?;
    }
    Ok(())
}

/// Fills a store with what the reports rest on.
fn prepare(url: &str, made: &files::Made) -> anyhow::Result<()> {
    let run = process::import(&made.basis, url, &[])?;
    println!(
        "basis: rounds, allocations, requisitions, payments  {:>8.1?}",
        run.took
    );
    Ok(())
}

/// Dry runs, then the import; gives what storing needed beyond reading and checking.
fn measure(url: &str, made: &files::Made) -> anyhow::Result<Duration> {
    let mut dry = Vec::new();
    for _ in 0..DRY_RUNS {
        let run = process::import(&made.reports, url, &["--dry-run"])?;
        say("read and checked, nothing stored (dry run)", &run, made);
        dry.push(run.took);
    }
    dry.sort();
    let dry = *dry.get(dry.len() / 2).context("a dry run")?;
    let run = process::import(&made.reports, url, &[])?;
    say("read, checked and stored", &run, made);
    let stored = run.took.saturating_sub(dry);
    println!("storing alone, the difference to the median dry run  {stored:>8.1?}");
    Ok(stored)
}

fn say(what: &str, run: &Run, made: &files::Made) {
    let per_second = made.rows as u128 * 1_000 / run.took.as_millis().max(1);
    println!(
        "{what:<52} {:>8.1?}  {per_second} rows/s  at most {} MB",
        run.took,
        run.peak_kib * 1_024 / 1_000_000
    );
}

fn say_ratio(what: &str, stored: Duration, bulk: Duration) {
    let hundredths = stored.as_millis() * 100 / bulk.as_millis().max(1);
    println!(
        "bulk load: {what:<41} {bulk:>8.1?}  storing is {}.{:02} times that",
        hundredths / 100,
        hundredths % 100
    );
}

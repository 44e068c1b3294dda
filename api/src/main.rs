//! The `samsyn` program: chooses among the commands and turns what went wrong into a sentence and an exit code.

use std::process::ExitCode;

use clap::Parser;
use samsyn::commands::{self, Outcome};
use samsyn::config::{Cli, log_filter};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(log_filter()))
        .with_writer(std::io::stderr)
        .compact()
        .init();
    match commands::run(cli.command).await {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Err(error) => {
            eprintln!("samsyn: {error:#}");
            ExitCode::from(2)
        }
    }
}

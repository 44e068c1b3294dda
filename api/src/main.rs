//! The `samsyn` program: chooses among the commands and turns what went wrong into a sentence and an exit code.

// As the library's: the futures of the schema's fields are laid out here.
#![recursion_limit = "512"]

use std::process::ExitCode;

use clap::Parser;
use samsyn::commands::{self, Outcome};
use samsyn::config::{Cli, log_filter};
use tracing_subscriber::EnvFilter;

/// Stack of a worker: resolvers nest as deep as a document may, and builds without optimisation have large frames.
const WORKER_STACK: usize = 8 << 20;

fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(log_filter()))
        .with_writer(std::io::stderr)
        .compact()
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(WORKER_STACK)
        .build();
    let ended = match runtime {
        // Spawned, so that it runs on a worker's stack rather than the main thread's.
        Ok(runtime) => runtime.block_on(async { tokio::spawn(commands::run(cli.command)).await }),
        Err(error) => {
            eprintln!("samsyn: the runtime could not be started: {error}");
            return ExitCode::from(2);
        }
    };
    match ended.unwrap_or_else(|panic| Err(panic.into())) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Err(error) => {
            eprintln!("samsyn: {error:#}");
            ExitCode::from(2)
        }
    }
}

//! The program as a process of its own: this test binary, started again for the one test that only runs a command.

use std::ffi::OsString;
use std::process::{Child, Command, Stdio};

use clap::Parser;
use samsyn::commands;
use samsyn::config::Cli;

use super::engine::on_runtime;

/// Where a child finds its arguments, one a line.
const ARGUMENTS: &str = "SAMSYN_TEST_ARGUMENTS";

/// Starts the program with arguments; what it says can be read when it has ended.
pub(crate) fn start(arguments: &[&str]) -> Child {
    start_by(&[], arguments)
}

/// Starts the program by another one, which is given it and its arguments, and becomes it.
pub(crate) fn start_by(by: &[&str], arguments: &[&str]) -> Child {
    let this = std::env::current_exe().expect("this program has a path");
    let mut command = match by.split_first() {
        None => Command::new(this),
        Some((first, rest)) => {
            let mut command = Command::new(first);
            command.args(rest).arg(this);
            command
        }
    };
    command
        .args([
            "--exact",
            "harness::program::the_program",
            "--ignored",
            "--nocapture",
        ])
        .env(ARGUMENTS, arguments.join("\n"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this program starts once more")
}

#[test]
#[ignore = "it is the program that other tests start"]
fn the_program() {
    let Some(arguments) = environment(ARGUMENTS) else {
        return;
    };
    let arguments = arguments.into_string().expect("arguments are texts");
    let cli = Cli::parse_from(std::iter::once("samsyn").chain(arguments.lines()));
    on_runtime(async move {
        commands::run(cli.command).await.expect("the command runs");
    });
}

/// A switch of the test run.
#[expect(
    clippy::disallowed_methods,
    reason = "switches of the test run, unknown to the service's configuration"
)]
pub(crate) fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

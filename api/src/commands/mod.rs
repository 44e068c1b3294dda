//! The commands, one file each. What went wrong becomes one sentence in `main`.

mod audit;
mod deliverable;
mod demo;
mod diff;
mod import;
mod redact;
mod release;
mod release_person_table;
mod report;
mod reproduce;
mod seal;
mod serve;
mod tables;
mod template;
mod token;
mod verify;

use std::io::Write;

use crate::clock::Clock;
use crate::config::Command;
use crate::service::reference;
use crate::store::Store;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All well.
    Done,
    /// Something was refused by the rules, or found by a verification.
    Refused,
}

/// Runs a command.
///
/// # Errors
/// The command itself was wrong, or the machine failed it; the message is for the user.
pub async fn run(command: Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Demo(options) => demo::run(options).await,
        Command::Serve(options) => serve::run(options).await,
        Command::Import(options) => import::run(options).await,
        Command::Template(options) => template::run(options).await,
        Command::Migrate(options) => {
            let store = open(&options.database_url, &Clock::system()).await?;
            store.close().await?;
            print("the store is up to date\n")?;
            Ok(Outcome::Done)
        }
        Command::Token(options) => token::run(&options),
        Command::Policy => {
            let fields = crate::graphql::root_fields().await;
            print(&crate::policy::document(&fields))?;
            Ok(Outcome::Done)
        }
        Command::Audit(options) => audit::run(options).await,
        Command::Rules => {
            print(&crate::intake::rulebook())?;
            Ok(Outcome::Done)
        }
        Command::Figures => {
            print(&crate::reports::figure::register())?;
            Ok(Outcome::Done)
        }
        Command::Report(options) => report::run(options).await,
        Command::Redact(options) => redact::run(options).await,
        Command::ReleasePersonTable(options) => release_person_table::run(options).await,
        Command::Release(options) => release::run(options).await,
        Command::Seal(options) => seal::run(options).await,
        Command::Verify(options) => verify::run(&options),
        Command::Reproduce(options) => reproduce::run(options).await,
        Command::Diff(options) => diff::run(options).await,
        Command::Schema => {
            print(&crate::graphql::schema_text())?;
            Ok(Outcome::Done)
        }
    }
}

/// Opens a store, migrates it and loads missing reference data.
///
/// # Errors
/// The database cannot be used.
pub async fn open(url: &str, clock: &Clock) -> anyhow::Result<Store> {
    let store = Store::open(url).await?;
    reference::load_missing(&store, clock).await?;
    Ok(store)
}

/// A store that is there already, up to date: a command that reads must not read an empty one that it made itself.
async fn open_existing(url: &str, clock: &Clock) -> anyhow::Result<Store> {
    let store = Store::open_existing(url).await?;
    reference::load_missing(&store, clock).await?;
    Ok(store)
}

/// Prints to standard output, also when that is no terminal. A reader that has gone away is no fault of ours.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

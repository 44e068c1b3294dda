//! `samsyn redact`: carries out a decided removal, and says what else is needed for nothing to be left.

use anyhow::Context;
use entity::RegistryNumber;
use serde_json::{Value, json};

use super::{Outcome, print};
use crate::clock::Clock;
use crate::config::{RedactOptions, ReportFormat};
use crate::graphql::Written;
use crate::policy::Scope;
use crate::service::redaction::{Error, Extent, Mode, Order, Removal, Target, redact};
use crate::store::Store;

pub(super) async fn run(options: RedactOptions) -> anyhow::Result<Outcome> {
    let order = order(&options)?;
    let mode = if options.dry_run {
        Mode::DryRun
    } else {
        Mode::Redact
    };
    let store = Store::open_as_it_is(&options.store.database_url).await?;
    let limits = options.limits.intake();
    let done = redact(&store, &Clock::system(), limits, &order, mode).await;
    let (removal, outcome) = match done {
        Ok(removal) => (removal, Outcome::Done),
        Err(Error::Elsewhere(removal)) => (removal, Outcome::Refused),
        Err(error) => return Err(error.into()),
    };
    let rewritten = match (outcome, mode) {
        (Outcome::Done, Mode::Redact) => store.rewrite().await.is_ok(),
        _ => false,
    };
    store.close().await?;
    let done = outcome == Outcome::Done && mode == Mode::Redact;
    match options.format {
        ReportFormat::Json => print(&format!("{:#}\n", as_json(&removal, done, rewritten)))?,
        ReportFormat::Text => {
            let mut text = as_text(&removal);
            text.push_str(match (outcome, mode) {
                (Outcome::Refused, _) => {
                    "Nothing was removed: the text would still stand in the places above. `--everywhere` removes it from all of them.\n"
                }
                (_, Mode::DryRun) => "Nothing was removed: this was a dry run.\n",
                _ if rewritten => REMOVED,
                _ => NOT_REWRITTEN,
            });
            print(&text)?;
        }
    }
    Ok(outcome)
}

const REMOVED: &str = "Removed; hashes and tombstones stay, and the database's files were written anew.
Still needed: backups, replicas and archived logs from before, and blocks that the file system has freed (docs/OPERATIONS.md).
";

const NOT_REWRITTEN: &str = "Removed; hashes and tombstones stay. The database's files could not be written anew: others use them now, or belong to somebody else.
Still needed: the statements of docs/OPERATIONS.md, then backups, replicas and archived logs from before.
";

/// The number of a submission, from its identity in the API or from the number itself.
fn number(said: &str) -> anyhow::Result<i64> {
    said.parse()
        .ok()
        .or_else(|| Written::number(said))
        .with_context(|| format!("--submission: {said} is no identity of a submission"))
}

fn order(options: &RedactOptions) -> anyhow::Result<Order> {
    let submission = options.submission.as_deref().map(number).transpose()?;
    let target = match (&options.file, submission) {
        (Some(sha256), _) => Target::File(sha256.to_ascii_lowercase()),
        (None, Some(submission)) => match (options.row, &options.column, options.event) {
            (Some(row), Some(column), _) => Target::Text {
                submission,
                row,
                column: column.clone(),
            },
            (_, _, Some(event)) => Target::Reason { submission, event },
            _ => anyhow::bail!("--submission needs --row and --column, or --event"),
        },
        (None, None) => anyhow::bail!("say what: --file, or --submission with --row and --column"),
    };
    Ok(Order {
        target,
        decision: RegistryNumber::parse(&options.decision).context("--decision")?,
        reason: options.reason.clone(),
        actor: options.by.clone(),
        extent: if options.everywhere {
            Extent::Everywhere
        } else {
            Extent::Alone
        },
        scope: Scope::Everything,
    })
}

fn as_text(removal: &Removal) -> String {
    let mut text = String::new();
    for one in &removal.texts {
        let row = one.row.map(|row| format!(" row {row}")).unwrap_or_default();
        text.push_str(&format!(
            "text {}: submission {}{row}, {}\n",
            one.text, one.submission, one.column
        ));
    }
    for one in &removal.files {
        let ids: Vec<String> = one.submissions.iter().map(ToString::to_string).collect();
        text.push_str(&format!(
            "file {}: submission {}\n",
            one.sha256,
            ids.join(", ")
        ));
    }
    if removal.texts_left > 0 {
        text.push_str(&format!(
            "{} free text(s) of the file's rows stay: they are removed by row and column.\n",
            removal.texts_left
        ));
    }
    if !removal.releases.is_empty() {
        text.push_str(&format!(
            "The files of these sealed releases may hold the text, in the store and in their folders; they no longer answer it: {}\n",
            removal.releases.join(", ")
        ));
    }
    text
}

fn as_json(removal: &Removal, done: bool, rewritten: bool) -> Value {
    let text = |one: &crate::service::redaction::TextPlace| json!({ "text": one.text, "submission": one.submission, "row": one.row, "column": one.column });
    let file = |one: &crate::service::redaction::FilePlace| json!({ "sha256": one.sha256, "submissions": one.submissions });
    json!({
        "removed": done,
        "rewritten": rewritten,
        "texts": removal.texts.iter().map(text).collect::<Vec<_>>(),
        "files": removal.files.iter().map(file).collect::<Vec<_>>(),
        "textsLeft": removal.texts_left,
        "releases": removal.releases,
    })
}

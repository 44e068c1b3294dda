//! `samsyn import`: a file or a folder into the store, with a report.

mod folder;
mod plan;

use std::io::IsTerminal;
use std::path::Path;

use anyhow::Context;
use entity::{Kind, Verdict, file_name_holds_personal_number};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Outcome, open, print};
use crate::clock::Clock;
use crate::config::{ImportOptions, ReportFormat};
use crate::intake::{FileReport, Limits, Report};
use crate::service::submission::{self, Mode, receive};
use crate::workbooks::{Judged, marked};

use plan::{Planned, deliveries, read};

pub(super) async fn run(options: ImportOptions) -> anyhow::Result<Outcome> {
    let clock = Clock::system();
    anyhow::ensure!(
        options.path.exists(),
        "there is no file or folder {}",
        options.path.display()
    );
    anyhow::ensure!(
        options.marked.is_none() || options.path.is_file(),
        "--marked takes one file, and {} is a folder",
        options.path.display()
    );
    let limits = options.limits.intake();
    let store = open(&options.store.database_url, &clock).await?;
    let planned = deliveries(&store, &clock, &options, limits).await?;
    let mode = if options.dry_run {
        Mode::DryRun
    } else {
        Mode::Receive
    };
    let progress = progress(planned.len());
    let mut report = Report::default();
    let (mut failed, mut too_little) = (None, 0_usize);
    for one in planned {
        progress.set_message(told(one.file_name()));
        let received = match one {
            Planned::Delivery { path, mut delivery } => match read(&path) {
                Ok(bytes) => {
                    delivery.bytes = bytes;
                    receive(&store, &clock, limits, &delivery, mode)
                        .await
                        .with_context(|| told(&delivery.file_name))
                }
                Err(error) => Err(error),
            },
            Planned::NotHandled {
                file_name,
                kind,
                why,
            } => Ok(FileReport {
                why: Some(why),
                ..not_handled(told(&file_name), kind)
            }),
        };
        match received {
            Ok(received) => report.submissions.push(received),
            // A file that says too little is none of the next one's business.
            Err(error) if says_too_little(&error) => {
                eprintln!("samsyn: {error:#}");
                too_little += 1;
            }
            // What came before counts already: it is reported before the fault is.
            Err(error) => {
                failed = Some(error);
                break;
            }
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    store.close().await?;
    if let Some(out) = &options.marked {
        write_marked(&options.path, out, &report, limits)?;
    }
    match options.format {
        ReportFormat::Json => print(&format!("{:#}\n", report.json()))?,
        ReportFormat::Text => {
            let said = match mode {
                Mode::DryRun => "Dry run: nothing was kept.\n",
                Mode::Receive => "",
            };
            print(&format!("{}{said}", report.text()))?;
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    if too_little > 0 {
        eprintln!(
            "samsyn: {too_little} file(s) were not received: above stands what is to be said of each"
        );
    }
    Ok(if report.refused() || too_little > 0 {
        Outcome::Refused
    } else {
        Outcome::Done
    })
}

/// A file's name as it may be told.
fn told(file_name: &str) -> String {
    match file_name_holds_personal_number(file_name) {
        true => "…".to_owned(),
        false => entity::file_name(file_name).into_owned(),
    }
}

/// Whether a file was not received because something must be said of it besides its rows.
fn says_too_little(error: &anyhow::Error) -> bool {
    let found = error.downcast_ref::<submission::Error>();
    found.is_some_and(|error| {
        matches!(
            error,
            submission::Error::AssignmentNeeded(_)
                | submission::Error::PlanVersionNeeded
                | submission::Error::FileName(_)
        )
    })
}

/// Writes the file's own workbook with the findings of all its kinds marked.
fn write_marked(path: &Path, out: &Path, report: &Report, limits: Limits) -> anyhow::Result<()> {
    let bytes =
        std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy())
        .unwrap_or_default();
    let judged = report.submissions.iter().map(|one| Judged {
        kind: one.kind.as_deref().and_then(Kind::of),
        findings: &one.findings,
    });
    let copy = marked(&name, &bytes, &judged.collect::<Vec<_>>(), limits)?;
    std::fs::write(out, copy).with_context(|| format!("{} cannot be written", out.display()))
}

/// The report on a file of a kind that is not built yet.
pub(crate) fn not_handled(file: String, kind: Option<String>) -> FileReport {
    FileReport {
        submission: None,
        file,
        kind,
        verdict: Verdict::NotHandled,
        new: 0,
        corrected: 0,
        unchanged: 0,
        findings: Vec::new(),
        why: None,
    }
}

/// A bar on the terminal; nothing where there is none.
fn progress(files: usize) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    bar.with_style(
        ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}

//! Options of files that come in: importing, templates, removals.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{LimitOptions, StoreOptions};

/// Options of `import`.
#[derive(Clone, Debug, Args)]
pub struct ImportOptions {
    /// A file (.csv or .xlsx), or a folder; its `manifest.json` says kind, assignment, sender and nature of each file.
    pub path: PathBuf,
    /// What the rows are, such as `usage_reports`. Otherwise the manifest, the file's name or the sheet's name says it.
    #[arg(long)]
    pub kind: Option<String>,
    /// Registry number of the assignment.
    #[arg(long)]
    pub assignment: Option<String>,
    /// Code of the sender, whose data it is. Otherwise the assignment's coordinator.
    #[arg(long)]
    pub organisation: Option<String>,
    /// Whether the data is real, synthetic or mixed.
    #[arg(long, ignore_case = true)]
    pub nature: Option<NatureOption>,
    /// The day the document was registered as received, where it is older (YYYY-MM-DD).
    #[arg(long)]
    pub registered_on: Option<chrono::NaiveDate>,
    /// The version of the plan that an activity plan is.
    #[arg(long)]
    pub plan_version: Option<i64>,
    /// The day that version of the plan was decided (YYYY-MM-DD).
    #[arg(long)]
    pub decided_on: Option<chrono::NaiveDate>,
    /// Says what would come of it and keeps nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Writes the file's own workbook with the cells of the findings marked (one file at a time).
    #[arg(long, value_name = "XLSX")]
    pub marked: Option<PathBuf>,
    /// How much a file may hold.
    #[command(flatten)]
    pub limits: LimitOptions,
    /// How to report.
    #[arg(long, default_value = "text")]
    pub format: ReportFormat,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// Options of `redact`.
#[derive(Clone, Debug, Args)]
pub struct RedactOptions {
    /// The submission in which the text stands: its `id` as the API gives it, or its number in the store.
    #[arg(long, conflicts_with = "file")]
    pub submission: Option<String>,
    /// Number of the row in its file.
    #[arg(long, requires = "submission")]
    pub row: Option<i64>,
    /// Column of the text, by its canonical name, such as `comment`.
    #[arg(long, requires = "row")]
    pub column: Option<String>,
    /// Instead of a row: which event of the submission's life gives the reason that is to go (1, 2, 3 …).
    #[arg(long, requires = "submission", conflicts_with = "row")]
    pub event: Option<u64>,
    /// Instead of a text: SHA-256 of the file whose bytes are to go. Its rows stay, with their free texts.
    #[arg(long)]
    pub file: Option<String>,
    /// Registry number of the decision.
    #[arg(long)]
    pub decision: String,
    /// Why. It is kept, so it must not say what was removed.
    #[arg(long)]
    pub reason: String,
    /// Who carries it out.
    #[arg(long, default_value = "coordinator")]
    pub by: String,
    /// Removes the text from every row and every kept file that holds it; without this, a text that stands elsewhere
    /// too is not removed, and the command says where it stands.
    #[arg(long)]
    pub everywhere: bool,
    /// Says what would go and removes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// How much a file may hold: the text is looked for in files as they were taken.
    #[command(flatten)]
    pub limits: LimitOptions,
    /// How to report.
    #[arg(long, default_value = "text")]
    pub format: ReportFormat,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// Options of `template`.
#[derive(Clone, Debug, Args)]
pub struct TemplateOptions {
    /// What the rows are, such as `usage_reports`.
    pub kind: String,
    /// Code of the round, for kinds whose rows belong to one; without it no rows are prepared.
    #[arg(long)]
    pub round: Option<String>,
    /// Code of the organisation that is to report. Otherwise the coordinator of the round's assignment.
    #[arg(long)]
    pub organisation: Option<String>,
    /// The file to write.
    #[arg(long)]
    pub out: PathBuf,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// Nature of data, as an option.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum NatureOption {
    /// Real.
    Real,
    /// Synthetic.
    Synthetic,
    /// Some of both.
    Mixed,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Lines for a reader.
    Text,
    /// JSON for a program, as docs/INTAKE.md describes.
    Json,
}

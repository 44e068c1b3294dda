//! Options of reports as documents.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::StoreOptions;

/// Which report: what a deliverable of an assignment is.
#[derive(Clone, Debug, Args)]
pub struct DeliverableOptions {
    /// Registry number of the assignment, such as `S2016/00633/FST`.
    #[arg(long)]
    pub assignment: String,
    /// What the decision asks for, such as `FINAL_REPORT` or `ANNUAL_REPORT`.
    #[arg(long, default_value = "FINAL_REPORT")]
    pub kind: String,
    /// Its last day, where there are several; the latest where left out.
    #[arg(long)]
    pub due_on: Option<chrono::NaiveDate>,
}

/// Options of `report`.
#[derive(Clone, Debug, Args)]
pub struct ReportOptions {
    /// Which report.
    #[command(flatten)]
    pub deliverable: DeliverableOptions,
    /// The dataset as it was at this instant, with offset; the present one where left out.
    #[arg(long)]
    pub as_of: Option<chrono::DateTime<chrono::Utc>>,
    /// The name of a sealed release in the store, or the folder of one: the report of what is sealed.
    #[arg(long, conflicts_with = "as_of")]
    pub release: Option<String>,
    /// The folder to write into; it is made where it is missing.
    #[arg(long)]
    pub out: PathBuf,
    /// What to write.
    #[arg(long, value_delimiter = ',', default_value = crate::documents::FORMATS)]
    pub format: Vec<DocumentFormat>,
    /// The language of the documents; CSV holds both.
    #[arg(long, default_value = "sv")]
    pub lang: DocumentLanguage,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// Markdown.
    Md,
    /// A workbook with a sheet a table.
    Xlsx,
    /// Tables as CSV in a ZIP with a manifest.
    Csv,
    /// A Word document.
    Docx,
    /// PDF, tagged for those who listen.
    Pdf,
}

/// A language of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DocumentLanguage {
    /// Swedish.
    Sv,
    /// English.
    En,
}

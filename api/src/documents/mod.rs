//! Reports as documents: Markdown with charts, a workbook, tables in a ZIP, a Word
//! document, PDF. The same report of the same dataset gives the same bytes.

mod chart;
mod layout;
mod markdown;
mod narrative;
#[cfg(feature = "pdf")]
mod paper;
mod prose;
mod shown;
mod tables;
mod word;
mod workbook;
mod xml;

use sha2::{Digest, Sha256};

use crate::intake::hex;
use crate::reports::Language;
use crate::reports::report::Report;

/// What a report is written as where nothing else is said: everything that the program can write.
pub const FORMATS: &str = if cfg!(feature = "pdf") {
    "md,xlsx,csv,docx,pdf"
} else {
    "md,xlsx,csv,docx"
};

/// What a report can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Markdown.
    Markdown,
    /// A workbook: a sheet a table.
    Workbook,
    /// Tables as CSV in a ZIP, with a manifest.
    Tables,
    /// A Word document.
    Word,
    /// PDF, tagged.
    Paper,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The name of its file.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a document could not be made: a mistake in the program, or a report too large for its form.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The workbook.
    #[error("the workbook cannot be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A table.
    #[error("a table cannot be written")]
    Table(#[from] csv::Error),
    /// The ZIP.
    #[error("the ZIP cannot be written")]
    Zip(#[from] zip::result::ZipError),
    /// Memory as a file.
    #[error("a file cannot be written")]
    File(#[from] std::io::Error),
    /// The manifest, and what the typesetter gets.
    #[error("the manifest cannot be written")]
    Manifest(#[from] serde_json::Error),
    /// A chart as a picture.
    #[error("a chart cannot be drawn: {0}")]
    Picture(String),
    /// The typesetter, in its words.
    #[error("the PDF cannot be typeset: {0}")]
    Paper(String),
    /// The program cannot write PDF.
    #[error(
        "this program is built without PDF (the cargo feature `pdf`); the other formats do not need it"
    )]
    WithoutPaper,
}

impl Document {
    /// A report in a form and a language: one document, and beside Markdown its charts.
    ///
    /// # Errors
    /// A mistake in the program, or a report too large for its form.
    pub fn of(report: &Report, form: Form, language: Language) -> Result<Vec<Self>, Error> {
        let stem = stem(report, form, language);
        let bytes = match form {
            Form::Markdown => return Ok(with_charts(report, &stem, language)),
            Form::Workbook => workbook::write(report, language)?,
            Form::Tables => tables::write(report)?,
            Form::Word => word::write(report, language)?,
            #[cfg(feature = "pdf")]
            Form::Paper => paper::write(report, language)?,
            #[cfg(not(feature = "pdf"))]
            Form::Paper => return Err(Error::WithoutPaper),
        };
        let ending = match form {
            Form::Markdown => "md",
            Form::Workbook => "xlsx",
            Form::Tables => "csv.zip",
            Form::Word => "docx",
            Form::Paper => "pdf",
        };
        let name = format!("{stem}.{ending}");
        Ok(vec![Self { name, bytes }])
    }

    /// SHA-256 of its bytes, in hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(&self.bytes))
    }
}

/// The names of a report's files up to their endings.
fn stem(report: &Report, form: Form, language: Language) -> String {
    let language = match form {
        // Tables hold both languages.
        Form::Tables => "",
        _ => language.of([".sv", ".en"]),
    };
    let number = report.registry_number.as_str().replace('/', "-");
    let kind = report.kind.code().to_lowercase();
    let due = report.due_on;
    let due = due.map_or_else(String::new, |day| format!("_{day}"));
    format!("{number}_{kind}{due}{language}")
}

/// Markdown, and the charts that it shows.
fn with_charts(report: &Report, stem: &str, language: Language) -> Vec<Document> {
    let charts = chart::charts(report, language);
    let text = markdown::write(report, &charts, stem, language);
    let mut documents = vec![Document {
        name: format!("{stem}.md"),
        bytes: text.into_bytes(),
    }];
    documents.extend(charts.into_iter().map(|chart| Document {
        name: chart.file(stem),
        bytes: chart.svg.into_bytes(),
    }));
    documents
}

//! A report as PDF through typst: tagged, PDF/UA-1 (typst refuses what breaks it), and nothing of the clock or the machine.

mod content;
mod letters;
mod world;

use chrono::{Datelike, Timelike};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::Error;
use super::chart::charts;
use crate::reports::Language;
use crate::reports::report::Report;
use world::Paper;

/// The report's bytes as PDF.
pub(super) fn write(report: &Report, language: Language) -> Result<Vec<u8>, Error> {
    let charts = charts(report, language);
    let mut content = content::of(report, &charts, language);
    letters::make_legible(&mut content);
    let paper = Paper::new(serde_json::to_vec(&content)?, charts)?;
    let document: PagedDocument = typst::compile(&paper)
        .output
        .map_err(|errors| said(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]);
    let options = PdfOptions {
        ident: Smart::Custom(format!(
            "{} {} {} {language:?}",
            report.registry_number,
            report.kind.code(),
            report.version
        )),
        creator: Smart::Custom(Some("Samsyn".to_owned())),
        timestamp: made(report),
        standards: standards.map_err(|error| Error::Paper(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| said(&errors))
}

/// The instant of the dataset: the same dataset gives the same bytes.
fn made(report: &Report) -> Option<Timestamp> {
    let as_of = report.as_of;
    let part = |number: u32| u8::try_from(number).unwrap_or(0);
    let instant = Datetime::from_ymd_hms(
        as_of.year(),
        part(as_of.month()),
        part(as_of.day()),
        part(as_of.hour()),
        part(as_of.minute()),
        part(as_of.second()),
    );
    instant.map(Timestamp::new_utc)
}

/// What typst says is wrong, in one line.
fn said(errors: &[SourceDiagnostic]) -> Error {
    let messages = errors.iter().map(|error| {
        let hints = error.hints.iter().map(|hint| hint.v.to_string());
        let mut words = vec![error.message.to_string()];
        words.extend(hints);
        words.join("; ")
    });
    Error::Paper(messages.collect::<Vec<_>>().join(". "))
}

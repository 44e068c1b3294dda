//! The sheet of what agencies wrote for a report.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::shown::text;
use super::formats::{headers, wrapped};
use crate::reports::Language;
use crate::reports::report::Report;
use crate::store::Written;

/// Letters of a text in one cell; a cell holds 32,767.
const MOST_LETTERS: usize = 32_000;

/// The agencies' texts, as they were sent; what is longer than a cell goes on in the next row. None where there are none.
pub(super) fn texts(report: &Report, language: Language) -> Result<Option<Worksheet>, XlsxError> {
    let sections = report.parts.iter().flat_map(|part| &part.sections);
    let all = sections.flat_map(|section| section.narratives.iter().map(move |one| (section, one)));
    let all: Vec<_> = all.collect();
    if all.is_empty() {
        return Ok(None);
    }
    let mut sheet = Worksheet::new();
    sheet
        .set_name(language.of(["Texter", "Texts"]))?
        .set_freeze_panes(1, 0)?;
    let titles = language.of([
        [
            "Avsnitt",
            "Rubrik",
            "Myndighet",
            "Språk",
            "Version",
            "Inleverans",
            "Rad",
            "Text",
        ],
        [
            "Section",
            "Title",
            "Organisation",
            "Language",
            "Version",
            "Submission",
            "Row",
            "Text",
        ],
    ]);
    headers(&mut sheet, titles, [10, 30, 30, 8, 8, 10, 8, 120])?;
    let wrapped = wrapped();
    let mut at = 1;
    for (section, one) in all {
        let body = match report.written(one) {
            Written::Text(text) => text.clone(),
            Written::Removed(by) => {
                let by = by
                    .as_ref()
                    .map_or_else(|| "–".to_owned(), ToString::to_string);
                let words = language.of(["borttaget enligt beslut", "removed by the decision"]);
                format!("[{words} {by}]")
            }
        };
        let letters: Vec<char> = body.chars().collect();
        for piece in letters.chunks(MOST_LETTERS) {
            let piece: String = piece.iter().collect();
            sheet
                .write_string(at, 0, &section.number)?
                .write_string(at, 1, text(&section.title, language))?
                .write_string(at, 2, &one.name)?
                .write_string(at, 3, one.model.language.code())?
                .write_string(at, 4, one.version.to_string())?
                .write_string(at, 5, one.submission.to_string())?
                .write_string(at, 6, one.row.to_string())?
                .write_string_with_format(at, 7, piece, &wrapped)?;
            at += 1;
        }
    }
    Ok(Some(sheet))
}

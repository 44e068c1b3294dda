//! What documents show of the texts that agencies write: whose each is, where it came from, and its blocks.

use entity::TextLanguage;

use crate::clock::civil_date;
use crate::prose::{Block, Inline, read};
use crate::reports::report::{Report, Section};
use crate::reports::{Language, Narrative};
use crate::store::Written;

/// A text as it is shown.
pub(super) struct Told {
    /// Whose it is.
    pub(super) heading: String,
    /// The text.
    pub(super) blocks: Vec<Block>,
    /// Where it came from, and in which language it is where that is another than the document's.
    pub(super) note: String,
}

/// The texts of a section in a language; of who writes in the other alone, that.
pub(super) fn told(report: &Report, section: &Section, language: Language) -> Vec<Told> {
    let own = section.narratives_in(language);
    own.map(|one| Told {
        heading: one.name.clone(),
        blocks: blocks(report.written(one), language),
        note: note(one, language),
    })
    .collect()
}

fn blocks(written: &Written, language: Language) -> Vec<Block> {
    match written {
        Written::Text(text) => read(text),
        Written::Removed(decision) => {
            let by = decision
                .as_ref()
                .map_or_else(|| "–".to_owned(), ToString::to_string);
            let words = match language {
                Language::Swedish => format!("[borttaget enligt beslut {by}]"),
                Language::English => format!("[removed by the decision {by}]"),
            };
            vec![Block::Paragraph(vec![Inline::Emphasis(vec![
                Inline::Text(words),
            ])])]
        }
    }
}

fn note(one: &Narrative, language: Language) -> String {
    let (version, submission, row) = (one.version, one.submission, one.row);
    let day = civil_date(one.received_at);
    let from = match language {
        Language::Swedish => format!(
            "Version {version} av texten, ur inleverans {submission}, rad {row}, mottagen {day}."
        ),
        Language::English => format!(
            "Version {version} of the text, from submission {submission}, row {row}, received {day}."
        ),
    };
    if one.model.language == language.of_texts() {
        return from;
    }
    let alone = match one.model.language {
        TextLanguage::Swedish => language.of([
            "Texten finns bara på svenska.",
            "The text is in Swedish alone.",
        ]),
        TextLanguage::English => language.of([
            "Texten finns bara på engelska.",
            "The text is in English alone.",
        ]),
    };
    format!("{alone} {from}")
}

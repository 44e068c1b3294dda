//! Texts by the agencies in the forms of documents: their blocks as Markdown, as Word's own paragraphs, lists and tables, and
//! as data for the typesetter.

pub(super) mod markdown;
#[cfg(feature = "pdf")]
pub(super) mod paper;
pub(super) mod word;

//! Texts by the agencies in the forms of documents: their blocks as Markdown and as Word's own paragraphs, lists and tables.

pub(super) mod markdown;
pub(super) mod word;

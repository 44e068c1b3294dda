//! What is said of the texts in reports.

use async_graphql::Enum;

/// The language of a text (språk).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::TextLanguage", name = "TextLanguage")]
pub enum TextLanguage {
    /// Swedish (svenska).
    Swedish,
    /// English (engelska).
    English,
}

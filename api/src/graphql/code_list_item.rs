//! Items of the lists that a decision defines.

use async_graphql::SimpleObject;

use super::reading::Shelf;

/// An item of a list that a decision defines (kod i kodlista).
#[derive(Clone, Debug, SimpleObject)]
pub struct CodeListItem {
    /// Code (kod).
    code: String,
    /// Swedish title, binding (titel).
    title: String,
    /// English title (engelsk titel).
    title_en: Option<String>,
}

impl CodeListItem {
    /// The item of a list with a code; a code that the list does not have is its own title.
    pub(crate) fn of(shelf: &Shelf, list: &str, code: &str) -> Self {
        let item = shelf.catalogue.item(list, code);
        Self {
            code: code.to_owned(),
            title: item.map_or_else(|| code.to_owned(), |item| item.title.clone()),
            title_en: item.and_then(|item| item.title_en.clone()),
        }
    }

    /// A form of support.
    pub(crate) fn form(shelf: &Shelf, code: &str) -> Self {
        let form = shelf.catalogue.form(code);
        Self {
            code: code.to_owned(),
            title: form.map_or_else(|| code.to_owned(), |form| form.title.clone()),
            title_en: None,
        }
    }
}

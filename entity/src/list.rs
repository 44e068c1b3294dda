//! Lists within a cell: codes joined by `|`, as in the files.

use sea_orm::DeriveValueType;

/// A list of codes in the order given, stored as one text.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveValueType)]
pub struct CodeList(String);

impl CodeList {
    /// The codes in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split('|').filter(|code| !code.is_empty())
    }
}

impl<S: AsRef<str>> FromIterator<S> for CodeList {
    fn from_iter<I: IntoIterator<Item = S>>(codes: I) -> Self {
        let mut joined = String::new();
        for code in codes {
            if !joined.is_empty() {
                joined.push('|');
            }
            joined.push_str(code.as_ref());
        }
        Self(joined)
    }
}

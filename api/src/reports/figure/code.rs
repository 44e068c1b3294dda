//! Codes of figures: the definition, the assignment and the key, `fund.usage_rate|S2016/00633/FST|2018|MUNICIPALITY`.

use std::fmt;

/// Code of a figure (sifferkod). It stays the same from report to report.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureCode(String);

/// A text that cannot be a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code of a figure is a text such as fund.usage_rate|S2016/00633/FST|2018|MUNICIPALITY")]
pub struct NoFigureCode;

/// Bytes of a code at most.
const MOST: usize = 300;

impl FigureCode {
    /// The code that a text is; whether there is such a figure the dataset says.
    ///
    /// # Errors
    /// It is empty, too long, or holds control characters.
    pub fn parse(text: &str) -> Result<Self, NoFigureCode> {
        let is_code = !text.is_empty() && text.len() <= MOST && !text.contains(char::is_control);
        is_code.then(|| Self(text.to_owned())).ok_or(NoFigureCode)
    }

    /// From a definition, an assignment and the parts of a key.
    pub(super) fn of(definition: &str, assignment: &str, key: &[String]) -> Self {
        let parts = [definition, assignment].into_iter();
        let parts: Vec<&str> = parts.chain(key.iter().map(String::as_str)).collect();
        Self(parts.join("|"))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its parts: definition, assignment, and the key's.
    pub(super) fn parts(&self) -> Option<(&str, &str, Vec<&str>)> {
        let mut parts = self.0.split('|');
        Some((parts.next()?, parts.next()?, parts.collect()))
    }
}

impl fmt::Display for FigureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

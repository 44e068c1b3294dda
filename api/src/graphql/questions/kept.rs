//! Documents that were found right, so that a text that is asked again is not held against the schema again.
//!
//! Whether a document is right depends on its text alone, not on who asks or on any value.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use apollo_compiler::ast;
use apollo_compiler::{ExecutableDocument, validation::Valid};

/// A document that is in the schema's language.
#[derive(Debug)]
pub(super) struct Read {
    /// As it is written.
    pub(super) written: ast::Document,
    /// As the schema's types have it.
    pub(super) typed: Valid<ExecutableDocument>,
}

/// Bytes of the texts of one generation (256 KiB): what is kept of a text is some thirty times as long.
const MOST_BYTES: usize = 256 * 1024;

/// A text that is longer is not kept (16 KiB): few are, and one of them would drive many out.
const LONGEST: usize = 16 * 1024;

/// Two generations: what is asked moves to the younger one, and the elder is dropped when that is full.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Generations>);

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<String, Arc<Read>>,
    old: HashMap<String, Arc<Read>>,
    bytes: usize,
}

impl Kept {
    /// The document of a text.
    pub(super) fn find(&self, text: &str) -> Option<Arc<Read>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = all.young.get(text) {
            return Some(Arc::clone(found));
        }
        let (text, found) = all.old.remove_entry(text)?;
        all.keep(text, Arc::clone(&found));
        Some(found)
    }

    /// Keeps the document of a text.
    pub(super) fn keep(&self, text: &str, read: &Arc<Read>) {
        if text.len() <= LONGEST {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.keep(text.to_owned(), Arc::clone(read));
        }
    }
}

impl Generations {
    fn keep(&mut self, text: String, read: Arc<Read>) {
        if self.bytes + text.len() > MOST_BYTES {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += text.len();
        self.young.insert(text, read);
    }
}

#[cfg(test)]
mod tests {
    use apollo_compiler::Schema;

    use super::*;

    fn read(text: &str) -> Arc<Read> {
        let schema = Schema::parse_and_validate("type Query { a: Int }", "schema").unwrap();
        let written = ast::Document::parse(text, "question").unwrap();
        let typed = written.to_executable_validate(&schema).unwrap();
        Arc::new(Read { written, typed })
    }

    #[test]
    fn what_is_asked_stays_and_what_is_not_goes() {
        let kept = Kept::default();
        let asked = "{ a }";
        kept.keep(asked, &read(asked));
        let long = |number: usize| format!("{{ a }} #{number}{}", "x".repeat(LONGEST - 20));
        for number in 0..100 {
            kept.keep(&long(number), &read(asked));
            assert!(kept.find(asked).is_some(), "after {number}");
        }
        assert!(kept.find(&long(99)).is_some());
        assert!(kept.find(&long(0)).is_none());
        let all = kept.0.lock().unwrap();
        let bytes = all.young.keys().chain(all.old.keys()).map(String::len);
        assert!(bytes.sum::<usize>() <= 2 * MOST_BYTES);
        drop(all);
        let longest = "x".repeat(LONGEST + 1);
        kept.keep(&longest, &read(asked));
        assert!(kept.find(&longest).is_none());
    }
}

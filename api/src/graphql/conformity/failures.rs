//! Where errors arose: their paths as one tree, so that the walk asks each place once.

use std::collections::HashMap;

use async_graphql::{PathSegment, ServerError};

/// The errors at one place of the answer and below it.
#[derive(Debug, Default)]
pub(super) struct Failures<'a> {
    fields: HashMap<&'a str, Failures<'a>>,
    items: HashMap<usize, Failures<'a>>,
}

impl<'a> Failures<'a> {
    /// None when no error has a path.
    pub(super) fn of(errors: &'a [ServerError]) -> Option<Self> {
        let mut root = Self::default();
        for error in errors {
            let mut place = &mut root;
            for segment in &error.path {
                place = match segment {
                    PathSegment::Field(name) => place.fields.entry(name).or_default(),
                    PathSegment::Index(index) => place.items.entry(*index).or_default(),
                };
            }
        }
        let any = !root.fields.is_empty() || !root.items.is_empty();
        any.then_some(root)
    }

    pub(super) fn field(&self, key: &str) -> Option<&Self> {
        self.fields.get(key)
    }

    pub(super) fn item(&self, index: usize) -> Option<&Self> {
        self.items.get(&index)
    }

    /// How many fields of the object at this place failed, in themselves or below.
    pub(super) fn failed_fields(&self) -> usize {
        self.fields.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_a_tree() {
        let at = |path: &[PathSegment]| ServerError {
            path: path.to_vec(),
            ..ServerError::new("x", None)
        };
        let field = |name: &str| PathSegment::Field(name.to_owned());
        assert!(Failures::of(&[]).is_none());
        assert!(Failures::of(&[at(&[])]).is_none());

        let errors = [
            at(&[field("a"), PathSegment::Index(2), field("b")]),
            at(&[field("a"), PathSegment::Index(2), field("c")]),
        ];
        let failures = Failures::of(&errors).unwrap();
        let item = failures.field("a").unwrap().item(2).unwrap();
        assert_eq!(item.failed_fields(), 2);
        assert!(item.field("b").is_some() && item.field("d").is_none());
        assert!(failures.field("a").unwrap().item(1).is_none());
    }
}

//! How large a document is when every fragment is written out, without writing it out.
//!
//! Each fragment is measured once and remembered; sums saturate. So 2³⁰ spreads cost 30 steps.

use std::collections::HashMap;

use apollo_compiler::Name;
use apollo_compiler::Node;
use apollo_compiler::ast::{
    Argument, Definition, DirectiveList, Document, Field, FragmentDefinition, Selection,
};

use super::measured::literal_size;
use super::{Limits, Measure, Refusal};
use crate::graphql::questions::Lines;

/// The size of a selection set with its fragments written out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// Fields directly in the set.
    pub(super) top: usize,
    /// Fields, spreads and inline fragments at every level. A spread counts too: 2³⁰ spreads of a
    /// fragment that does not exist select no field, and the library walks them all.
    pub(super) selections: usize,
    /// Argument values and directives.
    pub(super) values: usize,
    /// Fields below one another.
    pub(super) depth: usize,
    /// Selection sets within one another.
    levels: usize,
    /// Objects that an introspection would answer with, roughly.
    objects: usize,
}

/// Measures selection sets of one document; remembers fragments.
pub(super) struct Expansion<'a> {
    definitions: HashMap<&'a str, &'a FragmentDefinition>,
    variables: &'a HashMap<&'a str, usize>,
    limits: &'a Limits,
    lines: &'a Lines<'a>,
    /// `None` while the fragment is being measured.
    fragments: HashMap<&'a str, Option<Size>>,
}

impl<'a> Expansion<'a> {
    /// `variables` holds the number of values in each variable. Of two fragments of one name the first is meant; the
    /// document is refused anyhow.
    pub(super) fn new(
        document: &'a Document,
        variables: &'a HashMap<&'a str, usize>,
        limits: &'a Limits,
        lines: &'a Lines<'a>,
    ) -> Self {
        let mut definitions = HashMap::new();
        for definition in &document.definitions {
            if let Definition::FragmentDefinition(fragment) = definition {
                definitions
                    .entry(fragment.name.as_str())
                    .or_insert(&**fragment);
            }
        }
        Self {
            definitions,
            variables,
            limits,
            lines,
            fragments: HashMap::new(),
        }
    }

    /// Measures a set that is a definition's own.
    ///
    /// # Errors
    ///
    /// A fragment cycle, too many levels, too large an introspection.
    pub(super) fn measure(&mut self, set: &'a [Selection]) -> Result<Size, Refusal> {
        let size = self.set(set, 1)?;
        Measure::Depth.at_most(size.levels, self.limits.nesting)?;
        Ok(size)
    }

    /// `level` bounds the recursion; a remembered fragment does not recurse.
    fn set(&mut self, set: &'a [Selection], level: usize) -> Result<Size, Refusal> {
        Measure::Depth.at_most(level, self.limits.nesting)?;
        let mut size = Size {
            levels: 1,
            ..Size::default()
        };
        for item in set {
            let (directives, part) = match item {
                Selection::Field(field) => (&field.directives, self.field(field, level)?),
                Selection::InlineFragment(inline) => (
                    &inline.directives,
                    self.set(&inline.selection_set, level + 1)?,
                ),
                Selection::FragmentSpread(spread) => (
                    &spread.directives,
                    self.spread(&spread.fragment_name, level)?,
                ),
            };
            let values = self.directives(directives);
            size.top = size.top.saturating_add(part.top);
            size.selections = size
                .selections
                .saturating_add(part.selections)
                .saturating_add(1);
            size.values = size
                .values
                .saturating_add(part.values)
                .saturating_add(values);
            size.depth = size.depth.max(part.depth);
            size.levels = size.levels.max(part.levels.saturating_add(1));
            size.objects = size.objects.saturating_add(part.objects);
        }
        Ok(size)
    }

    fn field(&mut self, field: &'a Field, level: usize) -> Result<Size, Refusal> {
        let below = if field.selection_set.is_empty() {
            Size::default()
        } else {
            self.set(&field.selection_set, level + 1)?
        };
        let name = field.name.as_str();
        if matches!(name, "__schema" | "__type") {
            Measure::Introspection.at_most(below.objects, self.limits.introspection)?;
        }
        let arguments = self.values(&field.arguments);
        Ok(Size {
            top: 1,
            selections: below.selections,
            values: below.values.saturating_add(arguments),
            depth: below.depth.saturating_add(1),
            levels: below.levels,
            objects: below
                .objects
                .saturating_mul(usual_length(name))
                .saturating_add(1),
        })
    }

    fn spread(&mut self, name: &'a Name, level: usize) -> Result<Size, Refusal> {
        let Some(&fragment) = self.definitions.get(name.as_str()) else {
            return Ok(Size::default());
        };
        match self.fragments.get(name.as_str()) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                return Err(Refusal::FragmentCycle {
                    name: name.to_string(),
                    at: self.lines.place(name.location()),
                });
            }
            None => {}
        }
        self.fragments.insert(name, None);
        let size = self.set(&fragment.selection_set, level + 1)?;
        self.fragments.insert(name, Some(size));
        Ok(size)
    }

    fn directives(&self, directives: &DirectiveList) -> usize {
        let values = directives.iter().map(|one| self.values(&one.arguments));
        values.fold(directives.len(), usize::saturating_add)
    }

    fn values(&self, arguments: &[Node<Argument>]) -> usize {
        let values = arguments
            .iter()
            .map(|one| literal_size(&one.value, self.variables));
        values.fold(0, usize::saturating_add)
    }
}

/// How long introspection's lists usually are, a little high. Types lead to fields and these to
/// types again, so a short document may ask for 200 types, to the power of its depth.
fn usual_length(field: &str) -> usize {
    match field {
        "types" => 200,
        "fields" | "inputFields" | "enumValues" | "possibleTypes" => 15,
        "directives" => 8,
        "args" | "interfaces" => 3,
        _ => 1,
    }
}

//! How large a document is when every fragment is written out, without writing it out.
//!
//! Each fragment is measured once and remembered; sums saturate. So 2³⁰ spreads cost 30 steps.

use std::collections::HashMap;
use std::convert::Infallible;

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Positioned, Value};

use super::prepare::size;
use super::{Limits, Measure, Refusal};

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
    document: &'a ExecutableDocument,
    variables: &'a HashMap<Name, usize>,
    limits: &'a Limits,
    /// `None` while the fragment is being measured.
    fragments: HashMap<&'a str, Option<Size>>,
}

impl<'a> Expansion<'a> {
    /// `variables` holds the number of values in each variable.
    pub(super) fn new(
        document: &'a ExecutableDocument,
        variables: &'a HashMap<Name, usize>,
        limits: &'a Limits,
    ) -> Self {
        Self {
            document,
            variables,
            limits,
            fragments: HashMap::new(),
        }
    }

    /// Measures a set that is a definition's own.
    ///
    /// # Errors
    ///
    /// A fragment cycle, too many levels, too large an introspection.
    pub(super) fn measure(&mut self, set: &'a SelectionSet) -> Result<Size, Refusal> {
        let size = self.set(set, 1)?;
        Measure::Depth.at_most(size.levels, self.limits.nesting)?;
        Ok(size)
    }

    /// `level` bounds the recursion; a remembered fragment does not recurse.
    fn set(&mut self, set: &'a SelectionSet, level: usize) -> Result<Size, Refusal> {
        Measure::Depth.at_most(level, self.limits.nesting)?;
        let mut size = Size {
            levels: 1,
            ..Size::default()
        };
        for item in &set.items {
            let values = self.directives(&item.node);
            let part = match &item.node {
                Selection::Field(field) => self.field(&field.node, level)?,
                Selection::InlineFragment(inline) => {
                    self.set(&inline.node.selection_set.node, level + 1)?
                }
                Selection::FragmentSpread(spread) => {
                    self.spread(&spread.node.fragment_name, level)?
                }
            };
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
        let below = if field.selection_set.node.items.is_empty() {
            Size::default()
        } else {
            self.set(&field.selection_set.node, level + 1)?
        };
        let name = field.name.node.as_str();
        if matches!(name, "__schema" | "__type") {
            Measure::Introspection.at_most(below.objects, self.limits.introspection)?;
        }
        let arguments = field
            .arguments
            .iter()
            .map(|(_, value)| self.values(|known| value.node.clone().into_const_with(known)))
            .fold(0, usize::saturating_add);
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

    fn spread(&mut self, name: &'a Positioned<Name>, level: usize) -> Result<Size, Refusal> {
        let Some(fragment) = self.document.fragments.get(&name.node) else {
            return Ok(Size::default());
        };
        match self.fragments.get(name.node.as_str()) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                return Err(Refusal::FragmentCycle {
                    name: name.node.to_string(),
                    at: name.pos,
                });
            }
            None => {}
        }
        self.fragments.insert(&name.node, None);
        let size = self.set(&fragment.node.selection_set.node, level + 1)?;
        self.fragments.insert(&name.node, Some(size));
        Ok(size)
    }

    fn directives(&self, selection: &Selection) -> usize {
        selection
            .directives()
            .iter()
            .flat_map(|directive| &directive.node.arguments)
            .map(|(_, value)| self.values(|known| value.node.clone().into_const_with(known)))
            .fold(selection.directives().len(), usize::saturating_add)
    }

    /// Values of a literal, its variables written out. The library gives the literal's type no
    /// public name, only this way of replacing its variables.
    fn values(&self, replaced: impl FnOnce(&mut dyn FnMut(Name) -> Known) -> Known) -> usize {
        let mut in_variables: usize = 0;
        let literal = replaced(&mut |name| {
            let values = self.variables.get(&name).copied().unwrap_or(1);
            in_variables = in_variables.saturating_add(values);
            Ok(Value::Null)
        });
        let Ok(literal) = literal;
        size(&literal).saturating_add(in_variables)
    }
}

/// A literal without variables.
type Known = Result<Value, Infallible>;

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

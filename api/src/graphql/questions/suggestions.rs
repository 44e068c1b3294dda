//! What may have been meant by a name that does not exist: for callers who have signed in alone, since the answers to guesses
//! spell a schema out to anybody.

use std::collections::HashMap;

use apollo_compiler::ast::{
    Argument, Definition, Document, InputValueDefinition, Selection, Value,
};
use apollo_compiler::parser::SourceSpan;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{Node, Schema};
use async_graphql::{Pos, ServerError};

use super::lines::Lines;

/// Kept in the data of a request whose caller is told what may have been meant.
#[derive(Clone, Copy, Debug)]
pub struct Suggesting;

/// As many names as a reader takes in.
const MOST: usize = 5;

/// Unknown names that are looked into, and letters of one: more are no slips of the pen, and cost time.
const MOST_UNKNOWN: usize = 50;
const LONGEST: usize = 64;

/// Adds to each error about an unknown name those that are like it.
pub(super) fn suggest(
    schema: &Schema,
    document: &Document,
    lines: &Lines<'_>,
    errors: &mut [ServerError],
) {
    let mut walk = Walk {
        schema,
        lines,
        meant: HashMap::new(),
        unknown: 0,
    };
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => {
                if let Some(root) = schema.root_operation(operation.operation_type) {
                    walk.set(&operation.selection_set, root);
                }
            }
            Definition::FragmentDefinition(fragment) => {
                walk.set(&fragment.selection_set, &fragment.type_condition);
            }
            _ => {}
        }
    }
    for error in errors {
        let meant = error.locations.first().and_then(|at| walk.meant.get(at));
        if let Some(names) = meant {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            error.message = format!("{}. Did you mean {}?", error.message, names.join(", "));
        }
    }
}

struct Walk<'a> {
    schema: &'a Schema,
    lines: &'a Lines<'a>,
    /// The names like the one that stands at a place.
    meant: HashMap<Pos, Vec<&'a str>>,
    unknown: usize,
}

impl<'a> Walk<'a> {
    /// The token scan has bounded the nesting.
    fn set(&mut self, set: &[Selection], of: &str) {
        for selection in set {
            match selection {
                Selection::Field(field) => {
                    let Ok(definition) = self.schema.type_field(of, &field.name) else {
                        self.unknown(&field.name, field.name.location(), fields(self.schema, of));
                        continue;
                    };
                    self.arguments(&field.arguments, &definition.arguments);
                    self.set(&field.selection_set, definition.ty.inner_named_type());
                }
                Selection::InlineFragment(inline) => {
                    let on = inline.type_condition.as_ref();
                    self.set(&inline.selection_set, on.map_or(of, |on| on.as_str()));
                }
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn arguments(&mut self, said: &[Node<Argument>], known: &'a [Node<InputValueDefinition>]) {
        for argument in said {
            match known.iter().find(|one| one.name == argument.name) {
                Some(definition) => self.value(&argument.value, definition),
                None => {
                    let names = known.iter().map(|one| one.name.as_str());
                    self.unknown(&argument.name, argument.location(), names);
                }
            }
        }
    }

    fn value(&mut self, value: &Node<Value>, of: &'a InputValueDefinition) {
        let ty = self.schema.types.get(of.ty.inner_named_type());
        match (&**value, ty) {
            (Value::List(items), _) => items.iter().for_each(|item| self.value(item, of)),
            (Value::Enum(name), Some(ExtendedType::Enum(known)))
                if !known.values.contains_key(name) =>
            {
                let names = known.values.keys().map(|name| name.as_str());
                self.unknown(name, name.location(), names);
            }
            (Value::Object(fields), Some(ExtendedType::InputObject(known))) => {
                for (name, within) in fields {
                    match known.fields.get(name) {
                        Some(field) => self.value(within, field),
                        None => {
                            let names = known.fields.keys().map(|name| name.as_str());
                            self.unknown(name, within.location(), names);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn unknown(
        &mut self,
        name: &str,
        at: Option<SourceSpan>,
        known: impl Iterator<Item = &'a str>,
    ) {
        self.unknown += 1;
        if self.unknown > MOST_UNKNOWN || name.len() > LONGEST {
            return;
        }
        // As graphql-js has it: two letters in five may differ.
        let most = name.chars().count() * 2 / 5 + 1;
        let near = known.map(|one| (strsim::osa_distance(name, one), one));
        let mut near: Vec<_> = near.filter(|(distance, _)| *distance <= most).collect();
        near.sort_unstable();
        near.truncate(MOST);
        if !near.is_empty() {
            let names = near.into_iter().map(|(_, name)| name).collect();
            self.meant.insert(self.lines.place(at), names);
        }
    }
}

fn fields<'a>(schema: &'a Schema, of: &str) -> impl Iterator<Item = &'a str> {
    let fields = match schema.types.get(of) {
        Some(ExtendedType::Object(object)) => Some(&object.fields),
        Some(ExtendedType::Interface(interface)) => Some(&interface.fields),
        _ => None,
    };
    let fields = fields.into_iter().flat_map(|fields| fields.keys());
    fields.map(|name| name.as_str())
}

//! What a document selects, leaf by leaf, with the way to each.

use async_graphql::Positioned;
use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection,
    SelectionSet,
};

use super::columns::NoTable;
use super::types::Types;

/// A step on the way to a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The name in the answer.
    pub(super) key: String,
    /// Whether it leads to a list of objects.
    pub(super) is_list: bool,
    /// The type that it is a field of.
    pub(super) of: String,
    /// The type of what it leads to.
    pub(super) gives: String,
}

/// A field without fields of its own.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// The way to it, itself last.
    pub(super) way: Vec<Step>,
    /// The name of its type.
    pub(super) type_name: String,
    /// Whether it is a list.
    pub(super) is_list: bool,
    /// Its description in the schema.
    pub(super) description: String,
}

/// The one operation of a document.
///
/// # Errors
/// There are several, or it is no query.
pub(super) fn operation(document: &ExecutableDocument) -> Result<&OperationDefinition, NoTable> {
    let mut operations = document.operations.iter();
    match (operations.next(), operations.next()) {
        (Some((_, one)), None) if one.node.ty == OperationType::Query => Ok(&one.node),
        _ => Err(NoTable::NoQuery),
    }
}

/// The leaves of a document's operation in their order.
///
/// # Errors
/// It is no single query, or selects what the schema does not have.
pub(super) fn leaves(document: &ExecutableDocument, types: &Types) -> Result<Vec<Leaf>, NoTable> {
    let mut walk = Walk {
        document,
        types,
        leaves: Vec::new(),
    };
    let set = &operation(document)?.selection_set.node;
    walk.set(set, "Query", &mut Vec::new())?;
    Ok(walk.leaves)
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    types: &'a Types,
    leaves: Vec<Leaf>,
}

impl Walk<'_> {
    fn set(&mut self, set: &SelectionSet, of: &str, way: &mut Vec<Step>) -> Result<(), NoTable> {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(&field.node, of, way)?,
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    let on = on.map_or(of, |on| on.node.on.node.as_str());
                    self.set(&fragment.node.selection_set.node, on, way)?;
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let found = self.document.fragments.get(name);
                    let found: &Positioned<FragmentDefinition> =
                        found.ok_or_else(|| NoTable::Unknown(name.to_string()))?;
                    let on = found.node.type_condition.node.on.node.as_str();
                    self.set(&found.node.selection_set.node, on, way)?;
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &Field, of: &str, way: &mut Vec<Step>) -> Result<(), NoTable> {
        let name = field.name.node.as_str();
        if name == "__typename" {
            return Ok(());
        }
        let found = self.types.field(of, name);
        let found = found.ok_or_else(|| NoTable::Unknown(format!("{of}.{name}")))?;
        let is_object = self.types.is_object(&found.name);
        way.push(Step {
            key: field.response_key().node.to_string(),
            is_list: found.is_list && is_object,
            of: of.to_owned(),
            gives: found.name.clone(),
        });
        if is_object {
            self.set(&field.selection_set.node, &found.name, way)?;
        } else {
            self.leaves.push(Leaf {
                way: way.clone(),
                type_name: found.name.clone(),
                is_list: found.is_list,
                description: found.description.clone(),
            });
        }
        way.pop();
        Ok(())
    }
}

//! What an object's fields should be: the selections collected for its type, in document order.
//!
//! A plan is made when the first object of its kind is met and serves all that follow.

use std::cell::OnceCell;

use async_graphql::Name;
use async_graphql::parser::types::{Field, OperationType, SelectionSet};
use async_graphql::registry::MetaTypeName;

use super::collection::Collection;
use super::question::Question;
use super::types::Types;

/// The fields that were asked of objects of one type at one place of the document.
pub(super) struct Plan<'a> {
    /// The objects' type.
    pub(super) concrete: &'a str,
    pub(super) entries: Vec<Entry<'a>>,
    /// Whether any field has fields of its own.
    pub(super) nested: bool,
}

/// One key of an object.
pub(super) struct Entry<'a> {
    pub(super) key: &'a Name,
    /// None for a field that the schema does not know: it is only put in order.
    pub(super) ty: Option<&'a str>,
    /// Selections with the same key are one field.
    pub(super) fields: Vec<&'a Field>,
    below: OnceCell<Vec<Plan<'a>>>,
}

impl<'a> Entry<'a> {
    pub(super) fn new(field: &'a Field, ty: Option<&'a str>) -> Self {
        Self {
            key: &field.response_key().node,
            ty,
            fields: vec![field],
            below: OnceCell::new(),
        }
    }

    pub(super) fn is_nullable(&self) -> bool {
        self.ty.is_some_and(|ty| !ty.ends_with('!'))
    }

    pub(super) fn is_nested(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| !field.selection_set.node.items.is_empty())
    }

    pub(super) fn is_typename(&self) -> bool {
        self.is_named("__typename")
    }

    /// Whether it is the field of a name, whatever its key is.
    pub(super) fn is_named(&self, name: &str) -> bool {
        let mut fields = self.fields.iter();
        fields.all(|field| field.name.node == name)
    }
}

/// Makes plans.
pub(super) struct Planner<'a> {
    pub(super) question: &'a Question,
    pub(super) types: &'a Types,
}

impl<'a> Planner<'a> {
    /// The operation's own plan; none for a subscription.
    pub(super) fn root(&self) -> Option<Plan<'a>> {
        let operation = self.question.operation()?;
        let root = match operation.ty {
            OperationType::Query => &self.types.query,
            OperationType::Mutation => self.types.mutation.as_ref()?,
            OperationType::Subscription => return None,
        };
        Some(self.plan(root, root, [&operation.selection_set.node]))
    }

    /// The plans of the objects in a field: one for each type that they can have.
    pub(super) fn below<'e>(&self, entry: &'e Entry<'a>) -> &'e [Plan<'a>] {
        entry.below.get_or_init(|| {
            let ty = entry.ty.map(MetaTypeName::concrete_typename);
            let Some(ty) = ty.and_then(|ty| self.types.get(ty)) else {
                return Vec::new();
            };
            let sets = || entry.fields.iter().map(|field| &field.selection_set.node);
            let plan = |concrete| self.plan(concrete, &ty.name, sets());
            if ty.possible.is_empty() {
                vec![plan(&ty.name)]
            } else {
                ty.possible.iter().map(|name| plan(name)).collect()
            }
        })
    }

    fn plan(
        &self,
        concrete: &'a str,
        declared: &'a str,
        sets: impl IntoIterator<Item = &'a SelectionSet>,
    ) -> Plan<'a> {
        let mut collection = Collection::new(self, concrete);
        for set in sets {
            collection.add(set, declared);
        }
        let entries = collection.into_entries();
        Plan {
            concrete,
            nested: entries.iter().any(Entry::is_nested),
            entries,
        }
    }

    /// The field's type; none when the schema does not know the field.
    pub(super) fn type_of(&self, concrete: &str, field: &Field) -> Option<&'a str> {
        let is_root = concrete == self.types.query;
        match field.name.node.as_str() {
            "__typename" => Some("String!"),
            "__schema" if is_root => Some("__Schema!"),
            "__type" if is_root => Some("__Type"),
            name => self.types.get(concrete)?.field(name),
        }
    }
}

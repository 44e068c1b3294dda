//! What a document selects, leaf by leaf, with the way to each; and its lists that may be cut.

use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::{Name, Pos, Positioned};
use serde_json::Value;

use super::not_exported::NoTable;
use super::types::Types;

/// A step on the way to a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The name in the answer.
    pub(super) key: String,
    /// The name in the schema.
    pub(super) field: String,
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

/// A list of which an answer may hold a part: a connection, or a list that is asked for by `first`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    /// The way to the connection, or to the list itself.
    pub(super) way: Vec<String>,
    /// Where its selection begins, with its bracket.
    pub(super) selection: Pos,
    /// Where the name of the field begins.
    pub(super) name: Pos,
    /// Its name in the schema.
    pub(super) field: String,
    /// What `after` is given, where it is.
    pub(super) after: Option<Given>,
    /// What `first` is given, where it is.
    pub(super) first: Option<Given>,
    /// Whether neither `first` nor `last` says how much is asked for.
    pub(super) is_open: bool,
    /// Whether it is a connection; else how many a list gives where nothing is said.
    pub(super) kind: SiteKind,
}

/// What an argument is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// What a variable of this name holds.
    Variable(String),
    /// A value that the document says.
    Value(Value),
}

/// What a list that may be cut is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SiteKind {
    /// A connection, which knows how many there are in all.
    Connection,
    /// A plain list, with how many it gives where nothing is said.
    List(Option<u64>),
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

/// The leaves of a document's operation in their order, and its lists that may be cut.
///
/// # Errors
/// It is no single query, or selects what the schema does not have.
pub(super) fn leaves(
    document: &ExecutableDocument,
    types: &Types,
) -> Result<(Vec<Leaf>, Vec<Site>), NoTable> {
    let mut walk = Walk {
        document,
        types,
        leaves: Vec::new(),
        sites: Vec::new(),
    };
    let set = &operation(document)?.selection_set.node;
    walk.set(set, "Query", &mut Vec::new())?;
    Ok((walk.leaves, walk.sites))
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    types: &'a Types,
    leaves: Vec<Leaf>,
    sites: Vec<Site>,
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
        let types = self.types;
        let found = types.field(of, name);
        let found = found.ok_or_else(|| NoTable::Unknown(format!("{of}.{name}")))?;
        let is_object = types.is_object(&found.name);
        way.push(Step {
            key: field.response_key().node.to_string(),
            field: name.to_owned(),
            is_list: found.is_list && is_object,
            of: of.to_owned(),
            gives: found.name.clone(),
        });
        let kind = match found.portion {
            _ if found.name.ends_with("Connection") && !found.is_list => Some(SiteKind::Connection),
            Some(usual) if found.is_list => Some(SiteKind::List(usual)),
            _ => None,
        };
        if let Some(kind) = kind {
            self.sites.push(site(field, way, kind));
        }
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

fn site(field: &Field, way: &[Step], kind: SiteKind) -> Site {
    let given = |name: &str| {
        let mut arguments = field.arguments.iter();
        let found = arguments.find(|(one, _): &&(Positioned<Name>, _)| one.node == name);
        found.map(|(_, value)| {
            let said = value.node.clone().into_const();
            let said = said.and_then(|said| said.into_json().ok());
            // What is no constant is a variable: no argument of a page is a list or an object.
            let variable = || value.node.to_string().trim_start_matches('$').to_owned();
            said.map_or_else(|| Given::Variable(variable()), Given::Value)
        })
    };
    let (first, last) = (given("first"), given("last"));
    Site {
        way: way.iter().map(|step| step.key.clone()).collect(),
        selection: field.selection_set.pos,
        name: field.name.pos,
        field: field.name.node.to_string(),
        after: given("after"),
        is_open: first.is_none() && last.is_none(),
        first,
        kind,
    }
}

//! Measures a request's document, parses it once, and hands the parsed document on.

use std::collections::HashMap;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::parser::{self, parse_query};
use async_graphql::{Name, Positioned, Request, Value, Variables};

use super::expansion::Expansion;
use super::{Limits, Measure, Refusal, tokens};

/// Proof that a request's document is within the limits; also kept in the request's data, so that
/// the schema's guard does not measure it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prepared {
    /// What the operation that will run is; none when the name fits no operation.
    pub operation: Option<OperationType>,
}

/// Measures the document and keeps it parsed in the request.
///
/// # Errors
///
/// A limit that is exceeded, a fragment cycle, or a text that is no GraphQL.
pub fn prepare(limits: &Limits, request: &mut Request) -> Result<Prepared, Refusal> {
    Measure::Bytes.at_most(request.query.len(), limits.document_bytes)?;
    tokens::scan(&request.query, limits)?;
    let document = parse_query(&request.query).map_err(|error| syntax(&error))?;
    measure(limits, &document, &request.variables)?;
    let prepared = Prepared {
        operation: chosen(&document, request.operation_name.as_deref()),
    };
    request.set_parsed_query(document);
    request.data.insert(prepared);
    Ok(prepared)
}

fn measure(
    limits: &Limits,
    document: &ExecutableDocument,
    variables: &Variables,
) -> Result<(), Refusal> {
    let operations = document.operations.iter().count();
    Measure::Definitions.at_most(operations + document.fragments.len(), limits.definitions)?;

    let sets = || {
        let operations = document.operations.iter();
        let fragments = document.fragments.values();
        operations
            .map(|(_, operation)| &operation.node.selection_set.node)
            .chain(fragments.map(|fragment| &fragment.node.selection_set.node))
    };
    let aliases = sets().map(aliases).sum();
    Measure::Aliases.at_most(aliases, limits.aliases)?;

    let sizes = variable_sizes(document, variables);
    let mut expansion = Expansion::new(document, &sizes, limits);
    let mut fields: usize = 0;
    let mut values: usize = 0;
    // The library walks every operation, not only the one that runs.
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        Measure::Variables.at_most(operation.variable_definitions.len(), limits.variables)?;
        let size = expansion.measure(&operation.selection_set.node)?;
        Measure::RootFields.at_most(size.top, limits.root_fields)?;
        Measure::Depth.at_most(size.depth, limits.depth)?;
        fields = fields.saturating_add(size.selections);
        values = values.saturating_add(size.values);
    }
    // It also walks the fragments that nothing spreads.
    for set in sets() {
        let size = expansion.measure(set)?;
        Measure::Fields.at_most(size.selections, limits.fields)?;
        Measure::Values.at_most(size.values, limits.values)?;
    }
    Measure::Fields.at_most(fields, limits.fields)?;
    Measure::Values.at_most(values, limits.values)
}

/// Aliases in the text. The token scan has bounded the nesting.
fn aliases(set: &SelectionSet) -> usize {
    set.items
        .iter()
        .map(|item| match &item.node {
            Selection::Field(field) => {
                usize::from(field.node.alias.is_some()) + aliases(&field.node.selection_set.node)
            }
            Selection::InlineFragment(inline) => aliases(&inline.node.selection_set.node),
            Selection::FragmentSpread(_) => 0,
        })
        .sum()
}

/// Values in each variable, the defaults of those that were not sent included.
fn variable_sizes(document: &ExecutableDocument, variables: &Variables) -> HashMap<Name, usize> {
    let mut sizes: HashMap<Name, usize> = variables
        .iter()
        .map(|(name, value)| (name.clone(), size(value)))
        .collect();
    let operations = document.operations.iter();
    for definition in operations.flat_map(|(_, operation)| &operation.node.variable_definitions) {
        let Some(default) = &definition.node.default_value else {
            continue;
        };
        let known = sizes.entry(definition.node.name.node.clone()).or_default();
        *known = (*known).max(size(&default.node));
    }
    sizes
}

/// Values in a value. The JSON parser and the token scan have bounded the nesting.
pub(super) fn size(value: &Value) -> usize {
    match value {
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(fields) => 1 + fields.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

fn chosen(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    let operation: &Positioned<OperationDefinition> = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => operation,
        (DocumentOperations::Single(_), Some(_)) => return None,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name)?,
        (DocumentOperations::Multiple(operations), None) => {
            let mut all = operations.values();
            let first = all.next()?;
            if all.next().is_some() {
                return None;
            }
            first
        }
    };
    Some(operation.node.ty)
}

/// The parser's message is a drawing of the client's text with the expectation in its last line.
fn syntax(error: &parser::Error) -> Refusal {
    let message = error.to_string();
    let reason = message
        .rsplit_once("= ")
        .map_or(message.as_str(), |(_, last)| last)
        .trim()
        .trim_end_matches('.');
    Refusal::Syntax {
        reason: reason.to_owned(),
        at: error.positions().collect(),
    }
}

//! Measures a text, reads it once, and measures what it says before anything is held against the schema.

use std::collections::HashMap;

use apollo_compiler::ast::{self, Definition, Selection, Value as Literal};
use apollo_compiler::diagnostic::ToCliReport;
use apollo_compiler::parser::Parser;
use async_graphql::{Value, Variables};

use super::expansion::Expansion;
use super::tokens::Tokens;
use super::written::written;
use super::{Limits, Measure, Refusal, tokens};
use crate::graphql::questions::Lines;

/// The tokens of a text that is within the limits.
///
/// # Errors
///
/// More bytes, tokens or open brackets than the limits.
pub(in crate::graphql) fn scanned(limits: &Limits, text: &str) -> Result<Tokens, Refusal> {
    Measure::Bytes.at_most(text.len(), limits.document_bytes)?;
    tokens::scan(text, limits)
}

/// The document of a text.
///
/// # Errors
///
/// A text that is no GraphQL.
pub(in crate::graphql) fn parsed(
    text: &str,
    tokens: Tokens,
    lines: &Lines<'_>,
) -> Result<ast::Document, Refusal> {
    let parsed = Parser::new().parse_ast(text, "question");
    let document = parsed.map_err(|wrong| {
        let first = wrong.errors.iter().next();
        let at = first.as_ref().and_then(|first| first.error.location());
        Refusal::Syntax {
            reason: first
                .map(|first| reason(&first.error.to_string()))
                .unwrap_or_default(),
            at: at.into_iter().map(|at| lines.place(Some(at))).collect(),
        }
    })?;
    if written(&document, text) != tokens {
        // The parser passes over an argument without a colon, as if it were not there.
        return Err(Refusal::Syntax {
            reason: "a word or a mark belongs to nothing".to_owned(),
            at: Vec::new(),
        });
    }
    Ok(document)
}

/// What the parser says, without the client's text.
fn reason(message: &str) -> String {
    let message = message.trim_start_matches("syntax error: ");
    let end = message.find([',', ':', '\n']).unwrap_or(message.len());
    message[..end].trim_end_matches('.').to_owned()
}

/// Measures what a document asks for with these variables.
///
/// # Errors
///
/// A limit that is exceeded, or a fragment cycle.
pub(in crate::graphql) fn measure(
    limits: &Limits,
    document: &ast::Document,
    variables: &Variables,
    lines: &Lines<'_>,
) -> Result<(), Refusal> {
    Measure::Definitions.at_most(document.definitions.len(), limits.definitions)?;

    let sets = || {
        document.definitions.iter().filter_map(|one| match one {
            Definition::OperationDefinition(operation) => Some(&operation.selection_set),
            Definition::FragmentDefinition(fragment) => Some(&fragment.selection_set),
            _ => None,
        })
    };
    let aliases = sets().map(|set| aliases(set)).sum();
    Measure::Aliases.at_most(aliases, limits.aliases)?;

    let sizes = variable_sizes(document, variables);
    let mut expansion = Expansion::new(document, &sizes, limits, lines);
    let mut fields: usize = 0;
    let mut values: usize = 0;
    // Every operation is held against the schema, not only the one that runs.
    for definition in &document.definitions {
        let Definition::OperationDefinition(operation) = definition else {
            continue;
        };
        Measure::Variables.at_most(operation.variables.len(), limits.variables)?;
        let size = expansion.measure(&operation.selection_set)?;
        Measure::RootFields.at_most(size.top, limits.root_fields)?;
        Measure::Depth.at_most(size.depth, limits.depth)?;
        fields = fields.saturating_add(size.selections);
        values = values.saturating_add(size.values);
    }
    // So are the fragments that nothing spreads.
    for set in sets() {
        let size = expansion.measure(set)?;
        Measure::Fields.at_most(size.selections, limits.fields)?;
        Measure::Values.at_most(size.values, limits.values)?;
    }
    Measure::Fields.at_most(fields, limits.fields)?;
    Measure::Values.at_most(values, limits.values)
}

/// Aliases in the text. The token scan has bounded the nesting.
fn aliases(set: &[Selection]) -> usize {
    set.iter()
        .map(|item| match item {
            Selection::Field(field) => {
                usize::from(field.alias.is_some()) + aliases(&field.selection_set)
            }
            Selection::InlineFragment(inline) => aliases(&inline.selection_set),
            Selection::FragmentSpread(_) => 0,
        })
        .sum()
}

/// Values in each variable, the defaults of those that were not sent included.
fn variable_sizes<'d>(
    document: &'d ast::Document,
    variables: &'d Variables,
) -> HashMap<&'d str, usize> {
    let mut sizes: HashMap<&str, usize> = variables
        .iter()
        .map(|(name, value)| (name.as_str(), size(value)))
        .collect();
    for definition in &document.definitions {
        let Definition::OperationDefinition(operation) = definition else {
            continue;
        };
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                let known = sizes.entry(variable.name.as_str()).or_default();
                *known = (*known).max(literal_size(default, &HashMap::new()));
            }
        }
    }
    sizes
}

/// Values in a value. The JSON parser has bounded the nesting.
fn size(value: &Value) -> usize {
    match value {
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(fields) => 1 + fields.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// Values in a literal, its variables written out. The token scan has bounded the nesting.
pub(super) fn literal_size(literal: &Literal, variables: &HashMap<&str, usize>) -> usize {
    let sum = |sizes: &mut dyn Iterator<Item = usize>| sizes.fold(1, usize::saturating_add);
    match literal {
        Literal::List(items) => sum(&mut items.iter().map(|item| literal_size(item, variables))),
        Literal::Object(fields) => sum(&mut fields
            .iter()
            .map(|(_, value)| literal_size(value, variables))),
        // The place counts, and what is in it.
        Literal::Variable(name) => {
            let values = variables.get(name.as_str()).copied().unwrap_or(1);
            values.saturating_add(1)
        }
        _ => 1,
    }
}

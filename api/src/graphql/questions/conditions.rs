//! `@skip` and `@include`: what they leave out, and the null that their condition does not take.

use std::collections::HashSet;

use apollo_compiler::Node;
use apollo_compiler::ast::{
    Definition, Directive, DirectiveList, Document, OperationDefinition, Selection, Value,
};
use async_graphql::{ServerError, Value as Known, Variables};

use super::lines::Lines;

/// Whether a directive leaves its selection out.
pub(super) fn leaves_out(directive: &Directive, variables: &Variables) -> bool {
    let leaving = match directive.name.as_str() {
        "skip" => true,
        "include" => false,
        _ => return false,
    };
    match condition(directive) {
        Some(Value::Boolean(said)) => *said == leaving,
        Some(Value::Variable(name)) => {
            variables.get(name.as_str()) == Some(&Known::Boolean(leaving))
        }
        _ => false,
    }
}

/// Conditions of an operation whose variable, which has a default, was sent as null: neither true nor false. What other
/// operations of the document ask is none of its own.
pub(super) fn null_conditions(
    document: &Document,
    operation: &OperationDefinition,
    variables: &Variables,
    lines: &Lines<'_>,
) -> Vec<ServerError> {
    let mut wrong = Vec::new();
    if variables.values().any(|value| *value == Known::Null) {
        for set in sets(document, operation) {
            walk(set, &mut |directive| {
                if let Some(Value::Variable(name)) = condition(directive)
                    && variables.get(name.as_str()) == Some(&Known::Null)
                {
                    let message = format!(
                        "Argument \"if\" of \"@{}\" must not be null, and ${name} is.",
                        directive.name
                    );
                    let place = lines.place(directive.location());
                    wrong.push(ServerError::new(message, Some(place)));
                }
            });
        }
    }
    wrong
}

/// What an operation selects, and the fragments that it spreads, each once.
fn sets<'d>(document: &'d Document, operation: &'d OperationDefinition) -> Vec<&'d [Selection]> {
    let fragments = || {
        let all = document.definitions.iter();
        all.filter_map(|definition| match definition {
            Definition::FragmentDefinition(fragment) => Some(fragment),
            _ => None,
        })
    };
    let mut seen = HashSet::new();
    let mut sets: Vec<&[Selection]> = vec![&operation.selection_set];
    let mut next = 0;
    while let Some(set) = sets.get(next).copied() {
        next += 1;
        let mut spread = Vec::new();
        spreads(set, &mut spread);
        spread.retain(|name| seen.insert(*name));
        let found = fragments().filter(|fragment| spread.contains(&fragment.name.as_str()));
        sets.extend(found.map(|fragment| fragment.selection_set.as_slice()));
    }
    sets
}

/// The names of the fragments that are spread within a set.
fn spreads<'d>(set: &'d [Selection], into: &mut Vec<&'d str>) {
    for selection in set {
        match selection {
            Selection::Field(field) => spreads(&field.selection_set, into),
            Selection::InlineFragment(inline) => spreads(&inline.selection_set, into),
            Selection::FragmentSpread(spread) => into.push(spread.fragment_name.as_str()),
        }
    }
}

fn condition(directive: &Directive) -> Option<&Value> {
    let is_one = matches!(directive.name.as_str(), "skip" | "include");
    let condition = directive.specified_argument_by_name("if");
    condition.filter(|_| is_one).map(|value| &**value)
}

/// The token scan has bounded the nesting.
fn walk(set: &[Selection], see: &mut impl FnMut(&Node<Directive>)) {
    for selection in set {
        let (directives, below): (&DirectiveList, &[Selection]) = match selection {
            Selection::Field(field) => (&field.directives, &field.selection_set),
            Selection::InlineFragment(inline) => (&inline.directives, &inline.selection_set),
            Selection::FragmentSpread(spread) => (&spread.directives, &[]),
        };
        directives.iter().for_each(&mut *see);
        walk(below, see);
    }
}

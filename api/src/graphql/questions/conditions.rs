//! `@skip` and `@include`: what they leave out, and the null that their condition does not take.

use std::collections::HashSet;

use apollo_compiler::ast::{Directive, Value};
use apollo_compiler::executable::{Operation, Selection, SelectionSet};
use apollo_compiler::{ExecutableDocument, Node};
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
    document: &ExecutableDocument,
    operation: &Operation,
    variables: &Variables,
    lines: &Lines<'_>,
) -> Vec<ServerError> {
    let mut wrong = Vec::new();
    if variables.values().any(|value| *value == Known::Null) {
        let mut spread = HashSet::new();
        walk(
            document,
            &operation.selection_set,
            &mut spread,
            &mut |directive| {
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
            },
        );
    }
    wrong
}

fn condition(directive: &Directive) -> Option<&Value> {
    let is_one = matches!(directive.name.as_str(), "skip" | "include");
    let condition = directive.specified_argument_by_name("if");
    condition.filter(|_| is_one).map(|value| &**value)
}

/// Each fragment once. The token scan has bounded the nesting.
fn walk<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    spread: &mut HashSet<&'d str>,
    see: &mut impl FnMut(&Node<Directive>),
) {
    for selection in &set.selections {
        selection.directives().iter().for_each(&mut *see);
        match selection {
            Selection::Field(field) => walk(document, &field.selection_set, spread, see),
            Selection::InlineFragment(inline) => walk(document, &inline.selection_set, spread, see),
            Selection::FragmentSpread(one) => {
                let name = one.fragment_name.as_str();
                if let Some(fragment) = document.fragments.get(name)
                    && spread.insert(name)
                {
                    walk(document, &fragment.selection_set, spread, see);
                }
            }
        }
    }
}

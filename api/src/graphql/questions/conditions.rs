//! `@skip` and `@include`: what they leave out, and the null that their condition does not take.

use apollo_compiler::Node;
use apollo_compiler::ast::{Definition, Directive, DirectiveList, Document, Selection, Value};
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

/// Conditions whose variable, which has a default, was sent as null: neither true nor false.
pub(super) fn null_conditions(
    document: &Document,
    variables: &Variables,
    lines: &Lines<'_>,
) -> Vec<ServerError> {
    let mut wrong = Vec::new();
    if variables.values().any(|value| *value == Known::Null) {
        for definition in &document.definitions {
            let set = match definition {
                Definition::OperationDefinition(operation) => &operation.selection_set,
                Definition::FragmentDefinition(fragment) => &fragment.selection_set,
                _ => continue,
            };
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

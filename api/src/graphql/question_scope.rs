//! Which assignments a question names: whose it is to list, and to save.

use std::collections::BTreeSet;
use std::convert::Infallible;

use async_graphql::parser::types::{Selection, SelectionSet};
use async_graphql::{Result, Value};

use super::limits::Limits;
use super::{error, reader};
use crate::context::RequestContext;
use crate::policy::{Action, Scope};
use crate::store::Catalogue;

/// Whether a question lies within the viewer's reach in an action, by the assignments that it names.
pub(crate) async fn is_within(
    request: &RequestContext,
    action: Action,
    document: &str,
) -> Result<bool> {
    let registers = request.registers().await.map_err(error::report)?;
    let scope = Scope::of(&request.viewer, action, &registers);
    // What cannot be read lies in nobody's reach but of those who reach everything.
    Ok(match assignments_named(document, &registers) {
        Some(named) => scope.holds_question(&named),
        None => scope == Scope::Everything,
    })
}

/// The assignments that a document names by their numbers, their rounds or the codes of figures, in arguments and in
/// defaults of variables; none where it cannot be read.
fn assignments_named(
    document: &str,
    catalogue: &Catalogue,
) -> Option<BTreeSet<entity::RegistryNumber>> {
    let mut texts = BTreeSet::new();
    let parsed = reader(&Limits::default()).document(document).ok()?;
    for (_, operation) in parsed.operations.iter() {
        let variables = operation.node.variable_definitions.iter();
        for default in variables.filter_map(|one| one.node.default_value.as_ref()) {
            collect(&default.node, &mut texts);
        }
        within(&operation.node.selection_set.node, &mut texts);
    }
    for fragment in parsed.fragments.values() {
        within(&fragment.node.selection_set.node, &mut texts);
    }
    // The parts of a figure's code stand between bars.
    let parts = texts.iter().flat_map(|text| text.split('|'));
    Some(parts.filter_map(|part| of(part, catalogue)).collect())
}

/// The assignment that a registry number or the code of a round means.
fn of(text: &str, catalogue: &Catalogue) -> Option<entity::RegistryNumber> {
    let number = entity::RegistryNumber::parse(text).ok();
    let assignment = number.and_then(|number| catalogue.assignment(&number));
    let round = || {
        let mut rounds = catalogue.rounds.iter();
        rounds.find(|one| one.code.as_str() == text)
    };
    assignment
        .map(|one| one.code.clone())
        .or_else(|| round().map(|one| one.assignment.clone()))
}

fn within(selections: &SelectionSet, texts: &mut BTreeSet<String>) {
    for selection in &selections.items {
        match &selection.node {
            Selection::Field(field) => {
                for (_, value) in &field.node.arguments {
                    // What a variable is given is said by whoever asks.
                    let value = value.node.clone();
                    let value = value.into_const_with(|_| Ok::<_, Infallible>(Value::Null));
                    collect(&value.unwrap_or_else(|never| match never {}), texts);
                }
                within(&field.node.selection_set.node, texts);
            }
            Selection::InlineFragment(inline) => {
                within(&inline.node.selection_set.node, texts);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn collect(value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            texts.insert(text.clone());
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(fields) => fields.values().for_each(|item| collect(item, texts)),
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => {}
    }
}

//! What was asked: the document, and as much of the variables as decides what is left out.

use std::collections::HashSet;
use std::convert::Infallible;

use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition,
};
use async_graphql::{Name, Positioned, Value, Variables};

/// A document with its variables.
pub(super) struct Question {
    document: ExecutableDocument,
    /// Only these are kept: values may be large, and only booleans are asked for.
    true_variables: HashSet<Name>,
}

impl Question {
    pub(super) fn new(document: ExecutableDocument, variables: &Variables) -> Self {
        let truths = variables
            .iter()
            .filter(|(_, value)| **value == Value::Boolean(true));
        Self {
            document,
            true_variables: truths.map(|(name, _)| name.clone()).collect(),
        }
    }

    /// The operation that was executed.
    pub(super) fn operation(&self, name: Option<&str>) -> Option<&OperationDefinition> {
        let operation = match (&self.document.operations, name) {
            (DocumentOperations::Single(operation), _) => operation,
            (DocumentOperations::Multiple(several), Some(name)) => several.get(name)?,
            (DocumentOperations::Multiple(several), None) if several.len() == 1 => {
                several.values().next()?
            }
            (DocumentOperations::Multiple(_), None) => return None,
        };
        Some(&operation.node)
    }

    pub(super) fn fragment(&self, name: &str) -> Option<&FragmentDefinition> {
        let fragment = self.document.fragments.get(name)?;
        Some(&fragment.node)
    }

    /// Whether `@skip` or `@include` leave the selection out, as the library decides it: what has
    /// no value, or none but the variable's default, is false.
    pub(super) fn leaves_out(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let included = match directive.node.name.node.as_str() {
                "skip" => false,
                "include" => true,
                _ => return false,
            };
            let Some(condition) = directive.node.get_argument("if") else {
                return false;
            };
            let Ok(condition) = condition.node.clone().into_const_with(|name| {
                let value = Value::Boolean(self.true_variables.contains(&name));
                Ok::<_, Infallible>(value)
            });
            included != (condition == Value::Boolean(true))
        })
    }
}

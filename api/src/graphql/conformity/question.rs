//! What was asked: the document that ran, whose one operation is left and whose conditions are decided.

use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition,
};
use async_graphql::{Positioned, Value};

/// A document that was executed.
pub(super) struct Question {
    document: ExecutableDocument,
}

impl Question {
    pub(super) const fn new(document: ExecutableDocument) -> Self {
        Self { document }
    }

    /// The operation that was executed.
    pub(super) fn operation(&self) -> Option<&OperationDefinition> {
        match &self.document.operations {
            DocumentOperations::Single(operation) => Some(&operation.node),
            DocumentOperations::Multiple(_) => None,
        }
    }

    pub(super) fn fragment(&self, name: &str) -> Option<&FragmentDefinition> {
        let fragment = self.document.fragments.get(name)?;
        Some(&fragment.node)
    }
}

/// Whether `@skip` or `@include` leave the selection out; their conditions have been written out.
pub(super) fn leaves_out(directives: &[Positioned<Directive>]) -> bool {
    directives.iter().any(|directive| {
        let leaving = match directive.node.name.node.as_str() {
            "skip" => true,
            "include" => false,
            _ => return false,
        };
        let condition = directive.node.get_argument("if");
        let condition = condition.and_then(|said| said.node.clone().into_const());
        condition == Some(Value::Boolean(leaving))
    })
}

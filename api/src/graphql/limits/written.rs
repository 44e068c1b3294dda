//! How many tokens a document is written with: as many as its text has, or the parser has passed over something.

use apollo_compiler::Node;
use apollo_compiler::ast::{
    Argument, Definition, DirectiveList, Document, OperationDefinition, Selection, Type, Value,
    VariableDefinition,
};

use super::tokens::Tokens;

/// The tokens of a document; definitions of types, which no question has, are none.
pub(super) fn written(document: &Document, text: &str) -> Tokens {
    let mut count = Count(Tokens::default());
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => count.operation(operation, text),
            Definition::FragmentDefinition(fragment) => {
                // `fragment`, its name, `on`, the type.
                count.add(4, 0);
                count.directives(&fragment.directives);
                count.set(&fragment.selection_set);
            }
            _ => {}
        }
    }
    count.0
}

struct Count(Tokens);

/// The token scan has bounded the nesting.
impl Count {
    const fn add(&mut self, words: usize, marks: usize) {
        self.0.words += words;
        self.0.marks += marks;
    }

    fn operation(&mut self, operation: &Node<OperationDefinition>, text: &str) {
        let begins = operation.location().map_or(0, |at| at.offset());
        if text.as_bytes().get(begins) != Some(&b'{') {
            self.add(1 + usize::from(operation.name.is_some()), 0);
        }
        if !operation.variables.is_empty() {
            self.add(0, 2);
        }
        for variable in &operation.variables {
            self.variable(variable);
        }
        self.directives(&operation.directives);
        self.set(&operation.selection_set);
    }

    fn variable(&mut self, variable: &VariableDefinition) {
        // `$`, the name, `:`.
        self.add(1, 2);
        self.kind(&variable.ty);
        if let Some(default) = &variable.default_value {
            self.add(0, 1);
            self.value(default);
        }
        self.directives(&variable.directives);
    }

    fn kind(&mut self, ty: &Type) {
        match ty {
            Type::Named(_) => self.add(1, 0),
            Type::NonNullNamed(_) => self.add(1, 1),
            Type::List(inner) => {
                self.add(0, 2);
                self.kind(inner);
            }
            Type::NonNullList(inner) => {
                self.add(0, 3);
                self.kind(inner);
            }
        }
    }

    fn set(&mut self, set: &[Selection]) {
        if set.is_empty() {
            return;
        }
        self.add(0, 2);
        for selection in set {
            match selection {
                Selection::Field(field) => {
                    let alias = usize::from(field.alias.is_some());
                    self.add(1 + alias, alias);
                    self.arguments(&field.arguments);
                    self.directives(&field.directives);
                    self.set(&field.selection_set);
                }
                Selection::FragmentSpread(spread) => {
                    self.add(1, 1);
                    self.directives(&spread.directives);
                }
                Selection::InlineFragment(inline) => {
                    let on = usize::from(inline.type_condition.is_some());
                    self.add(2 * on, 1);
                    self.directives(&inline.directives);
                    self.set(&inline.selection_set);
                }
            }
        }
    }

    fn directives(&mut self, directives: &DirectiveList) {
        for directive in directives.iter() {
            self.add(1, 1);
            self.arguments(&directive.arguments);
        }
    }

    fn arguments(&mut self, arguments: &[Node<Argument>]) {
        if !arguments.is_empty() {
            self.add(0, 2);
        }
        for argument in arguments {
            self.add(1, 1);
            self.value(&argument.value);
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Variable(_) => self.add(1, 1),
            Value::List(items) => {
                self.add(0, 2);
                for item in items {
                    self.value(item);
                }
            }
            Value::Object(fields) => {
                self.add(0, 2);
                for (_, within) in fields {
                    self.add(1, 1);
                    self.value(within);
                }
            }
            _ => self.add(1, 0),
        }
    }
}

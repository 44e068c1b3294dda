//! A document as the executing library holds one: what was found right is what runs, and nothing is read twice.
//!
//! Where the variables are known they are written out, for the library departs from the specification in most of what it
//! does with them: an argument or an input field whose variable has no value is left away, so that its default counts, and
//! `@skip` and `@include` are decided.

use std::collections::HashMap;

use apollo_compiler::Node;
use apollo_compiler::ast::{self, Value as Literal};
use apollo_compiler::parser::SourceSpan;
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    BaseType, Directive, DocumentOperations, ExecutableDocument, Field, FragmentDefinition,
    FragmentSpread, InlineFragment, OperationDefinition, OperationType, Selection, SelectionSet,
    Type, TypeCondition, VariableDefinition,
};
use async_graphql::{Name, Positioned, Value as Known, Variables};
use async_graphql_value::Value;

use super::conditions::leaves_out;
use super::lines::Lines;

/// Turns the parts of a document.
pub(super) struct Turning<'t> {
    lines: &'t Lines<'t>,
    /// The values of the operation's variables; none where the document alone is turned.
    variables: Option<&'t Variables>,
}

impl<'t> Turning<'t> {
    pub(super) const fn new(lines: &'t Lines<'t>, variables: Option<&'t Variables>) -> Self {
        Self { lines, variables }
    }

    /// The document with its operations, or with the one that is to run.
    pub(super) fn document(
        &self,
        document: &ast::Document,
        only: Option<&Node<ast::OperationDefinition>>,
    ) -> ExecutableDocument {
        let mut named = HashMap::new();
        let mut anonymous = only.map(|only| self.operation(only));
        let mut fragments = HashMap::new();
        for definition in &document.definitions {
            match definition {
                ast::Definition::OperationDefinition(operation) if only.is_none() => {
                    let turned = self.operation(operation);
                    match &operation.name {
                        Some(name) => drop(named.insert(Name::new(name), turned)),
                        None => anonymous = Some(turned),
                    }
                }
                ast::Definition::FragmentDefinition(fragment) => {
                    fragments.insert(Name::new(&fragment.name), self.fragment(fragment));
                }
                _ => {}
            }
        }
        ExecutableDocument {
            operations: match anonymous {
                Some(anonymous) => DocumentOperations::Single(anonymous),
                None => DocumentOperations::Multiple(named),
            },
            fragments,
        }
    }

    fn operation(
        &self,
        operation: &Node<ast::OperationDefinition>,
    ) -> Positioned<OperationDefinition> {
        let variables = operation.variables.iter();
        let definition = OperationDefinition {
            ty: match operation.operation_type {
                ast::OperationType::Query => OperationType::Query,
                ast::OperationType::Mutation => OperationType::Mutation,
                ast::OperationType::Subscription => OperationType::Subscription,
            },
            variable_definitions: variables.map(|one| self.variable(one)).collect(),
            directives: self.directives(&operation.directives),
            selection_set: self.set(&operation.selection_set, operation.location()),
        };
        self.placed(definition, operation.location())
    }

    fn variable(&self, one: &Node<ast::VariableDefinition>) -> Positioned<VariableDefinition> {
        let default = one.default_value.as_ref();
        let definition = VariableDefinition {
            name: self.name(&one.name),
            var_type: self.placed(turned_type(&one.ty), one.ty.location()),
            directives: self.directives(&one.directives),
            default_value: default.map(|value| {
                let known = known(value, &mut |_| None).unwrap_or_default();
                self.placed(known, value.location())
            }),
        };
        self.placed(definition, one.location())
    }

    fn fragment(&self, one: &Node<ast::FragmentDefinition>) -> Positioned<FragmentDefinition> {
        let definition = FragmentDefinition {
            type_condition: self.condition(&one.type_condition),
            directives: self.directives(&one.directives),
            selection_set: self.set(&one.selection_set, one.location()),
        };
        self.placed(definition, one.location())
    }

    fn set(&self, set: &[ast::Selection], at: Option<SourceSpan>) -> Positioned<SelectionSet> {
        let items = set.iter().map(|item| self.selection(item)).collect();
        self.placed(SelectionSet { items }, at)
    }

    fn selection(&self, selection: &ast::Selection) -> Positioned<Selection> {
        let (selection, at) = match selection {
            ast::Selection::Field(field) => {
                let at = field.location();
                let turned = self.placed(self.field(field), at);
                (Selection::Field(turned), at)
            }
            ast::Selection::FragmentSpread(spread) => {
                let at = spread.location();
                let turned = FragmentSpread {
                    fragment_name: self.name(&spread.fragment_name),
                    directives: self.directives(&spread.directives),
                };
                (Selection::FragmentSpread(self.placed(turned, at)), at)
            }
            ast::Selection::InlineFragment(inline) => {
                let at = inline.location();
                let condition = inline.type_condition.as_ref();
                let turned = InlineFragment {
                    type_condition: condition.map(|on| self.condition(on)),
                    directives: self.directives(&inline.directives),
                    selection_set: self.set(&inline.selection_set, at),
                };
                (Selection::InlineFragment(self.placed(turned, at)), at)
            }
        };
        self.placed(selection, at)
    }

    fn field(&self, field: &Node<ast::Field>) -> Field {
        Field {
            alias: field.alias.as_ref().map(|alias| self.name(alias)),
            name: self.name(&field.name),
            arguments: self.arguments(&field.arguments),
            directives: self.directives(&field.directives),
            selection_set: self.set(&field.selection_set, field.location()),
        }
    }

    fn arguments(
        &self,
        arguments: &[Node<ast::Argument>],
    ) -> Vec<(Positioned<Name>, Positioned<Value>)> {
        let arguments = arguments.iter().filter_map(|argument| {
            let value = match self.variables {
                None => open(&argument.value),
                Some(variables) => {
                    known(&argument.value, &mut |name| variables.get(name).cloned())?.into_value()
                }
            };
            let value = self.placed(value, argument.value.location());
            Some((self.name(&argument.name), value))
        });
        arguments.collect()
    }

    /// The directives; of a document whose variables are known the decided ones alone.
    fn directives(&self, directives: &ast::DirectiveList) -> Vec<Positioned<Directive>> {
        let left_out = self.variables.map(|variables| {
            let left_out = |one: &&Node<ast::Directive>| leaves_out(one, variables);
            directives.iter().find(left_out)
        });
        let turned = |one: &Node<ast::Directive>| {
            let directive = Directive {
                name: self.name(&one.name),
                arguments: self.arguments(&one.arguments),
            };
            self.placed(directive, one.location())
        };
        match left_out {
            None => directives.iter().map(turned).collect(),
            Some(decided) => decided.into_iter().map(turned).collect(),
        }
    }

    fn condition(&self, on: &apollo_compiler::Name) -> Positioned<TypeCondition> {
        let condition = TypeCondition { on: self.name(on) };
        self.placed(condition, on.location())
    }

    fn name(&self, name: &apollo_compiler::Name) -> Positioned<Name> {
        self.placed(Name::new(name), name.location())
    }

    fn placed<T>(&self, node: T, at: Option<SourceSpan>) -> Positioned<T> {
        Positioned::new(node, self.lines.place(at))
    }
}

fn turned_type(ty: &ast::Type) -> Type {
    let base = match ty {
        ast::Type::Named(name) | ast::Type::NonNullNamed(name) => BaseType::Named(Name::new(name)),
        ast::Type::List(inner) | ast::Type::NonNullList(inner) => {
            BaseType::List(Box::new(turned_type(inner)))
        }
    };
    Type {
        base,
        nullable: !ty.is_non_null(),
    }
}

/// A literal with its variables as names.
fn open(literal: &Literal) -> Value {
    match literal {
        Literal::Variable(name) => Value::Variable(Name::new(name)),
        Literal::List(items) => Value::List(items.iter().map(|item| open(item)).collect()),
        Literal::Object(fields) => {
            let fields = fields.iter();
            Value::Object(
                fields
                    .map(|(name, value)| (Name::new(name), open(value)))
                    .collect(),
            )
        }
        other => known(other, &mut |_| None).unwrap_or_default().into_value(),
    }
}

/// A literal with its variables written out; none for a variable without a value.
///
/// Within a list such a variable is null, within an object its field is left away.
pub(super) fn known(
    literal: &Literal,
    value_of: &mut impl FnMut(&str) -> Option<Known>,
) -> Option<Known> {
    Some(match literal {
        Literal::Variable(name) => return value_of(name),
        Literal::Null => Known::Null,
        Literal::Enum(name) => Known::Enum(Name::new(name)),
        Literal::String(text) => Known::String(text.clone()),
        Literal::Boolean(flag) => Known::Boolean(*flag),
        Literal::Int(number) => number_of(number.as_str()),
        Literal::Float(number) => number_of(number.as_str()),
        Literal::List(items) => {
            let items = items.iter();
            Known::List(
                items
                    .map(|item| known(item, value_of).unwrap_or_default())
                    .collect(),
            )
        }
        Literal::Object(fields) => {
            let fields = fields.iter().filter_map(|(name, value)| {
                known(value, value_of).map(|value| (Name::new(name), value))
            });
            Known::Object(fields.collect::<IndexMap<_, _>>())
        }
    })
}

/// A number as JSON holds it; what it cannot hold stays as its digits, which no number takes.
fn number_of(digits: &str) -> Known {
    let parsed = serde_json::from_str::<serde_json::Number>(digits);
    parsed.map_or_else(|_| Known::String(digits.to_owned()), Known::Number)
}

//! What the library does not hold against a document's values: an input field that is said twice, a variable where its type
//! is not allowed within a list or an object, and an object of which not exactly one field is said.
//!
//! A variable's default of null is no default that makes it fit; the library takes it for one.

use std::collections::{HashMap, HashSet};

use apollo_compiler::ast::{DirectiveList, InputValueDefinition, Type, Value, VariableDefinition};
use apollo_compiler::executable::{Operation, Selection, SelectionSet};
use apollo_compiler::parser::SourceSpan;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{ExecutableDocument, Node};
use async_graphql::ServerError;

use super::language::Language;
use super::lines::Lines;

/// What is wrong with the values of a document in which the library found nothing wrong.
pub(super) fn check(
    language: &Language,
    document: &ExecutableDocument,
    lines: &Lines<'_>,
) -> Vec<ServerError> {
    let mut walk = Walk {
        language,
        document,
        lines,
        variables: HashMap::new(),
        spread: HashSet::new(),
        wrong: Vec::new(),
    };
    for operation in document.operations.iter() {
        walk.operation(operation);
    }
    walk.wrong
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The type that is expected; none within a scalar of ours, which holds what it likes.
    ty: Option<&'a Type>,
    /// Whether something counts where nothing is said.
    has_default: bool,
    /// The input object of which one field is said, where the value is that field's.
    one_of: Option<&'a str>,
}

impl<'a> Place<'a> {
    fn of(definition: &'a InputValueDefinition) -> Self {
        Self {
            ty: Some(&definition.ty),
            has_default: definition.default_value.is_some(),
            one_of: None,
        }
    }

    const fn within(ty: Option<&'a Type>) -> Self {
        Self {
            ty,
            has_default: false,
            one_of: None,
        }
    }
}

struct Walk<'a> {
    language: &'a Language,
    document: &'a ExecutableDocument,
    lines: &'a Lines<'a>,
    /// The variables of the operation.
    variables: HashMap<&'a str, &'a VariableDefinition>,
    /// The fragments that the operation has been found to spread.
    spread: HashSet<&'a str>,
    wrong: Vec<ServerError>,
}

impl<'a> Walk<'a> {
    fn operation(&mut self, operation: &'a Operation) {
        let variables = operation.variables.iter();
        self.variables = variables.map(|one| (one.name.as_str(), &**one)).collect();
        self.spread.clear();
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                self.value(default, Place::within(Some(&variable.ty)));
            }
            self.directives(&variable.directives);
        }
        self.directives(&operation.directives);
        self.set(&operation.selection_set);
    }

    fn set(&mut self, set: &'a SelectionSet) {
        for selection in &set.selections {
            self.directives(selection.directives());
            match selection {
                Selection::Field(field) => {
                    for argument in &field.arguments {
                        let definition = field.definition.argument_by_name(&argument.name);
                        let place = definition.map_or(Place::within(None), |one| Place::of(one));
                        self.value(&argument.value, place);
                    }
                    self.set(&field.selection_set);
                }
                Selection::InlineFragment(inline) => self.set(&inline.selection_set),
                Selection::FragmentSpread(spread) => {
                    let name = spread.fragment_name.as_str();
                    if let Some(fragment) = self.document.fragments.get(name)
                        && self.spread.insert(name)
                    {
                        self.directives(&fragment.directives);
                        self.set(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn directives(&mut self, directives: &'a DirectiveList) {
        for directive in directives.iter() {
            let definitions = &self.language.schema().directive_definitions;
            let definition = definitions.get(&directive.name);
            for argument in &directive.arguments {
                let of = definition.and_then(|one| one.argument_by_name(&argument.name));
                let place = of.map_or(Place::within(None), |one| Place::of(one));
                self.value(&argument.value, place);
            }
        }
    }

    fn value(&mut self, value: &'a Node<Value>, place: Place<'a>) {
        match &**value {
            Value::Variable(name) => self.variable(name, place, value.location()),
            Value::List(items) => {
                let item = place
                    .ty
                    .map(|ty| if ty.is_list() { ty.item_type() } else { ty });
                for item_value in items {
                    self.value(item_value, Place::within(item));
                }
            }
            Value::Object(fields) => self.object(value, fields, place),
            _ => {}
        }
    }

    fn object(
        &mut self,
        value: &Node<Value>,
        fields: &'a [(apollo_compiler::Name, Node<Value>)],
        place: Place<'a>,
    ) {
        let mut names = HashSet::new();
        for (name, of) in fields {
            if !names.insert(name) {
                let message = format!("There can be only one input field named \"{name}\".");
                self.wrong(message, name.location().or(of.location()));
            }
        }
        let name = place.ty.map(Type::inner_named_type);
        let input = name.and_then(|name| self.language.schema().types.get(name));
        let Some(ExtendedType::InputObject(input)) = input else {
            for (_, within) in fields {
                self.value(within, Place::within(None));
            }
            return;
        };
        let one_of = self.language.is_one_of(&input.name);
        if one_of && (fields.len() != 1 || fields.iter().any(|(_, value)| value.is_null())) {
            let message = format!(
                "Exactly one field of type \"{}\" is to be said.",
                input.name
            );
            self.wrong(message, value.location());
        }
        for (name, within) in fields {
            let definition = input.fields.get(name);
            let mut at = definition.map_or(Place::within(None), |one| Place::of(one));
            // As graphql-js 16 has it, which asks no more where the object itself must be there; a variable without a value
            // then fails its field.
            let asks = one_of && place.ty.is_some_and(|ty| !ty.is_non_null());
            at.one_of = asks.then_some(input.name.as_str());
            self.value(within, at);
        }
    }

    fn variable(&mut self, name: &str, place: Place<'a>, at: Option<SourceSpan>) {
        let Some(variable) = self.variables.get(name).copied() else {
            self.wrong(format!("Variable \"${name}\" is not defined."), at);
            return;
        };
        if let Some(ty) = place.ty
            && !fits(variable, ty, place.has_default)
        {
            let message = format!(
                "Variable \"${name}\" of type \"{}\" used in position expecting type \"{ty}\".",
                variable.ty
            );
            self.wrong(message, at);
        } else if let Some(of) = place.one_of
            && !variable.ty.is_non_null()
        {
            let message = format!(
                "Variable \"${name}\" must be non-null where one field of \"{of}\" is said."
            );
            self.wrong(message, at);
        }
    }

    fn wrong(&mut self, message: String, at: Option<SourceSpan>) {
        let place = self.lines.place(at);
        self.wrong.push(ServerError::new(message, Some(place)));
    }
}

/// `IsVariableUsageAllowed` of the specification.
fn fits(variable: &VariableDefinition, place: &Type, has_default: bool) -> bool {
    if place.is_non_null() && !variable.ty.is_non_null() {
        let default = variable.default_value.as_ref();
        let says_something = default.is_some_and(|value| !value.is_null());
        return (says_something || has_default)
            && variable.ty.is_assignable_to(&place.clone().nullable());
    }
    variable.ty.is_assignable_to(place)
}

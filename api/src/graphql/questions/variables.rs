//! The values of an operation's variables as their types take them: defaults filled in, lists of one made lists, what does
//! not fit refused.
//!
//! The library takes a variable's default as it is written, and has no input objects of which one field is said; so a
//! default is given to it like a value that was sent, and what it does not know is seen to before.

use apollo_compiler::Node;
use apollo_compiler::ast::{Type, VariableDefinition};
use apollo_compiler::executable::Operation;
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::{JsonMap, JsonValue};
use apollo_compiler::schema::ExtendedType;
use async_graphql::{Name, ServerError, Value, Variables};
use serde_json::Number;

use super::language::Language;
use super::lines::Lines;
use super::turned;

/// Coerces the values that came with a question.
///
/// # Errors
/// Each variable whose value is missing or does not fit.
pub(super) fn coerced(
    language: &Language,
    operation: &Operation,
    sent: &Variables,
    lines: &Lines<'_>,
) -> Result<Variables, Vec<ServerError>> {
    let mut errors = Vec::new();
    let mut given = JsonMap::new();
    for variable in &operation.variables {
        let value = sent.get(variable.name.as_str()).cloned();
        let default = || {
            let default = variable.default_value.as_ref()?;
            turned::known(default, &mut |_| None)
        };
        let Some(value) = value.or_else(default) else {
            continue;
        };
        match readied(language, &variable.ty, json(value)) {
            Ok(value) => drop(given.insert(variable.name.as_str(), value)),
            Err(wrong) => {
                let message = format!("Variable \"${}\": {wrong}", variable.name);
                errors.push(ServerError::new(
                    message,
                    Some(lines.place(variable.location())),
                ));
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let Ok(coerced) = coerce_variable_values(language.schema(), operation, &given) else {
        return Err(refused(language, operation, &given, lines));
    };
    let mut variables = Variables::default();
    for (name, value) in coerced.into_inner() {
        variables.insert(Name::new(name.as_str()), value_of(value));
    }
    Ok(variables)
}

/// The library stops at the first; so each is asked by itself.
fn refused(
    language: &Language,
    operation: &Operation,
    given: &JsonMap,
    lines: &Lines<'_>,
) -> Vec<ServerError> {
    let wrong = |variable: &Node<VariableDefinition>| {
        let mut alone = operation.clone();
        alone.variables = vec![variable.clone()];
        let refused = coerce_variable_values(language.schema(), &alone, given).err()?;
        Some(ServerError::new(
            refused.message().to_string(),
            Some(lines.place(variable.location())),
        ))
    };
    operation.variables.iter().filter_map(wrong).collect()
}

/// A value with what the library does not do by itself: whole numbers that are written with a fraction, identities that are
/// written as numbers, and objects of which one field is said.
fn readied(language: &Language, ty: &Type, value: JsonValue) -> Result<JsonValue, String> {
    if let Type::List(inner) | Type::NonNullList(inner) = ty {
        return match value {
            JsonValue::Array(items) => {
                let items = items.into_iter();
                items.map(|item| readied(language, inner, item)).collect()
            }
            JsonValue::Null => Ok(JsonValue::Null),
            one => readied(language, inner, one),
        };
    }
    let name = ty.inner_named_type().as_str();
    match (name, value) {
        ("ID", JsonValue::Number(number)) => match whole(&number) {
            Some(whole) => Ok(JsonValue::String(whole.to_string().into())),
            None => Ok(JsonValue::Number(number)),
        },
        ("Int", JsonValue::Number(number)) => Ok(JsonValue::Number(
            whole(&number).map_or(number, Number::from),
        )),
        ("Float", JsonValue::Number(number)) => {
            let float = number.as_f64().and_then(Number::from_f64);
            Ok(JsonValue::Number(float.unwrap_or(number)))
        }
        (_, JsonValue::Object(fields)) => object(language, name, fields),
        (_, other) => Ok(other),
    }
}

fn object(language: &Language, name: &str, fields: JsonMap) -> Result<JsonValue, String> {
    let Some(ExtendedType::InputObject(input)) = language.schema().types.get(name) else {
        return Ok(JsonValue::Object(fields));
    };
    if language.is_one_of(name) {
        let mut values = fields.iter();
        match (values.next(), values.next()) {
            (Some((_, value)), None) if !value.is_null() => {}
            _ => return Err(format!("exactly one field of type {name} is to be said")),
        }
    }
    let readied = fields.into_iter().map(|(key, value)| {
        let value = match input.fields.get(key.as_str()) {
            Some(field) => readied(language, &field.ty, value)?,
            None => value,
        };
        Ok((key, value))
    });
    readied
        .collect::<Result<JsonMap, String>>()
        .map(JsonValue::Object)
}

/// The whole number that a number is, however it is written.
fn whole(number: &Number) -> Option<i64> {
    let written = number.as_i64();
    written.or_else(|| {
        // As many digits as a float holds exactly; beyond them no whole number is meant.
        let text = number.as_f64()?.to_string();
        text.parse().ok()
    })
}

fn json(value: Value) -> JsonValue {
    match value {
        Value::Null | Value::Binary(_) => JsonValue::Null,
        Value::Number(number) => JsonValue::Number(number),
        Value::String(text) => JsonValue::String(text.into()),
        Value::Boolean(flag) => JsonValue::Bool(flag),
        Value::Enum(name) => JsonValue::String(name.to_string().into()),
        Value::List(items) => JsonValue::Array(items.into_iter().map(json).collect()),
        Value::Object(fields) => {
            let fields = fields.into_iter();
            JsonValue::Object(
                fields
                    .map(|(name, value)| (name.to_string().into(), json(value)))
                    .collect(),
            )
        }
    }
}

fn value_of(value: JsonValue) -> Value {
    match value {
        JsonValue::Null => Value::Null,
        JsonValue::Bool(flag) => Value::Boolean(flag),
        JsonValue::Number(number) => Value::Number(number),
        JsonValue::String(text) => Value::String(text.as_str().to_owned()),
        JsonValue::Array(items) => Value::List(items.into_iter().map(value_of).collect()),
        JsonValue::Object(fields) => {
            let fields = fields.into_iter();
            Value::Object(
                fields
                    .map(|(name, value)| (Name::new(name.as_str()), value_of(value)))
                    .collect(),
            )
        }
    }
}

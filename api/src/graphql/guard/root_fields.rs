//! What each root field asks for: found out by asking every one, not by reading the code.

use std::sync::Arc;

use async_graphql::Request;
use serde_json::Value;

use super::Noted;
use super::arguments::{self, Types, text};
use crate::graphql::{SamsynSchema, limits, schema};
use crate::policy::{Action, RootField};

/// Roots, their fields, and what their arguments are made of.
const EVERYTHING: &str = "{ __schema { queryType { name } mutationType { name } types { name enumValues { name }
    fields { name args { ...Argument } type { kind ofType { kind ofType { kind ofType { kind } } } } }
    inputFields { ...Argument } } } }
    fragment Argument on __InputValue { name defaultValue type { kind name ofType { kind name ofType { kind name } } } }";

/// Every root field with the action that its guard asks for, in alphabetical order.
///
/// A field without a guard has none; so has one whose arguments could not be made up (`arguments.rs`).
pub async fn root_fields() -> Vec<RootField> {
    let schema = schema(&limits::Limits::default());
    let told = schema.execute(EVERYTHING).await.data.into_json();
    let told = told.unwrap_or_default();
    let types = told["__schema"]["types"].as_array().into_iter().flatten();
    let types: Types<'_> = types.map(|one| (text(one, "name"), one)).collect();
    let mut found = Vec::new();
    for (operation, root) in [("query", "queryType"), ("mutation", "mutationType")] {
        let root = text(&told["__schema"][root], "name");
        let fields = types.get(root).map(|one| &one["fields"]);
        for field in fields.and_then(Value::as_array).into_iter().flatten() {
            let action = asked(&schema, operation, field, &types).await;
            found.push(RootField {
                root: root.to_owned(),
                name: text(field, "name").to_owned(),
                action,
            });
        }
    }
    found.sort();
    found
}

async fn asked(
    schema: &SamsynSchema,
    operation: &str,
    field: &Value,
    types: &Types<'_>,
) -> Option<Action> {
    let selection = if is_leaf(&field["type"]) {
        ""
    } else {
        "{ __typename }"
    };
    let document = format!(
        "{operation} {{ {}{} {selection} }}",
        text(field, "name"),
        arguments::of(field, types)
    );
    let noted = Arc::new(Noted::default());
    schema
        .execute(Request::new(document).data(Arc::clone(&noted)))
        .await;
    noted.action()
}

fn is_leaf(kind: &Value) -> bool {
    match text(kind, "kind") {
        "SCALAR" | "ENUM" => true,
        "NON_NULL" | "LIST" => is_leaf(&kind["ofType"]),
        _ => false,
    }
}

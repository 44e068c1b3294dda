//! From JSON to a GraphQL request: which parameters there are and what kind each must be.

use async_graphql::{Request, Variables};
use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::query_string::{self, QueryString};
use crate::http::{Code, Problem};

/// What a request asks.
pub(super) enum Asked {
    /// A question, whose text came with it.
    Text(Box<Request>),
    /// A question that is only named, by the hash of its text (`extensions.persistedQuery`), as clients do that hope that
    /// the server keeps texts. None are kept here: told so in their own words, they send the text.
    Hash,
}

/// A request from a POST body.
///
/// # Errors
///
/// 400: no JSON, a batch, no object, a parameter of the wrong kind.
pub(super) fn from_body(body: &[u8]) -> Result<Asked, Problem> {
    let value: Value = serde_json::from_slice(body).map_err(|_| invalid_json("body"))?;
    match value {
        Value::Object(parameters) => from_map(parameters),
        Value::Array(_) => Err(Problem::new(
            StatusCode::BAD_REQUEST,
            Code::BatchNotSupported,
            "One request at a time: an array of requests is not taken.",
        )),
        _ => Err(bad_request("The body must be a JSON object.")),
    }
}

/// A request from a GET address.
///
/// # Errors
///
/// 400: no JSON in `variables` or `extensions`, a parameter that comes twice or is missing.
pub(super) fn from_query(query: &str) -> Result<Asked, Problem> {
    let QueryString {
        query,
        operation_name,
        variables,
        extensions,
    } = query_string::read(query)?;
    let mut parameters = Map::new();
    let texts = [("query", query), ("operationName", operation_name)];
    for (name, text) in texts {
        if let Some(text) = text {
            parameters.insert(name.to_owned(), Value::String(text));
        }
    }
    let objects = [("variables", variables), ("extensions", extensions)];
    for (name, text) in objects {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let value = serde_json::from_str(&text).map_err(|_| invalid_json(name))?;
            parameters.insert(name.to_owned(), value);
        }
    }
    from_map(parameters)
}

fn from_map(mut parameters: Map<String, Value>) -> Result<Asked, Problem> {
    let query = match parameters.remove("query") {
        None | Some(Value::Null) if names_a_hash(&parameters) => return Ok(Asked::Hash),
        Some(Value::String(query)) if query.is_empty() && names_a_hash(&parameters) => {
            return Ok(Asked::Hash);
        }
        Some(Value::String(query)) => query,
        _ => return Err(bad_request("The parameter \"query\" must be a string.")),
    };
    let mut request = Request::new(query);
    request.operation_name = match parameters.remove("operationName") {
        None | Some(Value::Null) => None,
        // No operation has an empty name: it says that none is named.
        Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
        Some(_) => {
            return Err(bad_request(
                "The parameter \"operationName\" must be a string or null.",
            ));
        }
    };
    request.variables = object(&mut parameters, "variables")?;
    // Extensions are checked and left aside: none is known here.
    let _: Variables = object(&mut parameters, "extensions")?;
    Ok(Asked::Text(Box::new(request)))
}

fn names_a_hash(parameters: &Map<String, Value>) -> bool {
    let extensions = parameters.get("extensions");
    let persisted = extensions.and_then(|all| all.get("persistedQuery"));
    persisted.is_some_and(|one| one["sha256Hash"].is_string())
}

fn object(parameters: &mut Map<String, Value>, name: &str) -> Result<Variables, Problem> {
    match parameters.remove(name) {
        None | Some(Value::Null) => Ok(Variables::default()),
        Some(value @ Value::Object(_)) => serde_json::from_value(value)
            .map_err(|_| bad_request(&format!("The parameter \"{name}\" could not be read."))),
        Some(_) => Err(bad_request(&format!(
            "The parameter \"{name}\" must be an object or null."
        ))),
    }
}

fn bad_request(message: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
}

fn invalid_json(what: &str) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        Code::InvalidJson,
        format!("The {what} is not JSON."),
    )
}

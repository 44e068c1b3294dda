//! From JSON to a GraphQL request: which parameters there are and what kind each must be.

use async_graphql::{Request, Variables};
use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::query_string::{self, QueryString};
use crate::http::{Code, Problem};

/// A request from a POST body.
///
/// # Errors
///
/// 400: no JSON, a batch, no object, a parameter of the wrong kind.
pub(super) fn from_body(body: &[u8]) -> Result<Request, Problem> {
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
pub(super) fn from_query(query: &str) -> Result<Request, Problem> {
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

fn from_map(mut parameters: Map<String, Value>) -> Result<Request, Problem> {
    let Some(Value::String(query)) = parameters.remove("query") else {
        return Err(bad_request("The parameter \"query\" must be a string."));
    };
    let mut request = Request::new(query);
    request.operation_name = match parameters.remove("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name),
        Some(_) => {
            return Err(bad_request(
                "The parameter \"operationName\" must be a string or null.",
            ));
        }
    };
    request.variables = object(&mut parameters, "variables")?;
    // Extensions are checked and left aside: none is known here.
    let _: Variables = object(&mut parameters, "extensions")?;
    Ok(request)
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

//! Gives every error a code, the library's own too, and keeps internals from the client.
//!
//! What a resolver has coded itself stays as it is. An error of a resolver without a code is a
//! fault of ours: it is logged here, once, and the client gets a sentence and the request's id.

use async_graphql::{Response, ServerError, Value};
use axum::http::StatusCode;
use sea_orm::DbErr;
use tower_http::request_id::RequestId;

use crate::http::{Code, told};
use crate::reports;
use crate::store::Trouble;

/// A client mends the first errors first; a thousand of them only make a small request's answer large.
pub(in crate::graphql) const MOST_ERRORS: usize = 50;
/// Messages quote the client's own names and values.
const LONGEST_MESSAGE: usize = 500;

/// The errors of a document that is refused, with their code; not all of very many.
pub(in crate::graphql) fn refused_as(code: Code, errors: Vec<ServerError>) -> Vec<ServerError> {
    let errors = errors.into_iter().take(MOST_ERRORS);
    errors.map(|error| coded(error, code)).collect()
}

/// Gives a code to every error of the response that has none.
pub(in crate::graphql) fn complete(response: &mut Response, id: Option<&RequestId>) {
    for error in &mut response.errors {
        complete_one(error, id);
    }
}

/// Whether an error is a fault of ours.
pub(super) fn is_internal(error: &ServerError) -> bool {
    code_of(error) == Some(&Value::from(Code::Internal.as_str()))
}

/// The status of an answer that an error stands in the way of, where it may be asked for again.
pub(super) fn status_of(error: &ServerError) -> Option<StatusCode> {
    let is = |code: Code| code_of(error) == Some(&Value::from(code.as_str()));
    if is(Code::Unavailable) || is(Code::AuditUnavailable) {
        return Some(StatusCode::SERVICE_UNAVAILABLE);
    }
    is(Code::StorageFull).then_some(StatusCode::INSUFFICIENT_STORAGE)
}

/// The trouble that a coded error tells of.
pub(crate) fn trouble_told(error: &ServerError) -> Option<Trouble> {
    match status_of(error)? {
        StatusCode::INSUFFICIENT_STORAGE => Some(Trouble::Full),
        _ => Some(Trouble::Unavailable),
    }
}

/// The trouble behind an error that a resolver passed on as it came.
fn trouble_of(error: &ServerError) -> Option<Trouble> {
    if let Some(found) = error.source::<DbErr>() {
        return Trouble::of(found);
    }
    error
        .source::<reports::Error>()
        .and_then(|found| Trouble::behind(found))
}

fn complete_one(error: &mut ServerError, id: Option<&RequestId>) {
    if code_of(error).is_some() {
        return;
    }
    if error.source.is_none()
        && let Some(code) = library_code(&error.message)
    {
        set_code(error, code);
        return;
    }
    if let Some(trouble) = trouble_of(error) {
        tracing::warn!(path = ?error.path, message = %error.message, "a resolver had no database");
        let (_, code, message) = told(trouble);
        message.clone_into(&mut error.message);
        set_code(error, code);
        return;
    }
    tracing::error!(path = ?error.path, message = %error.message, "a resolver failed");
    "An internal error occurred. The log has it under the request's id."
        .clone_into(&mut error.message);
    set_code(error, Code::Internal);
    if let Some(id) = id.and_then(|id| id.header_value().to_str().ok()) {
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("requestId", id);
    }
}

/// The library's own errors after validation have neither code nor type, only these sentences.
/// A test holds each against the library.
fn library_code(message: &str) -> Option<Code> {
    let starts = |starts: &[&str]| starts.iter().any(|start| message.starts_with(start));
    if starts(&[
        "Unknown operation named ",
        "Operation name required in request.",
    ]) {
        return Some(Code::OperationResolutionFailure);
    }
    if starts(&["Subscriptions are not supported on this transport."]) {
        return Some(Code::SubscriptionNotSupported);
    }
    match message {
        "Query is too complex." => return Some(Code::TooComplex),
        "Query is nested too deep." => return Some(Code::TooDeep),
        _ => {}
    }
    let is_input = starts(&["Failed to parse \"", "Expected input type \""])
        || (message.starts_with("Variable ") && message.ends_with(" is not defined."));
    is_input.then_some(Code::BadUserInput)
}

fn coded(mut error: ServerError, code: Code) -> ServerError {
    if code_of(&error).is_none() {
        set_code(&mut error, code);
    }
    error
}

fn code_of(error: &ServerError) -> Option<&Value> {
    error.extensions.as_ref()?.get("code")
}

fn set_code(error: &mut ServerError, code: Code) {
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", code.as_str());
    if let Some((end, _)) = error.message.char_indices().nth(LONGEST_MESSAGE) {
        error.message.truncate(end);
        error.message.push('…');
    }
}

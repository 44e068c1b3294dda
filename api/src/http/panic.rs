//! A panic becomes an answer like any other fault of ours; the process and its connections go on.

use std::any::Any;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Code, Problem};

/// The client learns that it was us; the log what it was.
///
/// The parameter's type is the layer's.
pub(super) fn answer(panic: Box<dyn Any + Send>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a text");
    tracing::error!(panic = text, "a request panicked");
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        Code::Internal,
        "An internal error occurred. The log has it under the request's id.",
    )
    .into_response()
}

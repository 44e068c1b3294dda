//! From a GraphQL response to an HTTP one: the status, and `data` only where something ran.

use async_graphql::{Response as GraphqlResponse, ServerError, Value};
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;

use super::accept::Media;
use super::error_codes;
use crate::http::{Code, Problem};

/// Writes the response in the media type.
///
/// # Errors
///
/// 500 when the answer cannot be written as JSON.
pub(super) fn write(media: Media, mut answer: GraphqlResponse) -> Result<Response, Problem> {
    error_codes::complete(&mut answer);
    let body = if is_request_error(&answer) {
        serde_json::to_vec(&serde_json::json!({ "errors": answer.errors }))
    } else {
        serde_json::to_vec(&answer)
    };
    let Ok(body) = body else {
        return Err(Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            Code::Internal,
            "The answer could not be written.",
        ));
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status(media, &answer);
    let headers = response.headers_mut();
    headers.extend(answer.http_headers);
    headers.insert(header::CONTENT_TYPE, media.content_type());
    Ok(response)
}

/// A refusal before anything ran.
pub(super) fn refusal(error: impl Into<ServerError>) -> GraphqlResponse {
    GraphqlResponse::from_errors(vec![error.into()])
}

/// Nothing ran: what a field refuses has that field's path.
fn is_request_error(answer: &GraphqlResponse) -> bool {
    answer.data == Value::Null
        && answer.is_err()
        && answer.errors.iter().all(|error| error.path.is_empty())
}

/// Under `application/json` a client reads errors from the body alone, so it is 200.
fn status(media: Media, answer: &GraphqlResponse) -> StatusCode {
    if media == Media::Json || !is_request_error(answer) {
        return StatusCode::OK;
    }
    if answer.errors.iter().any(error_codes::is_unavailable) {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    if answer.errors.iter().any(error_codes::is_internal) {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    StatusCode::BAD_REQUEST
}

//! From a GraphQL response to an HTTP one: the status, and `data` only where something ran.

use async_graphql::{Response as GraphqlResponse, Value};
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;

use super::accept::Media;
use super::error_codes;
use crate::http::{Code, Problem, RETRY_AFTER};

/// Writes the response in the media type.
///
/// # Errors
///
/// 500 when the answer cannot be written as JSON.
pub(super) fn write(media: Media, mut answer: GraphqlResponse) -> Result<Response, Problem> {
    error_codes::complete(&mut answer, None);
    let waits = waits(&answer);
    let body = if waits.is_some() || is_request_error(&answer) {
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
    *response.status_mut() = waits.unwrap_or_else(|| status(media, &answer));
    let headers = response.headers_mut();
    if waits.is_some() {
        headers.insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    headers.extend(answer.http_headers);
    headers.insert(header::CONTENT_TYPE, media.content_type());
    Ok(response)
}

/// Nothing ran: what a field refuses has that field's path.
fn is_request_error(answer: &GraphqlResponse) -> bool {
    answer.data == Value::Null
        && answer.is_err()
        && answer.errors.iter().all(|error| error.path.is_empty())
}

/// The status of an answer that holds nothing, since the database does not answer or has no room: it is no answer, in any
/// media type, and may be asked for again. Where a change before it was made, that is told instead.
fn waits(answer: &GraphqlResponse) -> Option<StatusCode> {
    let nothing = match &answer.data {
        Value::Null => true,
        Value::Object(fields) => fields.values().all(|field| *field == Value::Null),
        _ => false,
    };
    let mut found = answer.errors.iter().filter_map(error_codes::status_of);
    found.next().filter(|_| nothing)
}

/// Under `application/json` a client reads errors from the body alone, so it is 200.
fn status(media: Media, answer: &GraphqlResponse) -> StatusCode {
    if media == Media::Json || !is_request_error(answer) {
        return StatusCode::OK;
    }
    if answer.errors.iter().any(error_codes::is_internal) {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    StatusCode::BAD_REQUEST
}

#[cfg(test)]
mod tests {
    use async_graphql::ServerError;

    use super::*;
    use crate::http::told;
    use crate::store::Trouble;

    fn answered(data: Value, trouble: Trouble) -> Response {
        let (_, code, message) = told(trouble);
        let mut error = ServerError::new(message, None);
        error.path = vec![async_graphql::PathSegment::Field("rounds".to_owned())];
        error
            .extensions
            .get_or_insert_default()
            .set("code", code.as_str());
        let mut answer = GraphqlResponse::new(data);
        answer.errors = vec![error];
        write(Media::Json, answer).expect("an answer")
    }

    #[test]
    fn an_answer_that_waits_for_the_database_says_when_to_ask_again() {
        let nothing = || async_graphql::value!({ "rounds": null });
        for (trouble, status) in [(Trouble::Unavailable, 503), (Trouble::Full, 507)] {
            for data in [Value::Null, nothing()] {
                let answer = answered(data, trouble);
                assert_eq!(answer.status().as_u16(), status);
                assert!(answer.headers().contains_key(header::RETRY_AFTER));
            }
        }
    }

    #[test]
    fn what_was_done_before_is_told() {
        let done = async_graphql::value!({ "saveQuery": { "path": "/q/a" }, "rounds": null });
        assert_eq!(
            answered(done, Trouble::Unavailable).status(),
            StatusCode::OK
        );
    }
}

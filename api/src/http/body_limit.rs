//! The longest body that a route reads: refused by its announced length, or cut off while it comes.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;

use super::{Code, Problem};

/// Lets a body of at most `most` bytes through. A body without an announced length fails with
/// `LengthLimitError` in whoever reads it, once it is longer.
pub(super) async fn limit(State(most): State<usize>, request: Request, next: Next) -> Response {
    if announced(request.headers()).is_some_and(|length| length > most) {
        return Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            Code::BodyTooLarge,
            format!("The body is longer than {most} bytes."),
        )
        .into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, most))))
        .await
}

/// A length beyond what fits counts as the longest.
fn announced(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?.to_str().ok()?;
    Some(length.parse().unwrap_or(usize::MAX))
}

//! A request's id, and the one line that the log has of it.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Request, Response};
use tower_http::request_id::{MakeRequestId, MakeRequestUuid, RequestId};
use tracing::Span;

const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// Makes ids for requests that came with none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Numbered;

impl MakeRequestId for Numbered {
    fn make_request_id<B>(&mut self, request: &Request<B>) -> Option<RequestId> {
        MakeRequestUuid.make_request_id(request)
    }
}

/// A proxy in front may have numbered the request; anything else in that place is dropped.
pub(super) fn drop_unfit<B>(mut request: Request<B>) -> Request<B> {
    let mut ids = request.headers().get_all(&NAME).iter();
    let keep = match (ids.next(), ids.next()) {
        (Some(id), None) => is_fit(id),
        _ => false,
    };
    if !keep {
        request.headers_mut().remove(&NAME);
    }
    request
}

fn is_fit(id: &HeaderValue) -> bool {
    let bytes = id.as_bytes();
    (8..=64).contains(&bytes.len())
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte == b'_')
}

/// The span around a request. A GET's document and variables stand in its query string, so only
/// the path is kept.
pub(super) fn span<B>(request: &Request<B>) -> Span {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default();
    tracing::info_span!(
        "request",
        id,
        method = %request.method(),
        path = request.uri().path(),
    )
}

/// One line a request.
pub(super) fn log_response<B>(response: &Response<B>, latency: Duration, _: &Span) {
    let status = response.status().as_u16();
    let milliseconds = latency.as_millis();
    tracing::info!(status, milliseconds, "answered");
}

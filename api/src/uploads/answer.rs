//! What an upload is answered with: the submission's JSON, under a status and headers that say what came of it.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use entity::Verdict;
use serde_json::Value;

use crate::http::{Code, Problem};

/// Says what came of the file, where the submission itself says what came of it when it was first sent.
const VERDICT: HeaderName = HeaderName::from_static("samsyn-verdict");
/// Says that the answer was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// How an answer came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The file was judged and is kept.
    Kept,
    /// The file was judged alone.
    Judged,
    /// The key was answered before.
    Before,
}

/// The answer.
pub(super) fn of(submission: &Value, verdict: Verdict, origin: Origin) -> Response {
    let mut response = json(submission);
    *response.status_mut() = status(verdict, origin);
    let headers = response.headers_mut();
    headers.insert(VERDICT, HeaderValue::from_static(verdict.code()));
    if origin == Origin::Before {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    let location = submission["id"]
        .as_str()
        .map(|id| format!("/submissions/{id}"));
    if let Some(location) = location.and_then(|path| HeaderValue::try_from(path).ok()) {
        headers.insert(header::LOCATION, location);
    }
    response
}

/// JSON that nobody between keeps: it is one viewer's.
pub(super) fn json(value: &Value) -> Response {
    let mut response = Response::new(Body::from(value.to_string()));
    let headers = response.headers_mut();
    let content_type = HeaderValue::from_static("application/json; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A dry run is a question, and answered; a refused file is not taken.
const fn status(verdict: Verdict, origin: Origin) -> StatusCode {
    match (verdict, origin) {
        (_, Origin::Judged) | (Verdict::Unchanged, _) => StatusCode::OK,
        (Verdict::Accepted | Verdict::Received, _) => StatusCode::CREATED,
        (Verdict::Rejected | Verdict::NotHandled, _) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Whether JSON is an answer that the client takes.
pub(super) fn check_accepts_json(headers: &HeaderMap) -> Result<(), Problem> {
    let mut ranges = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|range| {
            range
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase()
        })
        .peekable();
    if ranges.peek().is_none()
        || ranges
            .any(|range| ["*/*", "application/*", "application/json"].contains(&range.as_str()))
    {
        return Ok(());
    }
    let message = "The answer is application/json.";
    Err(Problem::new(
        StatusCode::NOT_ACCEPTABLE,
        Code::NotAcceptable,
        message,
    ))
}

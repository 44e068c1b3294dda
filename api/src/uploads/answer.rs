//! What an upload is answered with: the submission's JSON, under a status and headers that say what came of it.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use entity::Verdict;
use serde_json::Value;

use super::media::XLSX;
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

/// The answer: a body, under the status and the headers that say what came of the file.
pub(super) fn of(
    mut response: Response,
    id: Option<&str>,
    verdict: Verdict,
    origin: Origin,
) -> Response {
    *response.status_mut() = status(verdict, origin);
    let headers = response.headers_mut();
    headers.insert(VERDICT, HeaderValue::from_static(verdict.code()));
    if origin == Origin::Before {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    let location = id.map(|id| format!("/submissions/{id}"));
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

/// What the client wants to be answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The submission as JSON.
    Json,
    /// The sender's workbook, marked.
    Workbook,
}

/// What the client wants: a workbook where it names workbooks before JSON, else JSON.
pub(super) fn wanted(headers: &HeaderMap) -> Result<Wanted, Problem> {
    let ranges = headers
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
        });
    let mut is_empty = true;
    for range in ranges {
        is_empty = false;
        match range.as_str() {
            XLSX => return Ok(Wanted::Workbook),
            "*/*" | "application/*" | "application/json" => return Ok(Wanted::Json),
            _ => {}
        }
    }
    if is_empty {
        return Ok(Wanted::Json);
    }
    let message = format!("The answer is application/json, or a marked workbook: {XLSX}.");
    Err(Problem::new(
        StatusCode::NOT_ACCEPTABLE,
        Code::NotAcceptable,
        message,
    ))
}

//! `GET /schema.graphql`: the schema in its own language, for those who have it already too.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::conditional;

/// The text, or that it is the one that the client has.
pub(super) async fn show(State(text): State<Arc<str>>, asked: HeaderMap) -> Response {
    let bytes = text.as_bytes().to_vec();
    let shown = "inline; filename=\"schema.graphql\"";
    conditional(bytes, "text/plain; charset=utf-8", shown, &asked)
}

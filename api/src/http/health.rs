//! Whether the process lives, and whether it can answer: for those who start and route to it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::fault::retried;
use super::{Code, Problem};

/// The part that is not ready, by a name that may be shown to anyone ("database").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotReady(pub &'static str);

/// Asks the parts that the service needs. A closure that returns a future is one.
pub trait Readiness: Send + Sync + 'static {
    /// Whether all are there; else which one is not.
    fn check(&self) -> BoxFuture<'_, Result<(), NotReady>>;
}

impl<F, R> Readiness for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<(), NotReady>> + Send + 'static,
{
    fn check(&self) -> BoxFuture<'_, Result<(), NotReady>> {
        self().boxed()
    }
}

/// A part that does not answer is not there.
const PATIENCE: Duration = Duration::from_secs(5);

/// The process answers; nothing else is asked, or a slow database would have it killed.
pub(super) async fn live() -> impl IntoResponse {
    state(r#"{"status":"live"}"#)
}

/// 200 when every part is there, else 503 with the part's name.
pub(super) async fn ready(readiness: Arc<dyn Readiness>) -> Response {
    let NotReady(part) = match tokio::time::timeout(PATIENCE, readiness.check()).await {
        Ok(Ok(())) => return state(r#"{"status":"ready"}"#).into_response(),
        Ok(Err(not_ready)) => not_ready,
        Err(_) => NotReady("readiness check"),
    };
    let message = format!("Not ready: {part}.");
    let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, Code::NotReady, message);
    retried(problem).into_response()
}

fn state(json: &'static str) -> impl IntoResponse {
    let content_type = "application/json; charset=utf-8";
    ([(header::CONTENT_TYPE, content_type)], json)
}

//! A request does not wait for a database that is gone: it is told so within seconds.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::fault::troubled;
use crate::store::Trouble;

/// Notices that a part which requests wait for does not answer. A closure that returns a future is one.
pub trait Watch: Send + Sync + 'static {
    /// Ends once the part has been found silent; as long as it answers, it goes on.
    fn silence(&self) -> BoxFuture<'_, ()>;
}

impl<F, R> Watch for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    fn silence(&self) -> BoxFuture<'_, ()> {
        self().boxed()
    }
}

/// Answers for the routes below, unless the part that they wait for falls silent first.
pub(super) async fn heed(
    State(watch): State<Arc<dyn Watch>>,
    request: Request,
    next: Next,
) -> Response {
    tokio::select! {
        response = next.run(request) => response,
        () = watch.silence() => troubled(Trouble::Unavailable).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::Router;
    use axum::body::Body;
    use axum::http::{StatusCode, header};
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_request_is_told_of_silence_and_a_long_one_is_not_cut_off() {
        let router = |watch: Arc<dyn Watch>| {
            let slow = async || {
                tokio::time::sleep(Duration::from_millis(200)).await;
                "done"
            };
            Router::new()
                .route("/slow", get(slow))
                .layer(axum::middleware::from_fn_with_state(watch, heed))
        };
        let ask = async |watch: Arc<dyn Watch>| {
            let request = Request::get("/slow").body(Body::empty()).unwrap();
            router(watch).oneshot(request).await.unwrap()
        };
        let answers = ask(Arc::new(std::future::pending::<()>)).await;
        assert_eq!(answers.status(), StatusCode::OK);
        let silent = || tokio::time::sleep(Duration::from_millis(20));
        let told = ask(Arc::new(silent)).await;
        assert_eq!(told.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(told.headers().contains_key(header::RETRY_AFTER));
    }
}

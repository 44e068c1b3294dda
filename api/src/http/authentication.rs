//! Before anything is read: who is calling. What is presented and not valid is 401 on every route.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Code, Problem};
use crate::auth::{Authenticator, Refusal};
use crate::clock::Clock;

/// Whose tokens are believed, and what time it is.
#[derive(Clone, Debug)]
pub struct Authentication {
    /// Whose tokens are believed.
    pub authenticator: Authenticator,
    /// Tells whether a token has expired.
    pub clock: Clock,
}

/// Gives the request its [`Viewer`](crate::policy::Viewer) as an extension, or refuses it.
pub(super) async fn authenticate(
    State(authentication): State<Authentication>,
    mut request: Request,
    next: Next,
) -> Response {
    let now = authentication.clock.now();
    match authentication.authenticator.viewer(request.headers(), now) {
        Ok(viewer) => {
            request.extensions_mut().insert(viewer);
            next.run(request).await
        }
        Err(refusal) => unauthenticated(refusal).into_response(),
    }
}

fn unauthenticated(refusal: Refusal) -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        Code::Unauthenticated,
        refusal.to_string(),
    )
    .header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    .header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))
}

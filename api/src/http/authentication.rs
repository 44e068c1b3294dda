//! Before anything is read: who is calling. What is presented and not valid is 401 on every route, and so is a token of an
//! organisation that the registers do not know.

use std::future::Future;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use entity::OrganisationCode;
use futures::FutureExt;
use futures::future::BoxFuture;

use super::fault::troubled;
use super::{Code, NotReady, Problem, Watch};
use crate::auth::{Authenticator, Refusal};
use crate::clock::Clock;
use crate::store::Trouble;

/// Whose tokens are believed, what time it is, and which organisations there are.
#[derive(Clone)]
pub struct Authentication {
    /// Whose tokens are believed.
    pub authenticator: Authenticator,
    /// Tells whether a token has expired.
    pub clock: Clock,
    /// Whether the organisation that a token names is known.
    pub registered: Arc<dyn Registered>,
    /// Notices that the registers' database does not answer.
    pub watch: Arc<dyn Watch>,
}

/// Whether the registers know an organisation. A closure that returns a future is one.
pub trait Registered: Send + Sync + 'static {
    /// Whether they do, as they count now.
    fn knows(&self, organisation: OrganisationCode) -> BoxFuture<'_, Result<bool, NotReady>>;
}

impl<F, R> Registered for F
where
    F: Fn(OrganisationCode) -> R + Send + Sync + 'static,
    R: Future<Output = Result<bool, NotReady>> + Send + 'static,
{
    fn knows(&self, organisation: OrganisationCode) -> BoxFuture<'_, Result<bool, NotReady>> {
        self(organisation).boxed()
    }
}

/// Tells nothing but that the process lives, and must not wait for a database.
const LIVE: &str = "/health";

/// Gives the request its [`Viewer`](crate::policy::Viewer) as an extension, or refuses it.
pub(super) async fn authenticate(
    State(authentication): State<Authentication>,
    mut request: Request,
    next: Next,
) -> Response {
    let now = authentication.clock.now();
    let viewer = match authentication.authenticator.viewer(request.headers(), now) {
        Ok(viewer) => viewer,
        Err(refusal) => return unauthenticated(&refusal).into_response(),
    };
    let organisation = viewer.organisation.clone();
    if let Some(organisation) = organisation.filter(|_| request.uri().path() != LIVE) {
        let registered = Arc::clone(&authentication.registered);
        // Loading goes on though this request has gone: the next one finds it done.
        let known = tokio::spawn(async move { registered.knows(organisation).await });
        let known = tokio::select! {
            known = known => known,
            () = authentication.watch.silence() => {
                return troubled(Trouble::Unavailable).into_response();
            }
        };
        match known {
            Ok(Ok(true)) => {}
            Ok(Ok(false)) => {
                return unauthenticated(&Refusal::UnknownOrganisation).into_response();
            }
            Ok(Err(NotReady(_))) | Err(_) => {
                return troubled(Trouble::Unavailable).into_response();
            }
        }
    }
    request.extensions_mut().insert(viewer);
    next.run(request).await
}

fn unauthenticated(refusal: &Refusal) -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        Code::Unauthenticated,
        refusal.to_string(),
    )
    .header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    .header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))
}

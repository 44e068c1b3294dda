//! Which host a request is for: said once and well, as HTTP asks. Nothing of it goes into an answer.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request};
use axum::http::uri::Authority;
use axum::http::{StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Code, Problem};

/// Lets a request through that says its host once. What stands between two readers of a request with none, or with two,
/// may take it for another's. Requests that came over no connection are the tests' own.
pub(super) async fn once(request: Request, next: Next) -> Response {
    let came = request.extensions().get::<ConnectInfo<SocketAddr>>();
    if came.is_none() || is_said_once(&request) {
        return next.run(request).await;
    }
    let message = "A request says its host once, in the header Host.";
    Problem::new(StatusCode::BAD_REQUEST, Code::BadRequest, message).into_response()
}

fn is_said_once(request: &Request) -> bool {
    let mut said = request.headers().get_all(header::HOST).iter();
    match (said.next(), said.next()) {
        (Some(host), None) => {
            let host = host.to_str().ok();
            host.is_some_and(|host| host.parse::<Authority>().is_ok_and(|one| is_plain(&one)))
        }
        // HTTP/2 says it in the address.
        (None, None) => {
            request.version() == Version::HTTP_2 && request.uri().authority().is_some_and(is_plain)
        }
        _ => false,
    }
}

/// A host and perhaps a port, and nobody's name before it.
fn is_plain(authority: &Authority) -> bool {
    !authority.host().is_empty() && !authority.as_str().contains('@')
}

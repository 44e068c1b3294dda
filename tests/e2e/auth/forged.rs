//! Tokens made by hand, so that each can be wrong in one thing.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::KeyPair;
use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::harness::{Authority, authority};

/// Header and claims of a token that is right in everything, at an instant.
pub(super) fn right(now: i64) -> (Value, Value) {
    (
        json!({ "alg": "EdDSA", "typ": "JWT", "kid": authority().key_id }),
        json!({
            "iss": Authority::ISSUER, "aud": Authority::AUDIENCE, "sub": "kim", "exp": now + 600,
            "role": "reporter", "organisation": "lansstyrelsen_skane",
        }),
    )
}

fn unsigned(header: &Value, claims: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}", part(&header.to_string()), part(claims))
}

/// Signed with the authority's key, claims as they stand.
pub(super) fn signed_text(header: &Value, claims: &str) -> String {
    let message = unsigned(header, claims);
    let signature = authority().pair.sign(message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Signed with the authority's key.
pub(super) fn signed(header: &Value, claims: &Value) -> String {
    signed_text(header, &claims.to_string())
}

/// Signed with another key that calls itself the authority's.
pub(super) fn signed_by_another(header: &Value, claims: &Value) -> String {
    let message = unsigned(header, &claims.to_string());
    let signature = Authority::new().pair.sign(message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The public key taken for a shared secret: a server that lets the header choose believes it.
pub(super) fn signed_with_the_public_key(header: &Value, claims: &Value) -> String {
    let message = unsigned(header, &claims.to_string());
    let public = authority().pair.public_key().as_ref();
    let signature = hmac::sign(
        &hmac::Key::new(hmac::HMAC_SHA256, public),
        message.as_bytes(),
    );
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Not signed at all.
pub(super) fn not_signed(header: &Value, claims: &Value) -> String {
    format!("{}.", unsigned(header, &claims.to_string()))
}

/// Sends a request with these `Authorization` headers.
pub(super) async fn send(
    router: &axum::Router,
    mut request: Request<Body>,
    headers: &[String],
) -> Response<Body> {
    for text in headers {
        let value = HeaderValue::from_str(text).expect("a header");
        request.headers_mut().append(header::AUTHORIZATION, value);
    }
    router
        .clone()
        .oneshot(request)
        .await
        .expect("the router answers")
}

//! Answers that a client may have already: a tag over the bytes, and 304 where it is the one that was sent.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::intake::hex;

/// Bytes with their media type and how they are to be shown, or that they are the ones that the client has.
#[must_use]
pub fn conditional(
    bytes: Vec<u8>,
    media: &'static str,
    disposition: &str,
    asked: &HeaderMap,
) -> Response {
    let digest = hex(&Sha256::digest(&bytes));
    tagged(&digest, Body::from(bytes), (media, disposition), asked)
}

/// The same of a body whose bytes have a known SHA-256, in hexadecimal digits.
#[must_use]
pub fn tagged(
    sha256: &str,
    body: Body,
    (media, disposition): (&'static str, &str),
    asked: &HeaderMap,
) -> Response {
    // Weak: what is sent may be compressed.
    let tag = format!("W/\"{}\"", &sha256[..32]);
    let same = has(asked, &tag);
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(body)
    };
    let headers = response.headers_mut();
    if !same {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        if let Ok(disposition) = HeaderValue::try_from(disposition) {
            headers.insert(header::CONTENT_DISPOSITION, disposition);
        }
    }
    // It may be kept, and is asked for anew each time.
    let keep = HeaderValue::from_static("no-cache");
    headers.insert(header::CACHE_CONTROL, keep);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Whether the client has what a tag is of: `If-None-Match` compares weakly.
pub(crate) fn has(asked: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let given = asked.get_all(header::IF_NONE_MATCH).into_iter();
    let given = given.filter_map(|value| value.to_str().ok());
    given
        .flat_map(|value| value.split(','))
        .any(|given| given.trim() == "*" || opaque(given) == opaque(tag))
}

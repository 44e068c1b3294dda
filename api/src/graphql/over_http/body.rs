//! Reads a POST body: only JSON in UTF-8, only so long, only so slow.

use std::error::Error;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use mime::Mime;

use crate::http::{Code, Problem};

/// Reads the whole body.
///
/// # Errors
///
/// 415 for what is not JSON in UTF-8 as it is, 413 for what is longer than `most` bytes, 408 for
/// what has not arrived within `time`, 400 for a body that breaks off.
pub(super) async fn read(
    parts: &Parts,
    body: Body,
    most: usize,
    time: Duration,
) -> Result<Bytes, Problem> {
    if !is_plain_json(&parts.headers) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::UnsupportedMediaType,
            "The body must be application/json in UTF-8, without a Content-Encoding.",
        ));
    }
    let body = Limited::new(body, most);
    match tokio::time::timeout(time, body.collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if is_too_long(error.as_ref()) => Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            Code::BodyTooLarge,
            "The body is longer than is read here.",
        )),
        Ok(Err(_)) => Err(Problem::new(
            StatusCode::BAD_REQUEST,
            Code::BadRequest,
            "The body broke off.",
        )),
        Err(_) => Err(Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            Code::RequestTimeout,
            "The body did not arrive in time.",
        )),
    }
}

/// Anything else could be sent by a form on a foreign page with the reader's cookies.
fn is_plain_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(only), None) = (types.next(), types.next()) else {
        return false;
    };
    let Some(media) = only
        .to_str()
        .ok()
        .and_then(|text| text.parse::<Mime>().ok())
    else {
        return false;
    };
    let charset = media.get_param(mime::CHARSET);
    media.essence_str() == mime::APPLICATION_JSON.essence_str()
        && charset.is_none_or(|charset| charset == mime::UTF_8)
        && headers
            .get_all(header::CONTENT_ENCODING)
            .iter()
            .all(|encoding| encoding == "identity")
}

/// The limit may be this one or the layer's around it, which comes wrapped.
fn is_too_long(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<LengthLimitError>() {
            return true;
        }
        next = error.source();
    }
    false
}

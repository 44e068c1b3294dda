//! The key that a client may say with an upload, so that it can ask again without sending twice.

use axum::http::{HeaderMap, StatusCode};

use crate::http::{Code, Problem};

/// The header.
pub(super) const HEADER: &str = "idempotency-key";

/// Characters of a key, at most.
const LONGEST: usize = 200;

/// The key of a request, where it says one.
pub(super) fn of(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut values = headers.get_all(HEADER).iter();
    let Some(only) = values.next() else {
        return Ok(None);
    };
    let text = only.to_str().unwrap_or_default().trim();
    let fits = !text.is_empty() && text.len() <= LONGEST;
    if fits && values.next().is_none() {
        return Ok(Some(text.to_owned()));
    }
    Err(Problem::new(
        StatusCode::BAD_REQUEST,
        Code::BadUserInput,
        "Idempotency-Key is said once, in 1 to 200 plain characters.",
    )
    .about("Idempotency-Key"))
}

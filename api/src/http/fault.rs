//! What a client is told when a request failed through no fault of its own: that the database does not answer, that there
//! is no room, or that the log has it.

use std::error::Error;

use axum::http::{HeaderValue, StatusCode, header};

use super::{Code, Problem};
use crate::store::Trouble;

/// Seconds after which a client asks again: a database that is back is found again at once.
pub const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// The status, the code and the sentence of a trouble.
#[must_use]
pub const fn told(trouble: Trouble) -> (StatusCode, Code, &'static str) {
    match trouble {
        Trouble::Unavailable => (
            StatusCode::SERVICE_UNAVAILABLE,
            Code::Unavailable,
            "The database does not answer now. Ask again. A change may or may not have been made: look, or send it again with the same Idempotency-Key.",
        ),
        Trouble::Full => (
            StatusCode::INSUFFICIENT_STORAGE,
            Code::StorageFull,
            "There is no room left to write, and nothing was kept. Ask again when there is.",
        ),
    }
}

/// The answer to a request that a trouble stood in the way of.
#[must_use]
pub fn troubled(trouble: Trouble) -> Problem {
    let (status, code, message) = told(trouble);
    retried(Problem::new(status, code, message))
}

/// The same answer, with when to ask again.
#[must_use]
pub fn retried(problem: Problem) -> Problem {
    problem.header(header::RETRY_AFTER, RETRY_AFTER)
}

/// The answer to a request that failed inside, by what is behind it; a fault of ours is logged, and the sentence says so.
#[must_use]
pub fn fault(error: &(dyn Error + 'static), sentence: &'static str) -> Problem {
    let Some(trouble) = Trouble::behind(error) else {
        tracing::error!(?error, "{sentence}");
        return Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, sentence);
    };
    tracing::warn!(?error, %trouble, "a request could not be answered");
    troubled(trouble)
}

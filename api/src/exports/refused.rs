//! Why there is no file, as problems with codes.

use axum::http::StatusCode;

use super::written::NotWritten;
use crate::graphql::exported::{NoTable, NotExported};
use crate::http::{Code, Problem, fault, retried};
use crate::reports::Error;

/// There is no such question, or no such form.
pub(super) fn nothing() -> Problem {
    let message = "There is no saved question here: /q/ takes the hash of one, and .csv, .xlsx, .json, .zip, .parquet, .arrow or .graphql.";
    Problem::new(StatusCode::NOT_FOUND, Code::NotFound, message)
}

/// Its answer is no table.
pub(super) fn no_table(refusal: NoTable) -> Problem {
    let message = refusal.to_string();
    let problem = Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message);
    match refusal.swedish() {
        Some(swedish) => problem.about("rows").in_swedish(swedish),
        None => problem,
    }
}

/// It is not answered.
pub(super) fn refused(error: NotExported) -> Problem {
    let message = error.to_string();
    let swedish = error.swedish();
    match error {
        NotExported::Refused { code, argument, .. } => {
            let status = match code.as_str() {
                "UNAUTHENTICATED" => StatusCode::UNAUTHORIZED,
                "FORBIDDEN" | "DISCLOSURE" => StatusCode::FORBIDDEN,
                "RESULT_TOO_LARGE" => StatusCode::PAYLOAD_TOO_LARGE,
                "INTERNAL" => StatusCode::INTERNAL_SERVER_ERROR,
                "UNAVAILABLE" | "AUDIT_UNAVAILABLE" => StatusCode::SERVICE_UNAVAILABLE,
                "STORAGE_FULL" => StatusCode::INSUFFICIENT_STORAGE,
                _ => StatusCode::BAD_REQUEST,
            };
            let problem = Problem::with_code(status, code, message);
            let waits = [
                StatusCode::SERVICE_UNAVAILABLE,
                StatusCode::INSUFFICIENT_STORAGE,
            ];
            let problem = if waits.contains(&status) {
                retried(problem)
            } else {
                problem
            };
            match argument {
                Some(argument) => problem.about(&argument),
                None => problem,
            }
        }
        NotExported::OnePage | NotExported::Begun | NotExported::Cut { .. } => {
            let problem = Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message);
            problem.in_swedish(swedish.unwrap_or_default())
        }
        NotExported::NoRelease(_) => {
            Problem::new(StatusCode::NOT_FOUND, Code::NotFound, message).about("release")
        }
        NotExported::Dataset(Error::Future { .. }) => {
            Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message).about("asOf")
        }
        NotExported::Dataset(other) => internal(other),
    }
}

/// It is not written.
pub(super) fn not_written(error: NotWritten) -> Problem {
    match error {
        NotWritten::TooManyRows { .. }
        | NotWritten::TooManyForASheet { .. }
        | NotWritten::TooLongForACell { .. }
        | NotWritten::NotHeld { .. } => {
            let message = error.to_string();
            Problem::with_code(StatusCode::PAYLOAD_TOO_LARGE, "RESULT_TOO_LARGE", message)
        }
        NotWritten::File(file) => internal(file),
        NotWritten::Csv(error) => match error.into_kind() {
            csv::ErrorKind::Io(file) => internal(file),
            other => internal(std::io::Error::other(format!("{other:?}"))),
        },
        NotWritten::Workbook(_)
        | NotWritten::Package(_)
        | NotWritten::Parquet(_)
        | NotWritten::Arrow(_) => internal(error),
    }
}

/// It took too long.
pub(super) fn too_late() -> Problem {
    let message = "The export took too long: ask for less at a time.";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout, message)
}

/// A mistake in the program, or a failing database or disk.
pub(super) fn internal(error: impl std::error::Error + 'static) -> Problem {
    let sentence = "The export could not be written; the log has it under the request's id.";
    fault(&error, sentence)
}

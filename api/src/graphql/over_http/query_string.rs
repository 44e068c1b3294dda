//! The parameters of a GET request: those that GraphQL knows, each once.

use axum::http::StatusCode;

use crate::http::{Code, Problem, decoded};

/// The parameters that GraphQL over HTTP knows; others are left aside, as in a body.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct QueryString {
    /// The document.
    pub(super) query: Option<String>,
    /// Which of its operations runs.
    pub(super) operation_name: Option<String>,
    /// JSON of an object.
    pub(super) variables: Option<String>,
    /// JSON of an object.
    pub(super) extensions: Option<String>,
}

/// Reads the part of the address behind the question mark.
///
/// # Errors
///
/// 400 for a parameter that comes twice, or one that is not UTF-8.
pub(super) fn read(text: &str) -> Result<QueryString, Problem> {
    let mut known = QueryString::default();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name)?;
        let place = match name.as_str() {
            "query" => &mut known.query,
            "operationName" => &mut known.operation_name,
            "variables" => &mut known.variables,
            "extensions" => &mut known.extensions,
            _ => continue,
        };
        if place.is_some() {
            return Err(refused(format!("The parameter \"{name}\" comes twice.")));
        }
        *place = Some(decoded(value)?);
    }
    Ok(known)
}

fn refused(message: String) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        let read = read("query=%7Ba%7D+%C3%85&x=y&variables=%7B%22a%22%3A1%7D&%").unwrap();
        assert_eq!(read.query.as_deref(), Some("{a} Å"));
        assert_eq!(read.variables.as_deref(), Some(r#"{"a":1}"#));
        assert_eq!(read.operation_name, None);
    }

    #[test]
    fn twice_or_not_utf8_is_refused() {
        assert!(read("query=a&query=b").is_err());
        assert!(read("query=%FF").is_err());
        assert_eq!(read("query=%4").unwrap().query.as_deref(), Some("%4"));
    }
}

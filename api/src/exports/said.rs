//! What an address says beside the question: its variables, the time it is asked of, its rows and its dialect.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::csv::Dialect;
use crate::graphql::exported::Of;
use crate::http::{Code, Given, Problem};

/// The parameters. Whatever else is given is refused by name.
const NAMES: &[&str] = &["variables", "asOf", "release", "rows", "csv"];

/// What the address says beside the question.
pub(super) struct Said {
    pub(super) variables: Map<String, Value>,
    /// Of which dataset it is asked.
    pub(super) of: Of,
    pub(super) rows: Option<String>,
    pub(super) dialect: Dialect,
}

impl Said {
    /// Reads the part of an address behind the question mark.
    pub(super) fn read(query: &str) -> Result<Self, Problem> {
        let given = Given::read(query, NAMES)?;
        let object = |text: &str| match serde_json::from_str(text) {
            Ok(Value::Object(variables)) => Some(variables),
            _ => None,
        };
        let variables = given.parsed("variables", "a JSON object", object)?;
        let of = match (given.instant("asOf")?, given.text("release")) {
            (None, None) => Of::Present,
            (Some(instant), None) => Of::AsOf(instant),
            (None, Some(name)) => Of::Release(name.to_owned()),
            (Some(_), Some(_)) => {
                let said = "a release is sealed: it is asked for without asOf";
                let problem = Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, said);
                return Err(problem.about("release"));
            }
        };
        let dialect = given.parsed("csv", "programs or excel", Dialect::of)?;
        Ok(Self {
            variables: variables.unwrap_or_default(),
            of,
            rows: given.text("rows").map(str::to_owned),
            dialect: dialect.unwrap_or_default(),
        })
    }
}

/// An instant as files show it.
pub(super) fn shown(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

//! How it is asked: the only part of the crate that knows async-graphql.

pub mod limits;
pub mod over_http;

/// The schema.
pub fn schema_text() -> String { String::new() }

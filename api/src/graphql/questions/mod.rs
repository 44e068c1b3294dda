//! What a question means: its document is read, held against the schema's own language, and its variables are coerced, once
//! and before anything looks at them ([decision 29](../../../../docs/decisions/0029-questions-are-held-against-the-schema.md)).
//!
//! The library that executes lets wrong questions through with a plausible answer. So it is not asked what is right: it
//! gets a document that another one has found right, with the values of the variables written out.

mod conditions;
mod kept;
mod language;
mod lines;
mod reader;
mod suggestions;
mod turned;
mod values;
mod variables;

pub use language::Language;
pub use reader::{Prepared, Reader};
pub use suggestions::Suggesting;

pub(in crate::graphql) use lines::Lines;

#[cfg(test)]
mod tests;

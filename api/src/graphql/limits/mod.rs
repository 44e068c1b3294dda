//! How much one request may ask for, and the guard that refuses more before it costs anything.
//!
//! The library expands every fragment spread anew before it compares limits: 800 bytes of fragments that spread the one
//! before twice would stop it. So the text is measured first, then its tokens, and then the parsed document with a memo for
//! each fragment; only then it is held against the schema (`questions`).

mod expansion;
mod measured;
mod refusal;
mod tokens;
mod written;

use async_graphql::{ObjectType, SchemaBuilder, SubscriptionType, ValidationMode};

pub(in crate::graphql) use measured::{measure, parsed, scanned};
pub use refusal::{Measure, Refusal};
pub use tokens::normalised;

/// The limits of one request. Every number is the most that is still taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an HTTP body, variables included (256 KiB).
    pub body_bytes: usize,
    /// Bytes of the document's text (64 KiB).
    pub document_bytes: usize,
    /// Tokens of the document, counted before it is parsed (10 000).
    pub tokens: usize,
    /// Brackets of any kind that are open at the same time (64): the parser recurses on them.
    pub nesting: usize,
    /// Operations and fragments of the document together (100).
    pub definitions: usize,
    /// Variables that one operation defines (100).
    pub variables: usize,
    /// Aliases in the document's text (200).
    pub aliases: usize,
    /// Root fields of one operation, fragments expanded (50).
    pub root_fields: usize,
    /// Fields, spreads and inline fragments of all operations, fragments expanded (2 000).
    pub fields: usize,
    /// Argument values and directives, fragments and variables expanded (50 000).
    pub values: usize,
    /// Fields below one another, leaves included, fragments expanded (15: introspection asks them all).
    pub depth: usize,
    /// Estimated objects of an introspection (1 000 000); the usual one asks 650 000.
    pub introspection: usize,
    /// The library's complexity (20 000): 1 a field unless the field says otherwise.
    pub complexity: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 256 * 1024,
            document_bytes: 64 * 1024,
            tokens: 10_000,
            nesting: 64,
            definitions: 100,
            variables: 100,
            aliases: 200,
            root_fields: 50,
            fields: 2_000,
            values: 50_000,
            depth: 15,
            introspection: 1_000_000,
            complexity: 20_000,
        }
    }
}

/// Puts the library's own limits on a schema.
///
/// What is right of a document has been found out before the library sees it, so of its own rules only those are asked
/// that limit what it does.
#[must_use]
pub(in crate::graphql) fn limited<Query, Mutation, Subscription>(
    builder: SchemaBuilder<Query, Mutation, Subscription>,
    limits: &Limits,
) -> SchemaBuilder<Query, Mutation, Subscription>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    builder
        .validation_mode(ValidationMode::Fast)
        .limit_depth(limits.depth)
        .limit_complexity(limits.complexity)
        .limit_recursive_depth(limits.nesting)
}

#[cfg(test)]
mod tests;

//! Mends an answer where the library departs from the GraphQL specification.
//!
//! The library leaves a failed field out instead of writing null, lets no null rise to the nearest
//! nullable parent, and writes fields as they get ready. So the answer is walked once beside the
//! document that was executed. Where nothing failed only the order is looked at, and where the
//! order is right nothing is written.

mod asked;
mod collection;
mod failures;
mod fitting;
mod mend;
mod order;
mod plan;
mod question;
mod types;

pub use asked::Asked;
pub(in crate::graphql) use types::Types;

#[cfg(test)]
mod dummy;
#[cfg(test)]
mod random_tests;
#[cfg(test)]
mod tests;

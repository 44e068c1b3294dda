//! Releases in the schema: which sealed dataset an answer is of.

use async_graphql::SimpleObject;

/// A sealed dataset (fryst datauttag).
#[derive(Clone, Debug, SimpleObject)]
pub struct Release {
    /// Its name (beteckning).
    id: String,
    /// SHA-256 of its manifest, in hexadecimal digits (kontrollsumma).
    sha256: String,
}

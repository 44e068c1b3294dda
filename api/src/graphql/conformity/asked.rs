//! What was asked, kept while the library runs it, and the answer mended by it.

use async_graphql::Response;
use async_graphql::parser::types::ExecutableDocument;

use super::mend::mend;
use super::question::Question;
use super::types::Types;

/// The document of a request.
pub struct Asked(Question);

impl Asked {
    /// Of a document that is about to be executed.
    #[must_use]
    pub(in crate::graphql) const fn new(document: ExecutableDocument) -> Self {
        Self(Question::new(document))
    }

    /// Makes the answer what the specification says: null for a failed field, null that rises from a non-null one, and
    /// fields in the document's order.
    pub(in crate::graphql) fn mend(&self, response: &mut Response, types: &Types) {
        mend(response, &self.0, types);
    }
}

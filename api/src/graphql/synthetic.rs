//! Marks every answer that used synthetic rows: `extensions.synthetic: true`.

use async_graphql::{Response, Value};

use crate::context::RequestContext;

/// Marks an answer, where its request used synthetic rows.
pub(super) fn mark(request: &RequestContext, response: &mut Response) {
    if request.used_synthetic() {
        let extensions = &mut response.extensions;
        extensions.insert("synthetic".to_owned(), Value::Boolean(true));
    }
}

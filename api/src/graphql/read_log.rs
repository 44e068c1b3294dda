//! An answer with what is not open leaves only after its read is noted: fail closed.

use async_graphql::{ErrorExtensionValues, Response, ServerError};
use tower_http::request_id::RequestId;

use crate::context::RequestContext;
use crate::http::Code;

/// Notes what a request has read; gives the answer that may leave then.
pub(super) async fn noted(
    request: &RequestContext,
    id: Option<&RequestId>,
    response: Response,
) -> Response {
    let id = id.and_then(|id| id.header_value().to_str().ok());
    match request.settle_reads(id.unwrap_or_default()).await {
        Ok(()) => response,
        Err(error) => {
            let mut error = ServerError::new(error.to_string(), None);
            let mut extensions = ErrorExtensionValues::default();
            extensions.set("code", Code::AuditUnavailable.as_str());
            error.extensions = Some(extensions);
            Response::from_errors(vec![error])
        }
    }
}

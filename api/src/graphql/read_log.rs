//! An answer with what is not open leaves only after its read is noted: fail closed.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{ErrorExtensionValues, Response, ServerError, async_trait};
use tower_http::request_id::RequestId;

use crate::context::RequestContext;
use crate::http::Code;

/// The extension that notes what a request has read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NoteReads;

impl ExtensionFactory for NoteReads {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
    }
}

#[async_trait::async_trait]
impl Extension for NoteReads {
    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let response = next.run(ctx, operation_name).await;
        let Ok(request) = ctx.data::<RequestContext>() else {
            return response;
        };
        let id = ctx
            .data_opt::<RequestId>()
            .and_then(|id| id.header_value().to_str().ok());
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
}

//! The guard as an extension of the schema, for transports that do not prepare requests themselves.

use std::any::TypeId;
use std::sync::Arc;

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextPrepareRequest,
};
use async_graphql::{Request, ServerError, ServerResult, async_trait};

use crate::graphql::questions::{Prepared, Reader};

/// Refuses documents that are beyond the limits or not in the schema's language before the library sees them.
#[derive(Debug, Clone)]
pub struct Guard {
    reader: Reader,
}

impl Guard {
    /// A guard that reads so.
    #[must_use]
    pub const fn new(reader: Reader) -> Self {
        Self { reader }
    }
}

impl ExtensionFactory for Guard {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(self.clone())
    }
}

#[async_trait::async_trait]
impl Extension for Guard {
    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        mut request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        if !request.data.contains_key(&TypeId::of::<Prepared>()) {
            let prepared = self.reader.prepare(&mut request);
            // The library takes one error here; over HTTP all of them are answered.
            prepared.map_err(|errors| {
                let first = errors.into_iter().next();
                first.unwrap_or_else(|| ServerError::new("The document is refused.", None))
            })?;
        }
        next.run(ctx, request).await
    }
}

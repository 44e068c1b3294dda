//! The guard as an extension of the schema, for transports that do not prepare requests themselves.

use std::any::TypeId;
use std::sync::Arc;

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextPrepareRequest,
};
use async_graphql::{Request, ServerResult, async_trait};

use super::{Limits, Prepared, prepare};

/// Refuses documents beyond the limits before the library validates them.
#[derive(Debug, Clone, Copy)]
pub struct Guard {
    limits: Limits,
}

impl Guard {
    /// A guard with these limits.
    #[must_use]
    pub const fn new(limits: Limits) -> Self {
        Self { limits }
    }
}

impl ExtensionFactory for Guard {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
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
            prepare(&self.limits, &mut request)?;
        }
        next.run(ctx, request).await
    }
}

//! Marks every answer that used synthetic rows: `extensions.synthetic: true`.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{Response, Value, async_trait};

use crate::context::RequestContext;

/// The extension that marks synthetic answers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MarkSynthetic;

impl ExtensionFactory for MarkSynthetic {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
    }
}

#[async_trait::async_trait]
impl Extension for MarkSynthetic {
    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let mut response = next.run(ctx, operation_name).await;
        let used = ctx
            .data::<RequestContext>()
            .is_ok_and(RequestContext::used_synthetic);
        if used {
            response
                .extensions
                .insert("synthetic".to_owned(), Value::Boolean(true));
        }
        response
    }
}

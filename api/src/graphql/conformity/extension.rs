//! The extension: keeps the document when it is parsed and mends the answer when it is there.

use std::sync::{Arc, OnceLock};

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery, NextResolve,
    ResolveInfo,
};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{
    PathSegment, QueryPathNode, QueryPathSegment, Response, ServerError, ServerResult, Value,
    Variables, async_trait,
};

use super::mend::mend;
use super::question::Question;
use crate::graphql::DESCRIPTION;

/// Makes answers to queries and mutations what the specification says: null for a failed field,
/// null that rises from a non-null one, and fields in the document's order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Conformity;

impl ExtensionFactory for Conformity {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(OneRequest::default())
    }
}

/// The library makes one of these for each request.
#[derive(Default)]
struct OneRequest {
    question: OnceLock<Question>,
}

#[async_trait::async_trait]
impl Extension for OneRequest {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await?;
        self.question
            .get_or_init(|| Question::new(document.clone()));
        Ok(document)
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let mut response = next.run(ctx, operation_name).await;
        if let Some(question) = self.question.get() {
            let registry = &ctx.schema_env.registry;
            mend(&mut response, question, registry);
        }
        response
    }

    /// Fields asked of an interface fail without a path, which a client and the mending both need; and the library tells the
    /// type `__Schema`'s description for the schema's.
    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        if info.parent_type == "__Schema" && info.name == "description" {
            return Ok(Some(Value::from(DESCRIPTION)));
        }
        let place = info.path_node;
        let resolved = next.run(ctx, info).await;
        resolved.map_err(|error| placed(error, place))
    }
}

fn placed(mut error: ServerError, place: &QueryPathNode<'_>) -> ServerError {
    if error.path.is_empty() {
        let nodes = std::iter::once(place).chain(place.parents());
        error.path = nodes.map(|node| segment(node.segment)).collect();
        error.path.reverse();
    }
    error
}

fn segment(segment: QueryPathSegment<'_>) -> PathSegment {
    match segment {
        QueryPathSegment::Index(index) => PathSegment::Index(index),
        QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
    }
}

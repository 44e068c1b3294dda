//! A schema as it is asked: the question is read first, the library runs it, and the answer is made what the specification
//! says, its errors coded.
//!
//! All of that stands round the library and not within it: with an extension of a schema the library wraps every field of
//! every answer, a fifth of what a long list costs.

use std::any::{Any, TypeId};
use std::sync::Arc;

use async_graphql::{
    Data, Executor, ObjectType, Request, Response, Schema, SchemaBuilder, ServerError,
    SubscriptionType,
};
use futures::stream::{self, BoxStream, StreamExt};
use tower_http::request_id::RequestId;

use super::conformity::Asked;
use super::limits;
use super::over_http::complete;
use super::questions::{Prepared, Reader};

/// A schema with what reads its questions.
pub struct Answering<Query, Mutation, Subscription> {
    schema: Schema<Query, Mutation, Subscription>,
    reader: Reader,
}

impl<Query, Mutation, Subscription> Clone for Answering<Query, Mutation, Subscription> {
    fn clone(&self) -> Self {
        Self {
            schema: self.schema.clone(),
            reader: self.reader.clone(),
        }
    }
}

impl<Query, Mutation, Subscription> Answering<Query, Mutation, Subscription>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    /// Of a schema without extensions, whose questions are read so.
    #[must_use]
    pub fn new(builder: SchemaBuilder<Query, Mutation, Subscription>, reader: Reader) -> Self {
        let schema = limits::limited(builder, reader.limits()).finish();
        Self { schema, reader }
    }

    /// Answers a request, which is read here where nobody has read it before.
    pub async fn execute(&self, request: impl Into<Request>) -> Response {
        let mut request = request.into();
        if find::<Prepared>(&request.data).is_none()
            && let Err(errors) = self.reader.prepare(&mut request)
        {
            // Over HTTP all of them are answered; a caller in-process mends the first one first.
            return Response::from_errors(errors.into_iter().take(1).collect());
        }
        let id = find::<RequestId>(&request.data).cloned();
        let asked = match request.parsed_query() {
            Ok(document) => Asked::new(document.clone()),
            Err(error) => return Response::from_errors(vec![error]),
        };
        let mut response = self.schema.execute(request).await;
        // What the library refuses has not been run.
        let has_run =
            response.is_ok() || response.errors.iter().any(|error| !error.path.is_empty());
        if has_run {
            asked.mend(&mut response, self.reader.types());
        }
        complete(&mut response, id.as_ref());
        response
    }
}

impl<Query, Mutation, Subscription> Executor for Answering<Query, Mutation, Subscription>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    async fn execute(&self, request: Request) -> Response {
        Self::execute(self, request).await
    }

    fn execute_stream(
        &self,
        _request: Request,
        _session_data: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        let said = "Subscriptions are not supported on this transport.";
        let mut refused = Response::from_errors(vec![ServerError::new(said, None)]);
        complete(&mut refused, None);
        stream::once(async { refused }).boxed()
    }
}

/// What a request's data hold of a type.
pub(super) fn find<T: Any + Send + Sync>(data: &Data) -> Option<&T> {
    data.get(&TypeId::of::<T>())?.downcast_ref()
}

//! A schema for these tests: small, with a resolver for each kind of failure.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{
    Context, EmptySubscription, Error, ErrorExtensions, Object, Result, Schema, SimpleObject,
};
use axum::Router;
use axum::http::StatusCode;
use axum::http::request::Parts;

use super::{Endpoint, RequestData, TimeLimits};
use crate::graphql::answering::Answering;
use crate::graphql::limits::Limits;
use crate::graphql::questions::{Language, Reader};
use crate::http::{Problem, Routes, router};

pub(crate) struct Query;

#[derive(SimpleObject)]
struct Leaf {
    name: String,
}

impl Query {
    fn out_of_bounds(&self) -> usize {
        7
    }
}

#[Object]
impl Query {
    async fn hello(&self) -> &'static str {
        "hello"
    }

    async fn me(&self) -> Query {
        Query
    }

    async fn leaf(&self) -> Option<Leaf> {
        None
    }

    async fn echo(&self, numbers: Vec<i32>) -> usize {
        numbers.len()
    }

    async fn short(&self, #[graphql(validator(max_length = 3))] text: String) -> String {
        text
    }

    async fn viewer(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.data::<Viewer>()?.0.clone())
    }

    async fn slow(&self) -> bool {
        tokio::time::sleep(Duration::from_secs(3600)).await;
        true
    }

    async fn panics(&self) -> bool {
        [true][self.out_of_bounds()]
    }

    async fn fails(&self) -> Result<Option<bool>> {
        Err(std::io::Error::other("secret of the database").into())
    }

    async fn fails_uncoded(&self) -> Result<Option<bool>> {
        Err(Error::new("secret too"))
    }

    async fn coded(&self) -> Result<Option<bool>> {
        let error = Error::new("The round is closed.");
        Err(error.extend_with(|_, values| values.set("code", "ROUND_CLOSED")))
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn change(&self) -> bool {
        true
    }
}

pub(crate) type Dummy = Answering<Query, Mutation, EmptySubscription>;

pub(crate) fn schema(limits: &Limits) -> Dummy {
    Answering::new(
        Schema::build(Query, Mutation, EmptySubscription),
        reader(limits),
    )
}

pub(crate) fn reader(limits: &Limits) -> Reader {
    Reader::new(*limits, Arc::new(Language::read(&schema_text()).unwrap()))
}

fn schema_text() -> String {
    let builder = Schema::build(Query, Mutation, EmptySubscription);
    builder.finish().sdl()
}

/// Who asks, by the header's own text; "bad" is refused.
pub(crate) struct Viewer(String);

pub(crate) struct Bearer;

impl RequestData for Bearer {
    async fn attach(&self, parts: &Parts, data: &mut async_graphql::Data) -> Result<(), Problem> {
        let token = parts.headers.get("x-caller");
        match token.and_then(|token| token.to_str().ok()) {
            Some("bad") => Err(Problem::with_code(
                StatusCode::UNAUTHORIZED,
                "UNAUTHENTICATED",
                "The token is not valid.",
            )),
            token => {
                data.insert(Viewer(token.unwrap_or("anyone").to_owned()));
                Ok(())
            }
        }
    }
}

/// The whole service around the dummy schema.
pub(crate) fn service() -> Router {
    let limits = Limits {
        body_bytes: 4096,
        ..Limits::default()
    };
    let times = TimeLimits {
        body: Duration::from_millis(200),
        answer: Duration::from_millis(200),
        change: Duration::from_millis(200),
    };
    let schema = schema(&limits);
    router(Routes {
        schema_text: schema_text().into(),
        graphql: Endpoint::new(schema, Bearer, reader(&limits), times).into_route(),
        templates: axum::routing::get(async || "templates"),
        calendar: axum::routing::get(async || "templates"),
        exports: axum::routing::get(async || "exports"),
        datapackage: axum::routing::get(async || "datapackage"),
        dcat: axum::routing::get(async || "dcat"),
        readiness: std::sync::Arc::new(async || Ok(())),
        watch: std::sync::Arc::new(std::future::pending::<()>),
        public_url: "http://samsyn.example".into(),
        authentication: crate::http::Authentication {
            authenticator: crate::auth::Authenticator::closed(),
            clock: crate::clock::Clock::system(),
            registered: std::sync::Arc::new(async |_: entity::OrganisationCode| Ok(true)),
            watch: std::sync::Arc::new(std::future::pending::<()>),
        },
        submissions: Router::new(),
        body_bytes: limits.body_bytes,
    })
}

//! The route itself: one request from headers to answer, in the order that costs least.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use async_graphql::{Data, Executor, Response as Answer, ServerError};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any};
use tower_http::request_id::RequestId;

use super::accept::{self, Media};
use super::parameters::{self, Asked};
use super::standing::Place;
use super::{RequestData, answer, body, refused_as};
use crate::graphql::questions::Reader;
use crate::http::{Admission, Code, Problem, Watch, troubled};
use crate::policy::Viewer;
use crate::store::Trouble;

/// How long a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimits {
    /// For the body to arrive (10 s).
    pub body: Duration,
    /// For the answer, from the request's own data to the last field (30 s).
    pub answer: Duration,
    /// The same of a mutation: what it does with a whole file has its own time, as an upload has (9 min, since a
    /// connection lives for 10).
    pub change: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self {
            body: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            change: Duration::from_mins(9),
        }
    }
}

/// A schema behind HTTP.
pub struct Endpoint<E, D> {
    executor: E,
    data: D,
    reader: Reader,
    times: TimeLimits,
    admission: Admission,
    watch: Option<Arc<dyn Watch>>,
}

impl<E: Executor, D: RequestData> Endpoint<E, D> {
    /// The executor is a schema whose questions the same reader reads.
    pub fn new(executor: E, data: D, reader: Reader, times: TimeLimits) -> Self {
        Self {
            executor,
            data,
            reader,
            times,
            admission: Admission::default(),
            watch: None,
        }
    }

    /// The same, whose requests do not wait for a database that does not answer.
    #[must_use]
    pub fn watching(self, watch: Arc<dyn Watch>) -> Self {
        Self {
            watch: Some(watch),
            ..self
        }
    }

    /// The same, with these places for requests.
    #[must_use]
    pub fn admitting(self, admission: Admission) -> Self {
        Self { admission, ..self }
    }

    /// The route for every method; those but GET and POST are answered with 405.
    pub fn into_route(self) -> MethodRouter {
        any(serve::<E, D>).with_state(Arc::new(self))
    }

    async fn answer(&self, media: Media, parts: &Parts, body: Body) -> Result<Response, Problem> {
        let mut data = Data::default();
        if let Some(id) = parts.extensions.get::<RequestId>() {
            data.insert(id.clone());
        }
        let attached = self.data.attach(parts, &mut data);
        self.in_time(self.times.answer, attached).await??;

        let text = self.text(parts, body).await?;
        let standing = self.in_time(self.times.answer, self.data.standing(&data));
        let place = standing
            .await?
            .map(|found| Place::of(found, media, parts, &text));
        if let Some(place) = &place
            && let Some(answered) = place.answered().await
        {
            return Ok(place.respond(&answered));
        }
        let Asked::Text(mut request) = Self::read(parts, &text)? else {
            return answer::write(media, Answer::from_errors(not_persisted()));
        };
        request.data = data;
        let prepared = match self.reader.prepare(&mut request) {
            Ok(prepared) => prepared,
            Err(errors) => return answer::write(media, Answer::from_errors(errors)),
        };
        if prepared.operation == OperationType::Mutation && parts.method == Method::GET {
            return Err(mutation_by_get());
        }
        let time = match prepared.operation {
            OperationType::Mutation => self.times.change,
            _ => self.times.answer,
        };
        let caller = parts.extensions.get::<Viewer>();
        let caller = caller.map_or("", |viewer| viewer.subject.as_str());
        let is_change = prepared.operation == OperationType::Mutation;
        let _turn = if is_change {
            self.admission.change(caller).await?
        } else {
            self.admission.question(caller).await?
        };
        let answer = self.in_time(time, self.executor.execute(*request)).await?;
        let may_be_kept = !is_change && answer.is_ok();
        let response = answer::write(media, answer)?;
        Ok(match place.filter(|_| may_be_kept) {
            Some(place) => place.keep(response).await,
            None => response,
        })
    }

    /// What is asked, word by word.
    async fn text(&self, parts: &Parts, body: Body) -> Result<Bytes, Problem> {
        if parts.method == Method::GET {
            let query = parts.uri.query().unwrap_or_default();
            return Ok(Bytes::copy_from_slice(query.as_bytes()));
        }
        let most = self.reader.limits().body_bytes;
        body::read(parts, body, most, self.times.body).await
    }

    fn read(parts: &Parts, text: &[u8]) -> Result<Asked, Problem> {
        if parts.method == Method::GET {
            return parameters::from_query(parts.uri.query().unwrap_or_default());
        }
        parameters::from_body(text)
    }

    async fn in_time<T>(
        &self,
        time: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, Problem> {
        let work = tokio::time::timeout(time, work);
        let in_time = match &self.watch {
            None => work.await,
            Some(watch) => tokio::select! {
                done = work => done,
                () = watch.silence() => return Err(troubled(Trouble::Unavailable)),
            },
        };
        in_time.map_err(|_| {
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                Code::Timeout,
                "The answer was not ready in time. A mutation may or may not have been done.",
            )
        })
    }
}

async fn serve<E: Executor, D: RequestData>(
    State(endpoint): State<Arc<Endpoint<E, D>>>,
    request: axum::extract::Request,
) -> Response {
    let (parts, body) = request.into_parts();
    if parts.method != Method::GET && parts.method != Method::POST {
        return method_not_allowed().into_response();
    }
    let media = match accept::negotiate(&parts.headers) {
        Ok(media) => media,
        Err(problem) => return problem.into_response(),
    };
    let answer = endpoint.answer(media, &parts, body).await;
    let mut response =
        answer.unwrap_or_else(|problem| problem.into_response_as(media.content_type()));
    let vary = HeaderValue::from_static("accept");
    response.headers_mut().append(header::VARY, vary);
    response
}

fn method_not_allowed() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        Code::MethodNotAllowed,
        "GraphQL is asked by POST, or a query by GET.",
    )
    .header(header::ALLOW, HeaderValue::from_static("GET, POST"))
}

/// An address can be opened by a link or an image on a foreign page: it must change nothing.
fn mutation_by_get() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        Code::MethodNotAllowed,
        "A mutation is asked by POST.",
    )
    .header(header::ALLOW, HeaderValue::from_static("POST"))
}

/// Clients look for this sentence, or the code, and nothing else.
fn not_persisted() -> Vec<ServerError> {
    let error = ServerError::new("PersistedQueryNotSupported", None);
    refused_as(Code::PersistedQueryNotSupported, vec![error])
}

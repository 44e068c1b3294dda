//! The list of routes, and the layers around them in one order.

mod admission;
mod allowed;
mod authentication;
mod body_limit;
mod code;
mod conditional;
mod fault;
mod file_body;
mod front_page;
mod health;
mod host;
mod panic;
mod problem;
mod query;
mod request_id;
mod schema_text;
mod server;
mod silence;

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::routing::{MethodRouter, get};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

pub use admission::{Admission, AdmissionLimits};
pub use allowed::allowed;
pub use authentication::{Authentication, Registered};
pub use code::Code;
pub(crate) use conditional::has;
pub use conditional::{conditional, tagged};
pub use fault::{RETRY_AFTER, fault, retried, told, troubled};
pub use file_body::file_body;
pub use health::{NotReady, Readiness};
pub use problem::Problem;
pub use query::{Given, decoded, parameters};
pub use server::{ServerLimits, serve};
pub use silence::Watch;

/// What the routes are made of.
pub struct Routes {
    /// `/graphql`, from [`Endpoint::into_route`](crate::graphql::over_http::Endpoint::into_route).
    pub graphql: MethodRouter,
    /// `/templates/{file}`, from [`templates`](crate::workbooks::templates).
    pub templates: MethodRouter,
    /// `/calendar.ics`, from [`calendar`](crate::calendar::calendar).
    pub calendar: MethodRouter,
    /// `/q/{file}`, from [`exports`](crate::exports::exports).
    pub exports: MethodRouter,
    /// `/datapackage.json`, from [`datapackage`](crate::open_data::datapackage).
    pub datapackage: MethodRouter,
    /// `/dcat`, from [`dcat`](crate::open_data::dcat).
    pub dcat: MethodRouter,
    /// `/submissions` and below, from [`routes`](crate::uploads::routes), which limits the bodies it reads itself.
    pub submissions: Router,
    /// The schema in its own language, as `api/schema.graphql` holds it.
    pub schema_text: Arc<str>,
    /// Whether the parts that the service needs are there.
    pub readiness: Arc<dyn Readiness>,
    /// Notices that the database does not answer.
    pub watch: Arc<dyn Watch>,
    /// The address that links begin with, without a slash at its end.
    pub public_url: Arc<str>,
    /// Who is calling.
    pub authentication: Authentication,
    /// The longest body that these routes read, in bytes.
    pub body_bytes: usize,
}

/// The service: every route and every layer.
///
/// There is no CORS layer: other origins are closed out by default.
pub fn router(routes: Routes) -> Router {
    let readiness = routes.readiness;
    let limited = axum::middleware::from_fn_with_state(routes.body_bytes, body_limit::limit);
    let authenticated =
        axum::middleware::from_fn_with_state(routes.authentication, authentication::authenticate);
    let heeding = axum::middleware::from_fn_with_state(routes.watch, silence::heed);
    let no_store = || if_absent(header::CACHE_CONTROL, "no-store");

    let listed = Router::new()
        .route("/templates/{file}", routes.templates)
        .route("/calendar.ics", routes.calendar)
        .route("/q/{file}", routes.exports)
        .route("/datapackage.json", routes.datapackage)
        .route("/dcat", routes.dcat)
        .layer(heeding.clone())
        // These wait for no database, or see to it themselves.
        .route("/", get(front_page::show).with_state(routes.public_url))
        .route("/graphql", routes.graphql.layer(no_store()))
        .route("/health", get(health::live).layer(no_store()))
        .route(
            "/health/ready",
            get(move || health::ready(readiness)).layer(no_store()),
        )
        .route(
            "/schema.graphql",
            get(schema_text::show).with_state(routes.schema_text),
        )
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(not_found)
        .layer(limited)
        .merge(
            routes
                .submissions
                .method_not_allowed_fallback(method_not_allowed)
                .layer(heeding),
        )
        // Before the body: a caller without a valid token costs nothing.
        .layer(authenticated)
        .layer(axum::middleware::from_fn(host::once));
    layered(listed)
}

/// The layers, from the outermost to the innermost.
fn layered(listed: Router) -> Router {
    let layers = ServiceBuilder::new()
        // An id that came and is not one of ours must not get into the log.
        .map_request(request_id::drop_unfit)
        // The request's id: everything below may log it.
        .layer(SetRequestIdLayer::x_request_id(request_id::Numbered))
        // One span and one line a request; path without query string, never a body.
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(request_id::span)
                .on_request(())
                .on_response(request_id::log_response)
                .on_failure(()),
        )
        // The id goes back to the client, on refusals too.
        .layer(PropagateRequestIdLayer::x_request_id())
        // A page may set its own policy; what sets none gets the strictest.
        .layer(if_absent(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(if_absent(header::REFERRER_POLICY, "no-referrer"))
        .layer(if_absent(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ))
        // Answers are JSON of many equal words: a tenth of the size.
        .layer(CompressionLayer::new().gzip(true))
        // Innermost, so that a panic's answer is logged, numbered and guarded like any other.
        .layer(CatchPanicLayer::custom(panic::answer));
    listed.layer(layers)
}

fn if_absent(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

async fn not_found() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        Code::NotFound,
        "There is nothing at this path.",
    )
}

async fn method_not_allowed(method: Method) -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        Code::MethodNotAllowed,
        format!("This path is not asked by {method}."),
    )
}

#[cfg(test)]
mod tests;

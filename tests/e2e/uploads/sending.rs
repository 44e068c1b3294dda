//! Requests as a client of an agency makes them.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use crate::harness::{Persona, TestApp};

/// What the reporter of an agency sends for its own costs.
pub(super) const PATH: &str =
    "/submissions?kind=administrative_costs&assignment=S2016%2F00633%2FFST&fileName=kostnader.csv";

/// Costs of the agency, other ones with another amount.
pub(super) fn costs(amount: &str) -> String {
    format!("year;myndighet;kostnadsslag;belopp\n2017;nck;OTHER;{amount}\n")
}

/// The agency's reporter: its files wait for the coordinator.
pub(super) fn reporter() -> Persona {
    Persona::reporter("nck")
}

/// The coordinator of the assignment.
pub(super) fn coordinator() -> Persona {
    Persona::coordinator("socialstyrelsen")
}

/// An answer as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&self.bytes)))
    }

    /// The code and the argument of a refusal.
    pub(super) fn refusal(&self) -> (StatusCode, String, String) {
        let answer = self.json();
        let extensions = &answer["errors"][0]["extensions"];
        let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
        (self.status, text("code"), text("argument"))
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a text"))
    }
}

/// Sends a request to a service.
pub(super) async fn call(router: &Router, request: Request<Body>) -> Answer {
    let response = router
        .clone()
        .oneshot(request)
        .await
        .expect("the router answers");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
    Answer {
        status: parts.status,
        headers: parts.headers,
        bytes,
    }
}

/// A file as a request.
pub(super) fn file(path: &str, text: &str) -> Request<Body> {
    Request::post(path)
        .header(header::CONTENT_TYPE, "text/csv")
        .body(Body::from(text.to_owned()))
        .expect("a request")
}

/// Posts a file as somebody.
pub(super) async fn post(app: &TestApp, who: &Persona, path: &str, text: &str) -> Answer {
    let mut request = file(path, text);
    who.sign(&mut request);
    call(&app.router, request).await
}

/// Posts a file with a key.
pub(super) async fn post_with(
    app: &TestApp,
    who: &Persona,
    path: &str,
    text: &str,
    key: &str,
) -> Answer {
    let mut request = file(path, text);
    request
        .headers_mut()
        .insert("idempotency-key", key.parse().expect("a header"));
    who.sign(&mut request);
    call(&app.router, request).await
}

/// Gets a path as somebody, with a key where one is said.
pub(super) async fn get(app: &TestApp, who: &Persona, path: &str, key: Option<&str>) -> Answer {
    let mut request = Request::get(path).body(Body::empty()).expect("a request");
    if let Some(key) = key {
        request
            .headers_mut()
            .insert("idempotency-key", key.parse().expect("a header"));
    }
    who.sign(&mut request);
    call(&app.router, request).await
}

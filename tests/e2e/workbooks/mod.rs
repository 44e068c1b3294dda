//! Workbooks out: templates that are filled in and sent, as their users do.

mod filled;
mod marked;
mod templates;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::harness::{Persona, TestApp};

fn coordinator() -> Persona {
    Persona::coordinator("socialstyrelsen")
}

/// The bytes at an address, as somebody gets them.
async fn get(app: &TestApp, address: &str, persona: &Persona) -> (StatusCode, Vec<u8>) {
    let mut request = Request::get(address)
        .body(Body::empty())
        .expect("a request");
    persona.sign(&mut request);
    let response = app
        .router
        .clone()
        .oneshot(request)
        .await
        .expect("an answer");
    let status = response.status();
    let bytes = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    (status, bytes.to_vec())
}

//! A refusal as HTTP: a status, headers, and GraphQL's error shape with a code, on every path.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Code;

/// What a client is told when its request is refused before, or instead of, an answer.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    code: Cow<'static, str>,
    message: String,
    swedish: Option<Box<str>>,
    argument: Option<Box<str>>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A refusal with one of this layer's codes. The message is a sentence for the client.
    #[must_use]
    pub fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self::with_code(status, code.as_str(), message)
    }

    /// A refusal with a code of the application (`UNAUTHENTICATED` and the like).
    #[must_use]
    pub fn with_code(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
            swedish: None,
            argument: None,
            headers: Vec::new(),
        }
    }

    /// Says the same in Swedish beside it, as `messageSv`.
    #[must_use]
    pub fn in_swedish(mut self, message: impl Into<String>) -> Self {
        self.swedish = Some(message.into().into_boxed_str());
        self
    }

    /// Adds a header to the answer, `Allow` or `WWW-Authenticate` for instance.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Names the parameter or header that it is about.
    #[must_use]
    pub fn about(mut self, argument: &str) -> Self {
        self.argument = Some(argument.into());
        self
    }

    /// The parameter or header that it is about.
    #[must_use]
    pub fn argument(&self) -> Option<&str> {
        self.argument.as_deref()
    }

    /// The status it is answered with.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer, under the media type that the client asked for.
    #[must_use]
    pub fn into_response_as(self, content_type: HeaderValue) -> Response {
        let mut extensions = json!({ "code": self.code });
        if let Some(argument) = self.argument {
            extensions["argument"] = (*argument).into();
        }
        if let Some(swedish) = self.swedish {
            extensions["messageSv"] = (*swedish).into();
        }
        let body = json!({
            "errors": [{ "message": self.message, "extensions": extensions }]
        });
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.extend(self.headers);
        headers.insert(header::CONTENT_TYPE, content_type);
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.into_response_as(HeaderValue::from_static("application/json; charset=utf-8"))
    }
}

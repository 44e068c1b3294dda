//! Answers that were given and still stand: kept by what was asked, who asked, and the state of the store.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};

use super::accept::Media;
use crate::http::has;
use crate::intake::hex;
use crate::kept::{Kept, Share, Weighed};

/// The state that answers are kept by.
#[derive(Clone)]
pub struct Standing {
    /// Where they are kept.
    pub kept: Kept,
    /// Who asks, and everything that the store holds, in one text: while it is the same, the same question has the same
    /// answer.
    pub state: String,
    /// Whether what was answered since rests on that state alone: nothing of it was read of another time, and no read of it
    /// is to be noted.
    pub rests_on_it: Arc<dyn Fn() -> bool + Send + Sync>,
}

/// An answer that was given.
#[derive(Debug)]
pub(super) struct Answered {
    body: Bytes,
    tag: HeaderValue,
}

/// What answers are kept as.
const ANSWER: &str = "answer";

impl Weighed for Answered {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.body.len()
    }
}

/// The place of an answer among those that are kept.
#[derive(Clone)]
pub(super) struct Place {
    standing: Standing,
    media: Media,
    /// What a client that asks by GET says of the answers that it has.
    asked: HeaderMap,
    key: [u8; 32],
}

impl Place {
    /// Of what was asked, word by word.
    pub(super) fn of(standing: Standing, media: Media, parts: &Parts, asked: &[u8]) -> Self {
        let by_get = parts.method == Method::GET;
        let mut hasher = Sha256::new();
        hasher.update([u8::from(media == Media::Json), u8::from(by_get)]);
        hasher.update(standing.state.len().to_le_bytes());
        hasher.update(&standing.state);
        hasher.update(asked);
        Self {
            key: hasher.finalize().into(),
            standing,
            media,
            asked: if by_get {
                parts.headers.clone()
            } else {
                HeaderMap::new()
            },
        }
    }

    /// The answer that was given before.
    pub(super) async fn answered(&self) -> Option<Arc<Answered>> {
        let kept = &self.standing.kept;
        kept.get(Share::Answers, ANSWER, self.key).await
    }

    /// Keeps the answer that is about to be given.
    pub(super) async fn keep(&self, response: Response) -> Response {
        let (mut parts, body) = response.into_parts();
        if parts.status != StatusCode::OK || !(self.standing.rests_on_it)() {
            return Response::from_parts(parts, body);
        }
        let Ok(body) = body
            .collect()
            .await
            .map(http_body_util::Collected::to_bytes)
        else {
            // Of bytes in memory nothing is missing.
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let tag = format!("W/\"{}\"", &hex(&Sha256::digest(&body))[..32]);
        if let Ok(tag) = HeaderValue::try_from(tag) {
            parts.headers.insert(header::ETAG, tag.clone());
            let answered = Arc::new(Answered {
                body: body.clone(),
                tag,
            });
            let kept = &self.standing.kept;
            let given = Arc::clone(&answered);
            kept.insert(Share::Answers, ANSWER, self.key, given).await;
            if self.client_has(&answered) {
                return self.respond(&answered);
            }
        }
        Response::from_parts(parts, Body::from(body))
    }

    fn client_has(&self, answered: &Answered) -> bool {
        let tag = answered.tag.to_str();
        tag.is_ok_and(|tag| has(&self.asked, tag))
    }

    /// An answer that was given before, or that the client has it already.
    pub(super) fn respond(&self, answered: &Answered) -> Response {
        let same = self.client_has(answered);
        let mut response = if same {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Response::new(Body::from(answered.body.clone()))
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, answered.tag.clone());
        if !same {
            headers.insert(header::CONTENT_TYPE, self.media.content_type());
        }
        response
    }
}

//! Believes tokens of one key, one issuer and one audience, and signs such tokens for development.

use std::sync::Arc;

use axum::http::HeaderMap;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Header, encode};
use thiserror::Error;

use super::token::{self, ALGORITHM, Claims};
use super::{Key, Refusal, bearer};
use crate::policy::Viewer;

/// Whose tokens are believed.
#[derive(Clone, Debug)]
pub struct Authenticator {
    key: Option<Arc<Key>>,
    issuer: Arc<str>,
    audience: Arc<str>,
}

/// Why no token can be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CannotIssue {
    /// There is no private key.
    #[error("the key file holds a public key alone, which checks tokens and signs none")]
    PublicKey,
    /// The library failed.
    #[error("the token could not be signed")]
    NotSigned,
}

impl Authenticator {
    /// Believes the tokens of a key, from an issuer, for an audience.
    #[must_use]
    pub fn new(key: Option<Key>, issuer: &str, audience: &str) -> Self {
        Self {
            key: key.map(Arc::new),
            issuer: issuer.into(),
            audience: audience.into(),
        }
    }

    /// Believes no token: whoever presents one is refused.
    #[must_use]
    pub fn closed() -> Self {
        Self::new(None, "", "")
    }

    /// Who is calling, by the request's headers.
    ///
    /// # Errors
    /// Something was presented, and it is not valid.
    pub fn viewer(&self, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Viewer, Refusal> {
        let Some(token) = bearer::token(headers)? else {
            return Ok(Viewer::public());
        };
        let key = self.key.as_ref().ok_or(Refusal::NoKey)?;
        token::verify(token, key, &self.issuer, &self.audience, now)
    }

    /// A token that names a viewer, for so long.
    ///
    /// # Errors
    /// There is no private key.
    pub fn token(
        &self,
        viewer: &Viewer,
        now: DateTime<Utc>,
        lifetime: TimeDelta,
    ) -> Result<String, CannotIssue> {
        let key = self.key.as_ref().ok_or(CannotIssue::PublicKey)?;
        let signing = key.signing().ok_or(CannotIssue::PublicKey)?;
        let mut header = Header::new(ALGORITHM);
        header.kid = Some(key.id().to_owned());
        let claims = Claims {
            iss: &self.issuer,
            aud: &self.audience,
            sub: &viewer.subject,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + lifetime).timestamp(),
            role: viewer.role.code(),
            organisation: viewer.organisation.as_ref().map(|code| code.as_str()),
        };
        encode(&header, &claims, signing).map_err(|_| CannotIssue::NotSigned)
    }
}

//! Somebody who asks, with a token of the tests' own key; and that key, for tokens that nobody should believe.

use std::sync::OnceLock;

use aws_lc_rs::signature::Ed25519KeyPair;
use axum::body::Body;
use axum::http::{HeaderValue, Request, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use entity::OrganisationCode;
use samsyn::auth::{Authenticator, Key};
use samsyn::clock::Clock;
use samsyn::policy::{Role, Viewer};

/// Who believes and signs tokens in the tests.
pub(crate) struct Authority {
    /// Believes the key's tokens.
    pub authenticator: Authenticator,
    /// The key itself.
    pub pair: Ed25519KeyPair,
    /// What tokens name it by.
    pub key_id: String,
}

impl Authority {
    pub(crate) const ISSUER: &str = "https://issuer.example";
    pub(crate) const AUDIENCE: &str = "https://samsyn.example";

    /// A new key.
    pub(crate) fn new() -> Self {
        let pair = Ed25519KeyPair::generate().expect("a key");
        let body = STANDARD.encode(pair.to_pkcs8v1().expect("a text of the key"));
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
        let key = Key::parse(&pem).expect("the service reads the key");
        let key_id = key.id().to_owned();
        Self {
            authenticator: Authenticator::new(Some(key), Self::ISSUER, Self::AUDIENCE),
            pair,
            key_id,
        }
    }
}

/// The authority of every service under test, made once a process.
pub(crate) fn authority() -> &'static Authority {
    static MADE: OnceLock<Authority> = OnceLock::new();
    MADE.get_or_init(Authority::new)
}

/// Somebody who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Persona(Viewer);

impl Persona {
    /// Anybody.
    pub(crate) const fn public() -> Self {
        Self(Viewer::public())
    }

    /// Reads all.
    pub(crate) fn evaluator() -> Self {
        Self::of(Role::Evaluator, None)
    }

    /// Coordinates for an organisation.
    pub(crate) fn coordinator(organisation: &str) -> Self {
        Self::of(Role::Coordinator, Some(organisation))
    }

    /// Reports for an organisation.
    pub(crate) fn reporter(organisation: &str) -> Self {
        Self::of(Role::Reporter, Some(organisation))
    }

    /// Of a role; the subject is made of role and organisation.
    pub(crate) fn of(role: Role, organisation: Option<&str>) -> Self {
        let organisation = organisation.map(|code| OrganisationCode::parse(code).expect("a code"));
        let of = organisation.as_ref().map_or("", |code| code.as_str());
        Self(Viewer {
            subject: format!("{}@{of}", role.code()),
            role,
            organisation,
        })
    }

    /// As the service knows it.
    pub(crate) const fn viewer(&self) -> &Viewer {
        &self.0
    }

    /// By another name: another person of the same role and organisation.
    pub(crate) fn named(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.0.subject);
        self
    }

    /// Adds the token to a request; the public has none.
    pub(crate) fn sign(&self, request: &mut Request<Body>) {
        if self.0.role == Role::Public {
            return;
        }
        let token = authority()
            .authenticator
            .token(&self.0, Clock::system().now(), TimeDelta::hours(1))
            .expect("a token");
        let value = HeaderValue::try_from(format!("Bearer {token}")).expect("a header");
        request.headers_mut().append(header::AUTHORIZATION, value);
    }
}

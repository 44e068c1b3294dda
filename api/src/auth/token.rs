//! A token: what is in it, and everything that is looked at before it is believed.

use chrono::{DateTime, TimeDelta, Utc};
use entity::OrganisationCode;
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde::{Deserialize, Serialize};

use super::{Key, Refusal};
use crate::policy::{Role, Viewer};

/// The one algorithm: the key's, never the header's choice.
pub(super) const ALGORITHM: Algorithm = Algorithm::EdDSA;

/// How far the clocks of two machines may be apart.
const LEEWAY: TimeDelta = TimeDelta::seconds(30);

/// What a token of ours says.
#[derive(Serialize)]
pub(super) struct Claims<'a> {
    pub(super) iss: &'a str,
    pub(super) aud: &'a str,
    pub(super) sub: &'a str,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    pub(super) role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) organisation: Option<&'a str>,
}

/// What is read of a token. The audience is the library's to look at: it may be one or a list.
#[derive(Deserialize)]
struct Presented {
    iss: String,
    sub: String,
    exp: i64,
    nbf: Option<i64>,
    role: String,
    organisation: Option<String>,
}

/// Whom a token names, once everything about it is right.
pub(super) fn verify(
    token: &str,
    key: &Key,
    issuer: &str,
    audience: &str,
    now: DateTime<Utc>,
) -> Result<Viewer, Refusal> {
    check_header(token, key)?;
    let read = decode::<Presented>(token, key.verifying(), &validation(issuer, audience));
    let claims = read.map_err(|error| refusal(&error))?.claims;
    // The library accepts a list here, and a token has one issuer.
    if claims.iss != issuer {
        return Err(Refusal::Issuer);
    }
    check_time(&claims, now)?;
    viewer(claims)
}

fn check_header(token: &str, key: &Key) -> Result<(), Refusal> {
    let header = decode_header(token).map_err(|_| Refusal::Malformed)?;
    // The library reads these and does as if they were not there.
    let asks_more = header.crit.is_some() || header.zip.is_some() || header.enc.is_some();
    if asks_more || header.extras.inner().contains_key("b64") {
        return Err(Refusal::NotUnderstood);
    }
    if header.kid.as_deref() != Some(key.id()) {
        return Err(Refusal::UnknownKey);
    }
    if header.alg != ALGORITHM {
        return Err(Refusal::Algorithm);
    }
    Ok(())
}

/// Signature, issuer and audience. Times are compared with our own clock.
fn validation(issuer: &str, audience: &str) -> Validation {
    let mut validation = Validation::new(ALGORITHM);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[audience]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

fn check_time(claims: &Presented, now: DateTime<Utc>) -> Result<(), Refusal> {
    let instant = |seconds: i64| DateTime::from_timestamp(seconds, 0).ok_or(Refusal::Claims);
    if instant(claims.exp)? + LEEWAY <= now {
        return Err(Refusal::Expired);
    }
    match claims.nbf {
        Some(nbf) if instant(nbf)? > now + LEEWAY => Err(Refusal::NotYet),
        _ => Ok(()),
    }
}

fn viewer(claims: Presented) -> Result<Viewer, Refusal> {
    if !Viewer::is_name(&claims.sub) {
        return Err(Refusal::Subject);
    }
    let role = Role::of(&claims.role).filter(|role| *role != Role::Public);
    let role = role.ok_or(Refusal::Role)?;
    let organisation = claims.organisation.as_deref().map(OrganisationCode::parse);
    let organisation = organisation
        .transpose()
        .map_err(|_| Refusal::Organisation)?;
    if role.acts_for_an_organisation() && organisation.is_none() {
        return Err(Refusal::Organisation);
    }
    Ok(Viewer {
        subject: claims.sub.trim().to_owned(),
        role,
        organisation,
    })
}

fn refusal(error: &Error) -> Refusal {
    match error.kind() {
        ErrorKind::InvalidSignature => Refusal::Signature,
        ErrorKind::InvalidAlgorithm => Refusal::Algorithm,
        ErrorKind::InvalidIssuer => Refusal::Issuer,
        ErrorKind::InvalidAudience => Refusal::Audience,
        ErrorKind::MissingRequiredClaim(_)
        | ErrorKind::InvalidClaimFormat(_)
        | ErrorKind::Json(_)
        | ErrorKind::Utf8(_) => Refusal::Claims,
        _ => Refusal::Malformed,
    }
}

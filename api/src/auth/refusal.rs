//! Why a token is refused. The sentences are for whoever presented it, and repeat nothing of it.

use thiserror::Error;

/// Why a presented token, or the header that carries it, is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// More than one `Authorization` header: which of them was meant is nobody's to guess.
    #[error("More than one Authorization header came. Send one.")]
    SeveralHeaders,
    /// The header is not `Bearer` and one token.
    #[error("The Authorization header is read as `Bearer` and one token, and nothing else.")]
    NotBearer,
    /// Longer than any token of ours.
    #[error("The token is longer than is read here.")]
    TooLong,
    /// Not three parts with a header of a token.
    #[error("The token is no signed JSON Web Token.")]
    Malformed,
    /// The header asks for what is not understood here.
    #[error(
        "The token's header has a parameter that is not understood here (crit, b64, zip or enc)."
    )]
    NotUnderstood,
    /// No key, so nothing can be believed.
    #[error(
        "No key is set up, so this service believes no token. `samsyn token` makes a key; `--key` or SAMSYN_KEY names another."
    )]
    NoKey,
    /// `kid` names no key of ours.
    #[error("The token names no key (kid) that this service knows.")]
    UnknownKey,
    /// The header's algorithm is not the key's.
    #[error("The token is not signed with the key's algorithm, EdDSA.")]
    Algorithm,
    /// The signature is not the key's.
    #[error("The token's signature is not right.")]
    Signature,
    /// A needed claim is missing or not of its form.
    #[error(
        "A claim of the token is missing or not of its form: exp, iss, aud, sub and role are needed."
    )]
    Claims,
    /// From another issuer.
    #[error("The token is from another issuer (iss).")]
    Issuer,
    /// For another service.
    #[error("The token is for another service (aud).")]
    Audience,
    /// Past its end.
    #[error("The token has expired (exp).")]
    Expired,
    /// Before its beginning.
    #[error("The token is not valid yet (nbf).")]
    NotYet,
    /// Nobody, or no name that can be written down.
    #[error("The token names nobody (sub), or not in plain text of 200 characters at most.")]
    Subject,
    /// No role of ours.
    #[error("The token's role is none of evaluator, coordinator and reporter.")]
    Role,
    /// The organisation is missing where the role needs one, or is no code.
    #[error(
        "The token's organisation is missing or no code: coordinators and reporters act for one."
    )]
    Organisation,
    /// The organisation is unknown to the registers.
    #[error("The token names an organisation that the registers do not know.")]
    UnknownOrganisation,
}

//! Who is calling: from one `Authorization` header to a [`Viewer`](crate::policy::Viewer), or a refusal.
//!
//! Whoever presents no token is the public. A token that is presented and not valid is refused wherever it comes, so
//! that nobody mistakes the public's answer for their own. What somebody may do is `policy`'s.

mod authenticator;
mod bearer;
mod key;
pub(crate) mod pem;
mod refusal;
mod token;

pub use authenticator::{Authenticator, CannotIssue};
pub(crate) use key::thumbprint;
pub use key::{Key, KeyError, Made};
pub use refusal::Refusal;

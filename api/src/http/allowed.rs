//! Who may ask a route: the same actions as the guards of GraphQL's root fields, refused as HTTP.

use axum::http::{HeaderValue, StatusCode, header};

use super::{Code, Problem};
use crate::policy::{Action, Role, Viewer};

/// Whether the viewer reaches anything in an action.
///
/// # Errors
/// 401 for the public, 403 for everybody else.
pub fn allowed(viewer: &Viewer, action: Action) -> Result<(), Problem> {
    if viewer.may(action) {
        return Ok(());
    }
    if viewer.role == Role::Public {
        let message = "This needs a token: send `Authorization: Bearer` and the token.";
        let problem = Problem::new(StatusCode::UNAUTHORIZED, Code::Unauthenticated, message);
        return Err(problem.header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")));
    }
    let message = format!(
        "The role {} does not reach {}.",
        viewer.role.code(),
        action.code()
    );
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        Code::Forbidden,
        message,
    ))
}

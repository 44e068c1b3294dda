//! Guards of root fields: each names one action, and `policy` decides.

mod arguments;
mod root_fields;

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Context, Guard, Result};

use super::error;
use crate::context::RequestContext;
use crate::policy::{Action, Viewer};

pub use root_fields::root_fields;

/// Lets a field be asked by viewers who reach anything in an action. Which rows they reach is in the select.
pub(crate) struct Require(pub(crate) Action);

impl Guard for Require {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        if let Some(noted) = ctx.data_opt::<Arc<Noted>>() {
            return Err(noted.refuse(self.0));
        }
        let viewer = &ctx.data::<RequestContext>()?.viewer;
        if viewer.may(self.0) {
            Ok(())
        } else {
            Err(error::not_allowed(viewer, self.0))
        }
    }
}

/// Put into a request, it learns what a guard asks for; the guard then refuses whoever asks.
#[derive(Default)]
struct Noted(Mutex<Option<Action>>);

impl Noted {
    fn refuse(&self, action: Action) -> async_graphql::Error {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(action);
        error::not_allowed(&Viewer::public(), action)
    }

    fn action(&self) -> Option<Action> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

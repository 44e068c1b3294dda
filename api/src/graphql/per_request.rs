//! What each request carries for the resolvers: its context, and loaders made for it alone.

use std::sync::Arc;

use async_graphql::Data;
use axum::http::request::Parts;

use super::answering::find;
use super::over_http::{RequestData, Standing};
use super::questions::Suggesting;
use super::recipient_loads::RecipientLoads;
use super::source::Origins;
use super::submission::FileNames;
use crate::app::App;
use crate::context::RequestContext;
use crate::http::Problem;
use crate::policy::{Role, Viewer};

/// Makes the data of each request.
#[derive(Clone)]
pub struct PerRequest(App);

impl PerRequest {
    /// For the requests of a service.
    #[must_use]
    pub const fn new(app: App) -> Self {
        Self(app)
    }
}

impl RequestData for PerRequest {
    async fn attach(&self, parts: &Parts, data: &mut Data) -> Result<(), Problem> {
        // The layer round the routes has looked at the token; without that layer everybody is the public.
        let viewer = parts.extensions.get::<Viewer>().cloned();
        self.fill(viewer.unwrap_or_else(Viewer::public), data);
        Ok(())
    }

    async fn standing(&self, data: &Data) -> Option<Standing> {
        let request = find::<RequestContext>(data)?.clone();
        let state = request.state().await?;
        Some(Standing {
            kept: request.reports.store().kept().clone(),
            state,
            rests_on_it: Arc::new(move || request.rests_on_its_state()),
        })
    }
}

impl PerRequest {
    /// The data of one request of a viewer.
    pub(crate) fn fill(&self, viewer: Viewer, data: &mut Data) -> RequestContext {
        let request = self.0.request(viewer);
        if request.viewer.role != Role::Public {
            data.insert(Suggesting);
        }
        // A loader shared between requests would mix what different viewers may see.
        data.insert(FileNames::default());
        data.insert(Origins::default());
        data.insert(RecipientLoads::default());
        data.insert(request.clone());
        request
    }
}

//! What every reading resolver begins with: the request's context, the dataset it reads, and its catalogue.

use std::sync::Arc;

use async_graphql::{Context, Result};
use futures::future::BoxFuture;

use super::error;
use crate::context::RequestContext;
use crate::store::{Catalogue, Choice, Dataset};

/// Which dataset a subtree reads; the present one unless it is said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading(pub(crate) Choice);

/// The dataset of a subtree with its catalogue.
#[derive(Clone)]
pub(crate) struct Shelf {
    pub(crate) request: Arc<RequestContext>,
    pub(crate) dataset: Dataset,
    pub(crate) catalogue: Arc<Catalogue>,
    /// The registers that count now, whichever dataset is read: they say what the viewer reaches.
    pub(crate) registers: Arc<Catalogue>,
}

impl Reading {
    /// Opens the dataset for a resolver.
    ///
    /// The future is boxed: every resolver holds one, and those of many resolvers lie within each other on the stack.
    pub(crate) fn open<'a>(self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<Shelf>> {
        Box::pin(async move {
            let request = ctx.data::<RequestContext>()?;
            let (request, dataset) = request
                .reading(self.0)
                .await
                .map_err(|error| error::report_of(request, error))?;
            request.note_dataset(self.0, &dataset);
            let request = Arc::new(request);
            let catalogue = request.catalogue(&dataset).await.map_err(error::report)?;
            let registers = request.registers().await.map_err(error::report)?;
            Ok(Shelf {
                request,
                dataset,
                catalogue,
                registers,
            })
        })
    }
}

impl Shelf {
    /// Whether the dataset holds rows that are synthetic.
    pub(crate) async fn holds_synthetic(&self) -> Result<bool> {
        let reports = &self.request.reports;
        let found = reports.holds_synthetic(&self.dataset).await;
        found.map_err(error::report)
    }

    /// Notes that a row was used, so that synthetic answers say so.
    pub(crate) fn used_row(&self, row_id: i64) {
        self.request
            .used(self.catalogue.submissions.is_synthetic(row_id));
    }
}

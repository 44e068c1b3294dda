//! What a request carries for the resolvers: who asks, and the loaders made for this request.

use std::future::Future;

use async_graphql::Data;
use axum::http::request::Parts;

use super::standing::Standing;
use crate::http::Problem;

/// Attaches a request's own data, or refuses the request.
///
/// It runs before the body is read, so a caller without a valid token costs nothing.
pub trait RequestData: Send + Sync + 'static {
    /// Reads method, headers and extensions (the peer's address, the request's id) and inserts what
    /// resolvers later find with `ctx.data::<T>()`.
    ///
    /// # Errors
    ///
    /// A [`Problem`] with the status to answer, 401 for a token that is not valid.
    fn attach(
        &self,
        parts: &Parts,
        data: &mut Data,
    ) -> impl Future<Output = Result<(), Problem>> + Send;

    /// The state of what the request reads, by which its answer is kept; none where none is. Called once, after
    /// [`attach`](Self::attach) and before anything is asked.
    fn standing(&self, _data: &Data) -> impl Future<Output = Option<Standing>> + Send {
        std::future::ready(None)
    }
}

/// Attaches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRequestData;

impl RequestData for NoRequestData {
    async fn attach(&self, _: &Parts, _: &mut Data) -> Result<(), Problem> {
        Ok(())
    }
}

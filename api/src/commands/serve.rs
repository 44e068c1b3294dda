//! `samsyn serve`.
use super::Outcome;
use crate::config::ServeOptions;
pub(super) async fn run(_options: ServeOptions) -> anyhow::Result<Outcome> { Ok(Outcome::Done) }

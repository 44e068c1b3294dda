//! `samsyn demo`.
use super::Outcome;
use crate::config::DemoOptions;
pub(super) async fn run(_options: DemoOptions) -> anyhow::Result<Outcome> { Ok(Outcome::Done) }

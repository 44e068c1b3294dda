//! How much the service takes on at the same time: options of `serve`.

use clap::Args;

use super::whole;
use crate::http::{AdmissionLimits, ServerLimits};
use crate::kept;

/// How much the service takes on at the same time.
#[derive(Clone, Copy, Debug, Args)]
pub struct CapacityOptions {
    /// Mebibytes of what was read and computed that are kept in memory, at most. GraphQL shows them as `limits`.
    #[arg(long, env = "SAMSYN_KEPT_MEBIBYTES", default_value_t = kept::DEFAULT_BYTES >> 20, value_parser = whole())]
    pub kept_mebibytes: u64,
    /// Questions that are worked with at the same time; one caller has half of the places at most, and the public is one.
    /// What finds no place at once is answered with 503.
    #[arg(long, env = "SAMSYN_QUESTIONS_AT_ONCE", default_value_t = default_places().0, value_parser = whole())]
    pub questions_at_once: u64,
    /// Changes that are worked with, or wait for their turn to write.
    #[arg(long, env = "SAMSYN_CHANGES_AT_ONCE", default_value_t = default_places().1, value_parser = whole())]
    pub changes_at_once: u64,
    /// Connections at the same time; further ones are closed.
    #[arg(long, env = "SAMSYN_MAX_CONNECTIONS", default_value_t = default_connections().0, value_parser = whole())]
    pub max_connections: u64,
    /// Connections of one address at the same time; further ones are closed.
    #[arg(long, env = "SAMSYN_MAX_CONNECTIONS_OF_ONE", default_value_t = default_connections().1, value_parser = whole())]
    pub max_connections_of_one: u64,
}

fn default_places() -> (u64, u64) {
    let limits = AdmissionLimits::default();
    (small(limits.questions), small(limits.changes))
}

fn default_connections() -> (u64, u64) {
    let limits = ServerLimits::default();
    (small(limits.connections), small(limits.connections_of_one))
}

fn small(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl CapacityOptions {
    /// Bytes of what is kept in memory.
    #[must_use]
    pub const fn kept_bytes(self) -> u64 {
        self.kept_mebibytes << 20
    }

    /// Places for requests.
    #[must_use]
    pub fn admission(self) -> AdmissionLimits {
        AdmissionLimits {
            questions: size(self.questions_at_once),
            changes: size(self.changes_at_once),
            ..AdmissionLimits::default()
        }
    }

    /// Places for connections.
    #[must_use]
    pub fn server(self) -> ServerLimits {
        ServerLimits {
            connections: size(self.max_connections),
            connections_of_one: size(self.max_connections_of_one),
            ..ServerLimits::default()
        }
    }
}

//! The joint plan: versions, how far activities have come, and what a version changed of another.

mod asked;
pub(crate) mod deviations;
pub(crate) mod drafts;
mod expected;
mod naive;
mod orphans;

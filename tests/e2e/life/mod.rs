//! The life of a submission: it waits, is accepted or returned, is withdrawn; who may, and what counts meanwhile.

mod decisions;
pub(crate) mod steps;
mod waiting;
mod withdrawal;

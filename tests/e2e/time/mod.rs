//! Time: what was answered as of an instant is answered the same for ever, whatever comes after, on every clock.

mod as_of;
pub(crate) mod asked;
mod clocks;
mod concurrent;
mod through;
pub(crate) mod walk;

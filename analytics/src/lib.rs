//! Numbers: pure functions from rows to typed figures.
//!
//! Rows come in as plain structs, figures go out as typed results; there is no database, no clock
//! and no I/O here. Every definition follows STATISTICS.md: sum first, divide last, round once.
//!
//! - [`figure`]: the shapes that every figure has: rate, distribution, inequality, and why a value
//!   is absent.
//! - [`register`]: recipients and populations, which several analyses share.
//! - [`fund_usage`]: where the money went, and how even over the country.
//! - [`fund_ledger`]: the same recipient by recipient, with claims and age, and redistribution.
//! - [`administration`]: what it cost to hand it out.
//! - [`coverage`]: whom the competence support has reached.
//! - [`plan`]: how far the joint plan has come, and what its versions changed.
//! - [`deliverable`]: where what a decision asks for stands on a day.
//! - [`person_table`]: counts of persons in fixed tables, small ones hidden.
//! - [`indicators`]: what is measured from year to year, and the change between two years.
//! - [`allocation_key`]: who is allotted how much.

/// Version of the figures' definitions; a change of what a figure means takes a new one.
pub const DEFINITIONS_VERSION: &str = "2026-11";

pub mod administration;
pub mod allocation_key;
pub mod coverage;
pub mod deliverable;
mod error;
pub mod figure;
mod float;
mod frame;
pub mod fund_ledger;
pub mod fund_usage;
pub mod indicators;
mod key;
pub mod person_table;
pub mod plan;
pub mod register;

pub use error::{Error, MOST_LINES};

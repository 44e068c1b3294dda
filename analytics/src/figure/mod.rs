//! The shapes of a figure: rate, distribution, inequality, and why a value is absent.

mod absent;
mod decimal;
mod distribution;
mod fraction;
mod inequality;
mod kind;
mod rate;

pub use absent::{Absent, Missing};
pub(crate) use decimal::{kronor, quotient, rounded};
pub use distribution::Distribution;
pub(crate) use fraction::Fraction;
pub use inequality::Inequality;
pub use kind::RecipientKind;
pub use rate::{Rate, Reach};

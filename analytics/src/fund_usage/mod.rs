//! Where the money went: allocated, requisitioned, paid, used, repaid, and how even.
//!
//! [`FundFrame::build`] turns rows into one frame of pairs (round, recipient); every question is a
//! filter and a grouping of that frame.

mod behind;
mod equality;
mod frame;
mod group;
mod key;
mod line;
mod measure;
mod pair;
mod question;
mod rates;
mod rows;

pub use behind::LinePair;
pub(crate) use equality::gap;
pub use equality::{Equality, EqualityGroup, EqualityMeasure, EqualityQuestion, Gap};
pub use frame::FundFrame;
pub(crate) use frame::divided;
pub use key::{FundKey, KeyPart};
pub use line::{Applications, FundLine, FundUsage, Reporting, UseArea};
pub(crate) use measure::Measure;
pub(crate) use pair::{Pair, pairs};
pub use question::{FundDimension, FundFilter, FundQuestion};
pub use rows::{Amount, Application, FundRows, Outcome, Round, UsageReport};

//! Whom the competence support has reached: recipients, counties, main activities.
//!
//! Lines are the full product of recipients' groups and events' values, so that what was not
//! reached is a line too.

mod activity;
mod behind;
mod events;
mod frame;
mod key;
mod line;
mod lines;
mod member;
mod product;
mod question;
mod rows;

pub use activity::is_part_of;
pub(crate) use activity::main_number;
pub use behind::{CoverageEvents, LineEvents};
pub use frame::CoverageFrame;
pub use key::{CoverageKey, CoverageKeyPart};
pub use line::{Coverage, CoverageLine};
pub use question::{CoverageDimension, CoverageFilter, CoverageQuestion};
pub use rows::{CoverageRows, Event};

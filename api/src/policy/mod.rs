//! May they: the one table of roles and actions, who is asking, and which rows they reach. Nothing else decides it.

mod document;
mod handing_in;
pub mod persons;
pub mod places;
mod role;
mod scope;
mod submission;
mod viewer;

pub use document::{RootField, document};
pub use handing_in::{Hands, Own, Standing, hands, may_hand_in};
pub use persons::{Persons, Sight};
pub use role::{Action, Reach, Role};
pub use scope::{Scope, Sent};
pub use submission::{Denial, OUT_OF_REACH, may};
pub use viewer::Viewer;

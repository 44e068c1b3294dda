//! The joint plan: how far its activities have come on a day, and what one version changed of another.
//!
//! A report belongs to the version that it names; nothing is carried from one version to the next.

mod comparison;
mod deviation;
mod orphan;
mod progress;
mod rows;
mod standing;
mod state;

pub use comparison::{ChangeKind, Comparison, PlanChange, Slip};
pub use deviation::{Deviation, DeviationRow, DeviationState, deviations};
pub use orphan::{Held, Orphan, OrphanKind, OrphanRows, Orphans, Planned};
pub use progress::{Progress, ProgressGroup, StateShare};
pub use rows::{Activity, PlanRows, Report};
pub use standing::{ActivityStatus, Lateness, OwnStatus, Silence, Standing};
pub use state::ActivityState;

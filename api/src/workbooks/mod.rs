//! Workbooks that are written: templates for those who report, and marked copies of what they sent. Reading is `intake`'s.

mod instructions;
mod lists;
mod marked;
mod position;
mod route;
mod rows;
mod template;
mod validation;
mod wording;
mod write;

pub use marked::{Judged, marked};
pub use route::templates;
pub use template::{Error, Template};
pub(crate) use write::{excel, made};

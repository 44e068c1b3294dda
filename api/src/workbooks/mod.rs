//! Workbooks that are written: templates for those who report. Reading workbooks is `intake`'s.

mod instructions;
mod lists;
mod position;
mod route;
mod rows;
mod template;
mod validation;
mod wording;
mod write;

pub use route::templates;
pub use template::{Error, Template};

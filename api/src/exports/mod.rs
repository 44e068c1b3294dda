//! Answers as files at addresses of their own, each whole, with what proves it: asked page by page into a temporary file,
//! written from there in the form that is asked for, and sent as a stream.

mod arrow;
mod batches;
mod csv;
mod form;
mod json;
mod limits;
mod package;
mod parquet;
mod places;
mod proof;
mod refused;
mod route;
mod said;
mod spool;
mod table;
mod workbook;
mod written;

pub use csv::neutral;
pub use form::Form;
pub use limits::Limits;
pub use route::exports;

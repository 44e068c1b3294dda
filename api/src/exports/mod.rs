//! Answers as files at addresses of their own: CSV, XLSX and JSON of a saved question, each whole, with what proves it.

mod csv;
mod document;
mod proof;
mod route;
mod workbook;

pub use csv::neutral;
pub use proof::Proof;
pub use route::exports;

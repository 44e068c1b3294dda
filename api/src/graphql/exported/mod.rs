//! Questions as tables: which columns an answer has, and its rows, asked of the same schema as everything else.

mod ask;
mod columns;
mod leaves;
mod rows;
mod types;

pub use ask::{Asked, Exported, NotExported, Of, Pages};
pub use columns::{Column, Kind, Layout, NoTable, layout};
pub use rows::{Cell, Row};

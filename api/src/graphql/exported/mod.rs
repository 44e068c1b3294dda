//! Questions as tables: which columns an answer has, and its rows, asked of the same schema as everything else.

mod ask;
mod columns;
mod layout;
mod leaves;
mod not_exported;
mod rates;
mod rows;
mod types;
mod whole;

pub use ask::{Asked, Exported, Of, Pages, ReadDataset};
pub use columns::{Column, Kind};
pub use layout::{Layout, layout};
pub use not_exported::{NoTable, NotExported};
pub use rows::{Cell, Row};

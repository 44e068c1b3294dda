//! Reading and writing the database; every select of facts starts from a [`Dataset`].

mod connect;
mod dataset;
pub mod facts;
mod natures;
mod write;

pub use connect::{OpenError, Store};
pub use dataset::{Basis, Dataset};
pub use natures::Natures;
pub use write::Writer;

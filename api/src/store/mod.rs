//! Reading and writing the database; every select of facts starts from a [`Dataset`].

mod bulk;
mod catalogue;
mod connect;
mod dataset;
pub(crate) mod evidence;
pub(crate) mod facts;
pub(crate) mod free_text;
pub(crate) mod fund_row;
pub(crate) mod funds;
pub(crate) mod history;
pub(crate) mod indicators;
pub(crate) mod lineage;
pub(crate) mod narrative;
mod natures;
pub(crate) mod person_table;
pub(crate) mod plans;
pub(crate) mod quality;
mod registered;
pub(crate) mod saved_query;
mod senders;
pub(crate) mod submission;
pub(crate) mod support;
mod time;
mod version;
mod write;

pub use catalogue::Catalogue;
pub use connect::{OpenError, Store, sqlite_settings};
pub use dataset::{Basis, Choice, Dataset, DatasetKey, NoDataset};
pub use free_text::Written;
pub(crate) use lineage::Received;
pub use lineage::{Cited, Origin, Passage};
pub use natures::Natures;
pub(crate) use registered::Registered;
pub use senders::Senders;
pub(crate) use version::committed_at;
pub use write::Writer;

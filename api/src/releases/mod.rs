//! Sealed releases (frysta datauttag) as files: tables of facts as Parquet, the report's figures, a manifest with the sum
//! of each, a signature; made, held against their sums, and opened again as a store to read from.

mod change;
mod figures;
mod key;
mod manifest;
mod opened;
mod package;
mod parquet;
mod parts;
mod reproduce;
mod seal;
mod state;
mod verify;

pub use change::{Change, Comparability, Compared};
pub use figures::{SealedFigure, SealedFigures};
pub use key::{PublicKey, SigningKey};
pub use manifest::{FORMAT, Manifest, SealedDataset, SealedFile};
pub use opened::Opened;
pub use package::Package;
pub use parts::Parts;
pub use reproduce::{Differs, differing};
pub use seal::{Sealing, sealed};
pub use state::{Sealed, State};
pub use verify::{Fault, Signer, verify};

/// Why a release cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The work on it ended before it was done.
    #[error("the release could not be opened: {0}")]
    Ended(String),
    /// It does not hold what it says.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A table cannot be written or read.
    #[error("the table {table} cannot be read or written as Parquet: {why}")]
    Table {
        /// Which.
        table: String,
        /// Why.
        why: String,
    },
    /// A file of it cannot be read or written.
    #[error("{path} cannot be read or written")]
    File {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The decisions ask for no such report.
    #[error("the decisions of {0} ask for no such report")]
    NoReport(entity::RegistryNumber),
    /// Two releases cannot be compared.
    #[error(
        "{from} is no earlier state of the same store and assignment as {to}: only such can be compared"
    )]
    NotEarlier {
        /// The one that should be the earlier.
        from: String,
        /// The later one.
        to: String,
    },
    /// What was sealed gives other figures than the store.
    #[error("what was sealed gives another figure than the store: {0}")]
    NotReproduced(Differs),
    /// It was sealed by a later version of the program.
    #[error("the release has the form {0}, which this version of the program does not read")]
    Form(String),
    /// The store that it is opened as cannot be made.
    #[error(transparent)]
    Open(#[from] crate::store::OpenError),
    /// The report could not be composed.
    #[error(transparent)]
    Report(#[from] crate::reports::Error),
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Report(error.into())
    }
}

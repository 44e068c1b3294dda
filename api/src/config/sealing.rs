//! Options of sealed releases.

use std::path::PathBuf;

use clap::Args;

use super::{DeliverableOptions, ReportFormat, StoreOptions};

/// Options of `seal`.
#[derive(Clone, Debug, Args)]
pub struct SealOptions {
    /// Which report.
    #[command(flatten)]
    pub deliverable: DeliverableOptions,
    /// The dataset as it was at this instant, with offset; the present one where left out.
    #[arg(long)]
    pub as_of: Option<chrono::DateTime<chrono::Utc>>,
    /// Hides in the API until this instant, with offset, from all but the assignment's coordinator that there is the release;
    /// its figures are open, as what is accepted is.
    #[arg(long)]
    pub embargo_until: Option<chrono::DateTime<chrono::Utc>>,
    /// The folder to write into: new or empty.
    #[arg(long)]
    pub out: PathBuf,
    /// Who seals.
    #[arg(long, default_value = "coordinator")]
    pub by: String,
    /// Who signs.
    #[command(flatten)]
    pub signing: SigningOptions,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// Options of `release`.
#[derive(Clone, Debug, Args)]
pub struct KeptReleaseOptions {
    /// Its name, as `releases` of the API and `seal` say it.
    pub name: String,
    /// The folder to write into: new or empty.
    #[arg(long)]
    pub out: PathBuf,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// The key that releases are signed with.
#[derive(Clone, Debug, Args)]
pub struct SigningOptions {
    /// File of the Ed25519 key that releases are signed with: one PEM block PRIVATE KEY (PKCS#8), as `openssl genpkey
    /// -algorithm ED25519` writes it. Without it releases have sums and no signature.
    #[arg(long, env = "SAMSYN_SEAL_KEY")]
    pub seal_key: Option<PathBuf>,
}

/// Options of `verify` and `reproduce`.
#[derive(Clone, Debug, Args)]
pub struct ReleaseOptions {
    /// The folder of the release.
    pub folder: PathBuf,
    /// File of the public key that must have signed it (PEM, as `openssl pkey -pubout` writes it).
    #[arg(long, env = "SAMSYN_SEAL_PUBLIC_KEY")]
    pub key: Option<PathBuf>,
}

/// Options of `diff`.
#[derive(Clone, Debug, Args)]
pub struct DiffOptions {
    /// The folder of the earlier release.
    pub from: PathBuf,
    /// The folder of the later release, of the same store.
    pub to: PathBuf,
    /// Figures that are the same in both are said too.
    #[arg(long)]
    pub all: bool,
    /// How to report.
    #[arg(long, default_value = "text")]
    pub format: ReportFormat,
}

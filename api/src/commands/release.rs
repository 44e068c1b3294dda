//! `samsyn release`, and a release in a folder, held against its sums before anything is read from it.

use std::path::Path;

use anyhow::Context;

use super::{Outcome, print};
use crate::config::KeptReleaseOptions;
use crate::releases::{self, Manifest, Package, PublicKey, Signer, verify};
use crate::service::release::Releases;
use crate::store::Store;

/// Writes a release that the store keeps into a folder.
pub(super) async fn run(options: KeptReleaseOptions) -> anyhow::Result<Outcome> {
    let store = Store::open_as_it_is(&options.store.database_url).await?;
    let releases = Releases::new(store.clone());
    let name = &options.name;
    let found = releases.named(name).await?;
    let found = found.with_context(|| format!("there is no release {name} in the store"))?;
    let package = releases.package(&found).await?;
    package.write(&options.out)?;
    let files = package.files().count();
    let folder = options.out.display();
    print(&format!("{name}: {files} files in {folder}\n"))?;
    store.close().await?;
    Ok(Outcome::Done)
}

/// The release of a folder.
///
/// # Errors
/// The folder cannot be read, or the release is not what was sealed.
pub(super) fn read(
    folder: &Path,
    key: Option<&Path>,
) -> anyhow::Result<(Package, Manifest, Signer)> {
    let key = key.map(PublicKey::read).transpose()?;
    let package = Package::read(folder)?;
    let (manifest, signer) = verify(&package, key.as_ref())
        .with_context(|| format!("{} is not as it was sealed", folder.display()))?;
    Ok((package, manifest, signer))
}

/// Whether an error says that a release is not what was sealed; otherwise it could not be looked at.
pub(super) fn is_fault(error: &anyhow::Error) -> bool {
    let found = error.downcast_ref::<releases::Error>();
    found.is_some_and(|error| !matches!(error, releases::Error::File { .. }))
}

/// What is known of who sealed it, in a sentence.
pub(super) fn said(signer: &Signer) -> String {
    match signer {
        Signer::Verified(key) => format!("signed by the key {key}"),
        Signer::NotChecked(key) => format!(
            "the sums are right; WHO sealed it was not checked: it says the key {key}, give its public half with --key"
        ),
        Signer::Nobody => {
            "the sums are right; nobody signed it, so nothing says who made it".to_owned()
        }
    }
}

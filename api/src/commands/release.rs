//! A release in a folder, held against its sums before anything is read from it.

use std::path::Path;

use anyhow::Context;

use crate::releases::{Manifest, Package, PublicKey, Signer, verify};

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

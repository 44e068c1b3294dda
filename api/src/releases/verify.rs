//! Whether a release is what was sealed: sums, counts, totals, and who signed it. It needs nothing but the files.

use super::manifest::{FORMAT, MANIFEST, SIGNATURE, SUMS, SealedFile, sha256};
use super::{Error, Manifest, Package, PublicKey, parquet};
use crate::store::frozen::{Frozen, frozen};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The first thing that is wrong with a release.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A file is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// A file is there that nobody sealed.
    #[error("{0} is no part of the release")]
    Foreign(String),
    /// A file does not have the sum that was sealed.
    #[error("{path} has been changed: its SHA-256 is {found}, sealed was {sealed}")]
    Changed {
        /// Which.
        path: String,
        /// The sum that was sealed.
        sealed: String,
        /// The sum that it has.
        found: String,
    },
    /// A file that only the list of sums vouches for, or its line there, was changed.
    #[error("{0} does not have the sum that {SUMS} gives it: one of the two has been changed")]
    Sum(&'static str),
    /// The manifest, or another file that the program reads, is none.
    #[error("the release cannot be read: {0}")]
    Unreadable(String),
    /// The list of sums is not that of the manifest.
    #[error("{SUMS} has been changed: it does not give the sums of {MANIFEST}")]
    Sums,
    /// A table does not hold what the manifest says.
    #[error("{path} does not hold the rows and totals that {MANIFEST} gives it")]
    Counts {
        /// Which.
        path: String,
    },
    /// The signature is not that of the manifest by the key.
    #[error("{SIGNATURE} is not the signature of {MANIFEST} by the key {key}")]
    Signature {
        /// Thumbprint of the key.
        key: String,
    },
    /// A key was given, and the release says that nobody signed it.
    #[error("the release is not signed: {SIGNATURE} is missing, and a key was given")]
    NotSigned,
}

/// What is known of who sealed a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signer {
    /// The holder of the key that was given.
    Verified(String),
    /// Somebody with the key of this thumbprint, as the release says; no key was given to check it by.
    NotChecked(String),
    /// Nobody signed it.
    Nobody,
}

/// What every manifest says, whatever its form.
#[derive(serde::Deserialize)]
struct Form {
    format: String,
}

/// Holds a release against its sums, and against a key where one is given.
///
/// # Errors
/// The first thing that is wrong, in an order in which no file is blamed for another's change.
pub fn verify(package: &Package, key: Option<&PublicKey>) -> Result<(Manifest, Signer), Error> {
    let text = file(package, MANIFEST)?;
    let sums = file(package, SUMS)?;
    let own = format!("{}  {MANIFEST}\n", sha256(&text));
    let lines = String::from_utf8_lossy(&sums);
    if !lines.split_inclusive('\n').any(|line| line == own) {
        return Err(Fault::Sum(MANIFEST).into());
    }
    let unreadable = |error| Fault::Unreadable(format!("{MANIFEST}: {error}"));
    // A later form may say more: it is named before anything else of it is read.
    let form: Form = serde_json::from_slice(&text).map_err(unreadable)?;
    if form.format != FORMAT {
        return Err(Error::Form(form.format));
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(unreadable)?;
    let tables = frozen();
    for sealed in &manifest.files {
        let table = tables.iter().find(|one| one.path() == sealed.path);
        check(package, sealed, table)?;
    }
    let signed = signature(package, &manifest, &lines)?;
    let known = |path: &str| manifest.files.iter().any(|one| one.path == path);
    let foreign = package
        .files()
        .find(|(path, _)| !Package::is_apart(path) && !known(path));
    if let Some((path, _)) = foreign {
        return Err(Fault::Foreign(path.to_owned()).into());
    }
    if lines != package.sums(&manifest) {
        return Err(Fault::Sums.into());
    }
    let signer = signer(&text, &manifest, signed.as_deref(), key)?;
    Ok((manifest, signer))
}

fn file(package: &Package, path: &str) -> Result<axum::body::Bytes, Fault> {
    package
        .file(path)
        .ok_or_else(|| Fault::Missing(path.to_owned()))
}

/// One file: its sum, and what it holds.
fn check(package: &Package, sealed: &SealedFile, table: Option<&Frozen>) -> Result<(), Error> {
    let bytes = file(package, &sealed.path)?;
    let found = sha256(&bytes);
    if found != sealed.sha256 || bytes.len() as u64 != sealed.bytes {
        return Err(Fault::Changed {
            path: sealed.path.clone(),
            sealed: sealed.sha256.clone(),
            found,
        }
        .into());
    }
    let Some(table) = table else {
        return Ok(());
    };
    let (rows, totals) = parquet::counted(table, bytes)?;
    let held = SealedFile::of(sealed.path.clone(), &[], rows, &totals);
    if held.rows != sealed.rows || held.totals != sealed.totals {
        return Err(Fault::Counts {
            path: sealed.path.clone(),
        }
        .into());
    }
    Ok(())
}

/// The signature's bytes, where the manifest says that there is one.
fn signature(package: &Package, manifest: &Manifest, sums: &str) -> Result<Option<Vec<u8>>, Fault> {
    let Some(key) = &manifest.key_id else {
        return match package.file(SIGNATURE) {
            None => Ok(None),
            Some(_) => Err(Fault::Foreign(SIGNATURE.to_owned())),
        };
    };
    let text = file(package, SIGNATURE)?;
    let own = format!("{}  {SIGNATURE}", sha256(&text));
    if !sums.lines().any(|line| line == own) {
        return Err(Fault::Sum(SIGNATURE));
    }
    let text = text.strip_suffix(b"\n");
    let bytes = text.and_then(|text| STANDARD.decode(text).ok());
    let bytes = bytes.ok_or_else(|| Fault::Signature { key: key.clone() })?;
    Ok(Some(bytes))
}

fn signer(
    text: &[u8],
    manifest: &Manifest,
    signature: Option<&[u8]>,
    key: Option<&PublicKey>,
) -> Result<Signer, Fault> {
    match (&manifest.key_id, signature, key) {
        (Some(_), Some(signature), Some(key)) => {
            if key.has_signed(text, signature) {
                Ok(Signer::Verified(key.id()))
            } else {
                Err(Fault::Signature { key: key.id() })
            }
        }
        (Some(id), _, None) => Ok(Signer::NotChecked(id.clone())),
        (None, _, None) => Ok(Signer::Nobody),
        (_, _, Some(_)) => Err(Fault::NotSigned),
    }
}

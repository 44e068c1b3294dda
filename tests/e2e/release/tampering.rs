//! A changed byte, a file too many or too few, another's signature: verify names it.

use std::path::Path;

use samsyn::commands::Outcome;
use samsyn::releases::{Error, Fault, Package, PublicKey, Signer, verify};

use super::{FUNDS, key, run, seal_into};
use crate::harness::on_both_engines;

/// The files of a package with one of them changed, or left out where there is nothing.
fn with(package: &Package, path: &str, bytes: Option<Vec<u8>>) -> Package {
    let mut files: Vec<(String, Vec<u8>)> = package
        .files()
        .filter(|(known, _)| *known != path)
        .map(|(known, bytes)| (known.to_owned(), bytes.to_vec()))
        .collect();
    files.extend(bytes.map(|bytes| (path.to_owned(), bytes)));
    Package::of(files)
}

on_both_engines! {
    async fn one_changed_byte_anywhere_is_found_and_named(app: Example) {
        let folder = tempfile::tempdir().expect("a folder");
        let (private, public) = key(folder.path(), "seal");
        let out = folder.path().join("release");
        seal_into(&app, &out, &["--seal-key", &private]).await;
        let package = Package::read(&out).expect("the release");
        let public = PublicKey::read(Path::new(&public)).expect("a public key");
        let (manifest, signer) = verify(&package, Some(&public)).expect("nothing is changed");
        assert_eq!(signer, Signer::Verified(public.id()));
        assert_eq!(manifest.key_id, Some(public.id()));
        assert!(manifest.files.len() > 40, "every table is there");
        let rows: u64 = manifest.files.iter().map(|one| one.rows).sum();
        assert!(rows > 30_000, "and what is in it: {rows}");
        let files: Vec<(String, Vec<u8>)> =
            package.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
        for (path, bytes) in &files {
            for at in [0, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
                for key in [None, Some(&public)] {
                    let mut changed = bytes.clone();
                    changed[at] ^= 0x01;
                    let error = verify(&with(&package, path, Some(changed)), key).expect_err("a changed byte is found");
                    let said = error.to_string();
                    assert!(said.contains(path.as_str()), "{path} at {at}: {said}");
                }
            }
            let missing = verify(&with(&package, path, None), None).expect_err("a missing file is found");
            assert!(missing.to_string().contains(path.as_str()), "{path}: {missing}");
        }
        let foreign = verify(&with(&package, "facts/more.parquet", Some(vec![1])), None);
        assert!(matches!(foreign, Err(Error::Fault(Fault::Foreign(_)))), "{foreign:?}");
    }

    async fn who_signed_is_checked_by_a_key_alone_and_said_otherwise(app: Example) {
        let folder = tempfile::tempdir().expect("a folder");
        let (private, public) = key(folder.path(), "seal");
        let (_, other) = key(folder.path(), "other");
        let (signed, plain) = (folder.path().join("signed"), folder.path().join("plain"));
        seal_into(&app, &signed, &["--seal-key", &private]).await;
        seal_into(&app, &plain, &[]).await;
        let verified = async |folder: &Path, key: Option<&str>| {
            let folder = folder.to_string_lossy().into_owned();
            let mut arguments = vec!["verify", &folder];
            arguments.extend(key.into_iter().flat_map(|key| ["--key", key]));
            run(&arguments).await.expect("it verifies")
        };
        assert_eq!(verified(&signed, Some(&public)).await, Outcome::Done);
        assert_eq!(verified(&signed, Some(&private)).await, Outcome::Done);
        assert_eq!(verified(&signed, None).await, Outcome::Done);
        assert_eq!(verified(&plain, None).await, Outcome::Done);
        assert_eq!(verified(&signed, Some(&other)).await, Outcome::Refused);
        assert_eq!(verified(&plain, Some(&public)).await, Outcome::Refused, "a key is given, and nobody signed");
        let package = |folder| Package::read(folder).expect("the release");
        let (_, signer) = verify(&package(&signed), None).expect("the sums are right");
        let public = PublicKey::read(Path::new(&public)).expect("a public key");
        assert_eq!(signer, Signer::NotChecked(public.id()));
        assert_eq!(verify(&package(&plain), None).expect("the sums are right").1, Signer::Nobody);
        assert_eq!(run(&["seal", "--assignment", FUNDS, "--out", &plain.to_string_lossy(), "--database-url", &app.url]).await.map_err(|error| error.to_string().contains("not empty")), Err(true));
    }
}

//! The files of a release, by their paths: from a folder, from the store, and into a folder.

use std::collections::BTreeMap;
use std::path::Path;

use axum::body::Bytes;

use super::manifest::{FIGURES, MANIFEST, SIGNATURE, SUMS, sha256};
use super::{Error, Fault, Manifest, SealedFigures};

/// The files of a release by their paths, with `/` between folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package(pub(super) BTreeMap<String, Bytes>);

impl Package {
    /// A package of files.
    #[must_use]
    pub fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let files = files.into_iter();
        Self(files.map(|(path, bytes)| (path, bytes.into())).collect())
    }

    /// Reads a folder with everything in it.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let mut files = BTreeMap::new();
        read_into(folder, "", &mut files)?;
        Ok(Self(files))
    }

    /// Writes all files into a folder, which must be new or empty: nothing of another release is mixed in.
    ///
    /// # Errors
    /// The folder holds something, or cannot be written to.
    pub fn write(&self, folder: &Path) -> Result<(), Error> {
        let failed = |source| Error::File {
            path: folder.to_owned(),
            source,
        };
        make_private(folder).map_err(failed)?;
        if std::fs::read_dir(folder).map_err(failed)?.next().is_some() {
            return Err(failed(std::io::Error::other("the folder is not empty")));
        }
        for (path, bytes) in &self.0 {
            let path = folder.join(path);
            let written = path.parent().map_or(Ok(()), std::fs::create_dir_all);
            let written = written.and_then(|()| std::fs::write(&path, bytes));
            written.map_err(|source| Error::File { path, source })?;
        }
        Ok(())
    }

    /// Its files by their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0
            .iter()
            .map(|(path, bytes)| (path.as_str(), &bytes[..]))
    }

    /// Its manifest, as it says; [`verify`](super::verify()) says whether it is so.
    #[must_use]
    pub fn manifest(&self) -> Option<Manifest> {
        serde_json::from_slice(self.0.get(MANIFEST)?).ok()
    }

    /// The figures of its report, as they were sealed.
    ///
    /// # Errors
    /// They are not there, or cannot be read.
    pub fn figures(&self) -> Result<SealedFigures, Fault> {
        let text = self.0.get(FIGURES);
        let text = text.ok_or_else(|| Fault::Missing(FIGURES.to_owned()))?;
        serde_json::from_slice(text)
            .map_err(|error| Fault::Unreadable(format!("{FIGURES}: {error}")))
    }

    /// SHA-256 of its manifest: what the whole release is known by.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256(self.0.get(MANIFEST).map_or(&[], |text| &text[..]))
    }

    /// A file.
    pub(super) fn file(&self, path: &str) -> Option<Bytes> {
        self.0.get(path).cloned()
    }

    /// The lines of `SHA256SUMS`: the files of the manifest, the manifest, and its signature where there is one.
    pub(super) fn sums(&self, manifest: &Manifest) -> String {
        let line = |(path, sum): (&str, String)| format!("{sum}  {path}\n");
        let files = manifest.files.iter();
        let files = files.map(|one| (one.path.as_str(), one.sha256.clone()));
        let own = [MANIFEST, SIGNATURE].into_iter();
        let own = own.filter_map(|path| Some((path, sha256(self.0.get(path)?))));
        files.chain(own).map(line).collect()
    }

    pub(super) fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.0.insert(path.to_owned(), bytes.into());
    }

    pub(super) fn is_apart(path: &str) -> bool {
        matches!(path, MANIFEST | SIGNATURE | SUMS)
    }
}

fn read_into(
    folder: &Path,
    within: &str,
    files: &mut BTreeMap<String, Bytes>,
) -> Result<(), Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::File { path, source }
    };
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = format!("{within}{}", name.to_string_lossy());
        // A folder's own name begins those of its files. What is neither a folder nor a file, and a link, is nobody's part
        // of a release: what it leads to may have no end.
        let kind = entry.file_type().map_err(failed(&path))?;
        if kind.is_dir() {
            read_into(&path, &format!("{name}/"), files)?;
        } else if !kind.is_file() {
            return Err(Fault::Foreign(name).into());
        } else {
            let bytes = std::fs::read(&path).map_err(failed(&path))?;
            files.insert(name, bytes.into());
        }
    }
    Ok(())
}

/// Makes a folder for its owner alone where there is none: what is sealed is kept like the database.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut made = std::fs::DirBuilder::new();
    made.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut made, 0o700);
    made.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_folder_of_a_release_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let above = tempfile::tempdir().expect("a folder");
        let folder = above.path().join("release");
        let package = Package([("facts/a".to_owned(), Bytes::from(vec![1]))].into());
        package.write(&folder).expect("it is written");
        let mode = folder.metadata().expect("its rights").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}

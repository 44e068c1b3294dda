//! The key that signs tokens, in a file: made where it is missing, readable by its owner alone.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::pem::{self, Block};

/// An Ed25519 key. Its algorithm is `EdDSA`, whatever a token's header says.
pub struct Key {
    id: String,
    verifying: DecodingKey,
    signing: Option<EncodingKey>,
}

/// Whether a key file was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It was there.
    Found,
    /// It is new.
    New,
}

/// Why a key cannot be used.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("the key file {path} cannot be used")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It holds something else.
    #[error(
        "{path} holds no Ed25519 key: one PEM block PRIVATE KEY (PKCS#8) or PUBLIC KEY is read"
    )]
    Form {
        /// Which.
        path: PathBuf,
    },
    /// No key could be made.
    #[error("no key could be made")]
    NotMade,
}

impl Key {
    /// Reads a key file; nothing where there is none. A public key checks tokens and signs none.
    ///
    /// # Errors
    /// The file cannot be read, or holds no such key.
    pub fn read(path: &Path) -> Result<Option<Self>, KeyError> {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let key = Self::parse(&text).ok_or_else(|| KeyError::Form { path: path.into() })?;
                Ok(Some(key))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(KeyError::File {
                path: path.into(),
                source,
            }),
        }
    }

    /// Reads a key file, and makes it where it is missing. Of several that make it at once, one wins and all read it.
    ///
    /// # Errors
    /// The file cannot be read or written, or holds no such key.
    pub fn read_or_make(path: &Path) -> Result<(Self, Made), KeyError> {
        if let Some(key) = Self::read(path)? {
            return Ok((key, Made::Found));
        }
        let pair = Ed25519KeyPair::generate().map_err(|_| KeyError::NotMade)?;
        let pkcs8 = pair.to_pkcs8v1().map_err(|_| KeyError::NotMade)?;
        let made = put(path, &pem::write(pkcs8.as_ref())).map_err(|source| KeyError::File {
            path: path.into(),
            source,
        })?;
        let key = Self::read(path)?.ok_or(KeyError::NotMade)?;
        Ok((key, made))
    }

    /// Reads a key's text: one PEM block.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (public, signing) = match pem::read(text)? {
            Block::Public(public) => (public, None),
            Block::Private(pkcs8) => {
                let pair = Ed25519KeyPair::from_pkcs8(&pkcs8).ok()?;
                let public = pair.public_key().as_ref().to_vec();
                (public, Some(EncodingKey::from_ed_der(&pkcs8)))
            }
        };
        Some(Self {
            id: thumbprint(&public),
            verifying: DecodingKey::from_ed_der(&public),
            signing,
        })
    }

    /// What tokens name it by (`kid`): its thumbprint (RFC 7638).
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(super) const fn verifying(&self) -> &DecodingKey {
        &self.verifying
    }

    pub(super) const fn signing(&self) -> Option<&EncodingKey> {
        self.signing.as_ref()
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Puts a new file whole into its place, readable and writable by its owner alone, unless one is there already.
fn put(path: &Path, text: &str) -> std::io::Result<Made> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    // A temporary file is its owner's alone from its first moment.
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(Made::New),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(Made::Found),
        Err(error) => Err(error.error),
    }
}

/// The thumbprint of a public Ed25519 key (RFC 7638).
pub(crate) fn thumbprint(public: &[u8]) -> String {
    let x = URL_SAFE_NO_PAD.encode(public);
    let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(Sha256::digest(canonical))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Key and thumbprint of RFC 8037, appendices A.1 to A.3.
    #[test]
    fn a_public_key_has_the_thumbprint_of_the_specification() {
        let der = [
            &[
                0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
            ][..],
            &URL_SAFE_NO_PAD
                .decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
                .unwrap(),
        ]
        .concat();
        let body = base64::engine::general_purpose::STANDARD.encode(der);
        let key = Key::parse(&format!(
            "-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"
        ))
        .unwrap();
        assert_eq!(key.id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert!(key.signing().is_none());
    }

    #[test]
    fn a_missing_key_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("samsyn.key");
        assert!(Key::read(&path).unwrap().is_none());
        let (first, made) = Key::read_or_make(&path).unwrap();
        assert_eq!(made, Made::New);
        let (again, found) = Key::read_or_make(&path).unwrap();
        assert_eq!((found, again.id()), (Made::Found, first.id()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_that_is_no_key_is_an_error_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("samsyn.key");
        let block = |label: &str, body: &str| {
            format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
        };
        for text in [
            String::new(),
            "secret".to_owned(),
            block("PRIVATE KEY", "AAAA"),
            block("PUBLIC KEY", "AAAA"),
            block("RSA PRIVATE KEY", "AAAA"),
        ] {
            std::fs::write(&path, &text).unwrap();
            assert!(
                matches!(Key::read_or_make(&path), Err(KeyError::Form { .. })),
                "{text:?}"
            );
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }
}

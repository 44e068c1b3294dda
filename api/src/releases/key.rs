//! The Ed25519 key that seals, and the public one that a seal is held against.

use std::path::Path;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::auth::pem::{self, Block};
use crate::auth::thumbprint;

/// A key that seals.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    public: PublicKey,
}

/// The public half of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(Vec<u8>);

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NoKey {
    /// Its file cannot be read.
    #[error("the key file {0} cannot be read: {1}")]
    File(std::path::PathBuf, std::io::Error),
    /// It holds something else.
    #[error(
        "{0} holds no Ed25519 key: one PEM block PRIVATE KEY (PKCS#8) seals, PRIVATE KEY or PUBLIC KEY verifies"
    )]
    Form(std::path::PathBuf),
}

impl SigningKey {
    /// Reads the private key of a file, as `openssl genpkey -algorithm ED25519` writes it.
    ///
    /// # Errors
    /// The file cannot be read, or holds no such key.
    pub fn read(path: &Path) -> Result<Self, NoKey> {
        match block(path)? {
            Block::Private(pkcs8) => {
                let pair = Ed25519KeyPair::from_pkcs8(&pkcs8);
                let pair = pair.map_err(|_| NoKey::Form(path.into()))?;
                let public = PublicKey(pair.public_key().as_ref().to_vec());
                Ok(Self { pair, public })
            }
            Block::Public(_) => Err(NoKey::Form(path.into())),
        }
    }

    /// Its public half.
    #[must_use]
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(message).as_ref().to_vec()
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SigningKey")
            .field(&self.public.id())
            .finish()
    }
}

impl PublicKey {
    /// Reads the public key of a file, as `openssl pkey -pubout` writes it, or that of a private one.
    ///
    /// # Errors
    /// The file cannot be read, or holds no such key.
    pub fn read(path: &Path) -> Result<Self, NoKey> {
        match block(path)? {
            Block::Public(bytes) => Ok(Self(bytes)),
            Block::Private(_) => SigningKey::read(path).map(|key| key.public),
        }
    }

    /// What it is known by: its thumbprint (RFC 7638).
    #[must_use]
    pub fn id(&self) -> String {
        thumbprint(&self.0)
    }

    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0)
            .verify(message, signature)
            .is_ok()
    }
}

fn block(path: &Path) -> Result<Block, NoKey> {
    let text = std::fs::read_to_string(path).map_err(|error| NoKey::File(path.into(), error))?;
    pem::read(&text).ok_or_else(|| NoKey::Form(path.into()))
}

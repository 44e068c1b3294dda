//! Key files as text: one PEM block, and the fixed beginning of a public Ed25519 key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What a key file holds.
pub(crate) enum Block {
    /// PKCS#8, as `openssl genpkey -algorithm ED25519` writes it.
    Private(Vec<u8>),
    /// The key's 32 bytes, from the form that `openssl pkey -pubout` writes.
    Public(Vec<u8>),
}

/// What comes before the key's 32 bytes in its public form (RFC 8410).
const PUBLIC: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// Reads a text with one block; nothing may stand round it.
pub(crate) fn read(text: &str) -> Option<Block> {
    let mut lines = text.trim().lines().map(str::trim);
    let label = lines
        .next()?
        .strip_prefix("-----BEGIN ")?
        .strip_suffix("-----")?;
    let end = format!("-----END {label}-----");
    let mut body = String::new();
    loop {
        match lines.next()? {
            line if line == end => break,
            line => body.push_str(line),
        }
    }
    if lines.next().is_some() {
        return None;
    }
    let der = STANDARD.decode(body).ok()?;
    match label {
        "PRIVATE KEY" => Some(Block::Private(der)),
        "PUBLIC KEY" => {
            let key = der.strip_prefix(&PUBLIC)?;
            (key.len() == 32).then(|| Block::Public(key.to_vec()))
        }
        _ => None,
    }
}

/// Writes a private key.
pub(super) fn write(pkcs8: &[u8]) -> String {
    // 48 bytes are one line of 64 characters, the longest that a PEM line may be.
    let body = STANDARD.encode(pkcs8);
    format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n")
}

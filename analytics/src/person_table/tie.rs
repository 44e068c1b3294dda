//! How ties between patterns are broken: by a secret, so that the choice tells nothing to whoever runs this code.

use std::fmt;
use std::hash::Hasher;
#[expect(
    deprecated,
    reason = "SipHash-2-4 under a key of our own, the same in every version; the hasher that took its place takes no key"
)]
use std::hash::SipHasher;

/// The key by which ties between patterns are broken: of one table, and known to nobody who reads it.
///
/// Of several patterns that hide equally little one has to be taken. By a rule that is in the code, or by a number made
/// of the counts, whoever tries every table that agrees with what is shown learns from the choice which it was. Under a
/// key that is in neither, the choice is the same for all of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TieKey(u64, u64);

impl TieKey {
    /// A key of 16 bytes.
    #[must_use]
    pub fn new(bytes: [u8; 16]) -> Self {
        let half = |from: usize| std::array::from_fn(|at| bytes[from + at]);
        Self(u64::from_le_bytes(half(0)), u64::from_le_bytes(half(8)))
    }

    /// A number that nobody knows without the key.
    pub(super) fn number<'a>(self, parts: impl Iterator<Item = &'a [u8]>) -> u64 {
        #[expect(deprecated, reason = "as said where it is imported")]
        let mut hasher = SipHasher::new_with_keys(self.0, self.1);
        for part in parts {
            hasher.write(&(part.len() as u64).to_le_bytes());
            hasher.write(part);
        }
        hasher.finish()
    }
}

impl fmt::Debug for TieKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TieKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_key_or_another_text_gives_another_number() {
        let of = |key: u8, parts: &[&[u8]]| TieKey::new([key; 16]).number(parts.iter().copied());
        assert_eq!(of(1, &[b"ab", b"c"]), of(1, &[b"ab", b"c"]));
        assert_ne!(of(1, &[b"ab", b"c"]), of(2, &[b"ab", b"c"]));
        assert_ne!(of(1, &[b"ab", b"c"]), of(1, &[b"a", b"bc"]));
        assert!(!format!("{:?}", TieKey::new([7; 16])).contains('7'));
    }
}

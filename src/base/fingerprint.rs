//! Fingerprints: 128-bit hashes that stand for a value when two builds are compared.
//!
//! Not cryptographic: they guard against accident, not against an author who forges
//! collisions in a site of their own.

use xxhash_rust::xxh3::xxh3_128;

/// Stands for a value; equal values have equal fingerprints on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u128);

impl Fingerprint {
    /// Of some bytes.
    pub fn of(bytes: impl AsRef<[u8]>) -> Self {
        Self(xxh3_128(bytes.as_ref()))
    }

    /// The first `digits` of its 32 hexadecimal digits, for file names and addresses.
    pub fn hex(self, digits: usize) -> String {
        let mut text = format!("{:032x}", self.0);
        text.truncate(digits);
        text
    }
}

/// Builds a fingerprint from parts; each part is length-prefixed, so that `("ab", "c")` and
/// `("a", "bc")` differ.
///
/// The parts are put together and hashed at once: most are short, and the state of a hash that
/// takes them one by one is larger than all of them.
#[derive(Clone, Default)]
pub struct Hasher(Vec<u8>);

impl Hasher {
    /// An empty one.
    pub fn new() -> Self {
        Self(Vec::with_capacity(256))
    }

    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0
            .extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
        self
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Adds a number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.0.extend_from_slice(&number.to_le_bytes());
        self
    }

    /// Adds another fingerprint.
    pub fn print(&mut self, print: Fingerprint) -> &mut Self {
        self.0.extend_from_slice(&print.0.to_le_bytes());
        self
    }

    /// The fingerprint of all that was added.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint::of(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        let one = Hasher::new().text("ab").text("c").finish();
        let two = Hasher::new().text("a").text("bc").finish();
        assert_ne!(one, two);
    }

    #[test]
    fn hex_has_the_digits_asked_for() {
        assert_eq!(Fingerprint::of("x").hex(8).len(), 8);
    }
}

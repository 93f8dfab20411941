//! Digests of published files, each computed once however many pages name it, and in a preview
//! however often they are rendered.

use std::sync::{Arc, Mutex, PoisonError};

use crate::base::{Fingerprint, Map};

/// Digests by what the file holds and the kind of digest. They go from build to build: the same
/// bytes have the same digest, also when the file is gone by now.
#[derive(Default)]
pub struct Digests(Mutex<Map<Key, Arc<[u8]>>>);

/// What a file holds, and the bits of the digest.
type Key = (Fingerprint, u64);

impl Digests {
    /// The digest of the file whose bytes `print` stands for; none where it is not known and
    /// `bytes` gives nothing.
    pub fn of(
        &self,
        print: Fingerprint,
        kind: u64,
        bytes: impl FnOnce() -> Option<Vec<u8>>,
        digest: impl FnOnce(&[u8]) -> Vec<u8>,
    ) -> Option<Arc<[u8]>> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(&(print, kind)) {
            return Some(found.clone());
        }
        let bytes = bytes()?;
        let found: Arc<[u8]> = digest(&bytes).into();
        // A file may change between two looks at it.
        if Fingerprint::of(&bytes) == print {
            known().insert((print, kind), found.clone());
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_computed_once_and_outlives_its_file() {
        let digests = Digests::default();
        let print = Fingerprint::of("abc");
        let length = |bytes: &[u8]| vec![bytes.len() as u8];
        let gone = || None;
        assert_eq!(digests.of(print, 384, gone, length), None);
        let first = digests.of(print, 384, || Some(b"abc".to_vec()), length);
        assert_eq!(first.as_deref(), Some(&[3][..]));
        assert_eq!(digests.of(print, 384, gone, length), first);
        assert_eq!(digests.of(print, 256, gone, length), None);
    }

    #[test]
    fn a_file_that_changed_in_between_is_not_kept() {
        let digests = Digests::default();
        let print = Fingerprint::of("abc");
        let length = |bytes: &[u8]| vec![bytes.len() as u8];
        let other = digests.of(print, 384, || Some(b"abcd".to_vec()), length);
        assert_eq!(other.as_deref(), Some(&[4][..]));
        assert_eq!(digests.of(print, 384, || None, length), None);
    }
}

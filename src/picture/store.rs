//! Where results are kept from run to run: a promise that whoever touches the disk fulfils.

use crate::base::Fingerprint;

/// Keeps results by what stands for them. Forgetting is allowed at any time; what is given was
/// put, byte for byte.
pub trait Store: Send + Sync {
    /// The bytes that were put for this key, if they are still there.
    fn get(&self, key: Fingerprint) -> Option<Vec<u8>>;

    /// Keeps bytes, if that can be done.
    fn put(&self, key: Fingerprint, bytes: &[u8]);

    /// A run is over: what is more than so many bytes may go, the oldest first.
    fn tidy(&self, _limit: u64) {}
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoStore;

impl Store for NoStore {
    fn get(&self, _: Fingerprint) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: Fingerprint, _: &[u8]) {}
}

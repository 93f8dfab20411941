//! The budget of decoded pixels: whoever decodes holds a part of it, all others wait.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of decoded pixels that may be held at one time.
pub const BUDGET: u64 = 256 * 1024 * 1024;

/// A budget of bytes, shared by all threads.
#[derive(Debug)]
pub struct Budget {
    whole: u64,
    free: Mutex<u64>,
    given_back: Condvar,
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(BUDGET)
    }
}

impl Budget {
    /// A budget of so many bytes.
    pub fn new(whole: u64) -> Self {
        Self {
            whole,
            free: Mutex::new(whole),
            given_back: Condvar::new(),
        }
    }

    /// Takes a part, and waits until there is so much; none where it is more than the whole.
    ///
    /// A thread that holds a part asks for no second one, and runs no other job meanwhile: else
    /// two could wait for each other.
    pub fn hold(&self, bytes: u64) -> Option<Held<'_>> {
        if bytes > self.whole {
            return None;
        }
        let mut free = self.lock();
        while *free < bytes {
            free = self
                .given_back
                .wait(free)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *free -= bytes;
        Some(Held {
            budget: self,
            bytes,
        })
    }

    fn lock(&self) -> MutexGuard<'_, u64> {
        // A number is never left half-changed by a panic.
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A part of the budget, given back when it is dropped.
#[derive(Debug)]
pub struct Held<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *self.budget.lock() += self.bytes;
        self.budget.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn more_than_the_whole_is_never_given() {
        let budget = Budget::new(10);
        assert!(budget.hold(11).is_none());
        assert!(budget.hold(10).is_some());
        // What was given came back.
        assert!(budget.hold(10).is_some());
    }

    #[test]
    fn many_threads_never_hold_more_than_the_whole() {
        let budget = Budget::new(100);
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for thread in 0..8u64 {
                let (budget, now, most) = (&budget, &now, &most);
                scope.spawn(move || {
                    for turn in 0..200u64 {
                        let bytes = (thread * 31 + turn * 17) % 60 + 1;
                        let held = budget.hold(bytes);
                        assert!(held.is_some());
                        most.fetch_max(
                            now.fetch_add(bytes, Ordering::SeqCst) + bytes,
                            Ordering::SeqCst,
                        );
                        std::thread::yield_now();
                        now.fetch_sub(bytes, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(most.into_inner() <= 100);
    }
}

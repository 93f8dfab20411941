//! What to say when the kernel watches no more.

#![expect(
    clippy::disallowed_methods,
    reason = "asks the kernel for the limit that was reached"
)]

use std::fs;
use std::time::Duration;

/// Which of the kernel's limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// So many folders per user.
    Watches,
    /// So many watchers per user.
    Instances,
}

/// Why the kernel does not watch, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A limit was reached.
    Limit(Limit),
    /// Anything else, in the words of the system.
    Other(String),
}

/// What went wrong, which setting mends it, and how watching goes on.
pub(super) fn note(refusal: &Refusal, interval: Duration) -> String {
    let (why, mend) = match refusal {
        Refusal::Limit(limit) => {
            let (setting, what) = limit.setting();
            let raised = raised(current(setting), limit.usual());
            (
                format!("this machine's limit of watched {what} is reached"),
                format!("; to raise it: sudo sysctl fs.inotify.{setting}={raised}"),
            )
        }
        Refusal::Other(error) => (format!("files cannot be watched ({error})"), String::new()),
    };
    format!(
        "{why}: looking at all files every {} ms instead{mend}",
        interval.as_millis()
    )
}

impl Limit {
    fn setting(self) -> (&'static str, &'static str) {
        match self {
            Self::Watches => ("max_user_watches", "folders"),
            Self::Instances => ("max_user_instances", "programs"),
        }
    }

    /// A value that is enough for most.
    fn usual(self) -> u64 {
        match self {
            Self::Watches => 524_288,
            Self::Instances => 1024,
        }
    }
}

/// Twice the limit that was not enough, or what is usual.
fn raised(current: Option<u64>, usual: u64) -> u64 {
    current.map_or(usual, |current| usual.max(current.saturating_mul(2)))
}

fn current(setting: &str) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/sys/fs/inotify/{setting}")).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_told_with_its_setting() {
        let interval = Duration::from_millis(500);
        let text = note(&Refusal::Limit(Limit::Watches), interval);
        assert!(
            text.contains("sudo sysctl fs.inotify.max_user_watches="),
            "{text}"
        );
        assert!(text.contains("every 500 ms"), "{text}");
        let text = note(&Refusal::Limit(Limit::Instances), interval);
        assert!(text.contains("fs.inotify.max_user_instances="), "{text}");
    }

    #[test]
    fn what_is_proposed_is_more_than_there_is() {
        assert_eq!(raised(None, 1024), 1024);
        assert_eq!(raised(Some(128), 1024), 1024);
        assert_eq!(raised(Some(4096), 1024), 8192);
    }
}

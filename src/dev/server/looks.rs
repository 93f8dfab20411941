//! What a page looks like, apart from the hashes in the addresses of its files.
//!
//! A page that names its stylesheet by hash changes with it. When nothing else of the page did,
//! the stylesheet can be swapped in place like any other.

use crate::base::Fingerprint;

/// What stands before a hash that `get_url` adds to an address.
const MARK: &[u8] = b"?h=";

/// Digits of such a hash.
const DIGITS: usize = 16;

/// A short print of a page, equal for pages that differ in such hashes only.
pub(super) fn looks(page: &[u8]) -> String {
    let mut bare = Vec::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.windows(MARK.len()).position(|mark| mark == MARK) {
        let (before, after) = rest.split_at(at + MARK.len());
        bare.extend_from_slice(before);
        let is_hash = after.len() >= DIGITS && after[..DIGITS].iter().all(u8::is_ascii_hexdigit);
        rest = if is_hash { &after[DIGITS..] } else { after };
    }
    bare.extend_from_slice(rest);
    Fingerprint::of(&bare).hex(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_do_not_count_and_all_else_does() {
        let page =
            |h: &str, text: &str| looks(format!("<link href=\"/a.css?h={h}\">{text}").as_bytes());
        let one = page("0123456789abcdef", "a");
        assert_eq!(one, page("fedcba9876543210", "a"));
        assert_ne!(one, page("fedcba9876543210", "b"));
        assert_ne!(page("1", "a"), page("2", "a"));
        assert_ne!(page("", ""), page("0123", ""));
    }
}

//! What a page looks like, apart from the hashes in the addresses of its files.
//!
//! A page that names its stylesheet by hash changes with it. When nothing else of the page did,
//! the stylesheet can be swapped in place like any other.

use crate::base::Fingerprint;

/// What stands before a hash that `get_url` adds to an address.
const MARK: &[u8] = b"?h=";

/// Digits of such a hash.
const DIGITS: usize = 16;

/// What stands before a hash by which browsers check what they fetch, as `get_hash` gives it.
const CHECK: &[u8] = b"integrity=\"sha384-";

/// Signs of such a hash in Base64.
const SIGNS: usize = 64;

/// A short print of a page, equal for pages that differ in such hashes only.
pub(super) fn looks(page: &[u8]) -> String {
    let mut bare = Vec::with_capacity(page.len());
    let mut rest = page;
    while let Some(first) = rest.first() {
        let hash = hash_at(rest, MARK, DIGITS, |byte| byte.is_ascii_hexdigit())
            .or_else(|| hash_at(rest, CHECK, SIGNS, is_base64));
        if let Some((mark, after)) = hash {
            bare.extend_from_slice(mark);
            rest = after;
        } else {
            bare.push(*first);
            rest = &rest[1..];
        }
    }
    Fingerprint::of(&bare).hex(16)
}

/// The mark that `text` begins with, and what follows the hash behind it.
fn hash_at<'a>(
    text: &'a [u8],
    mark: &'static [u8],
    length: usize,
    is_part: impl Fn(u8) -> bool,
) -> Option<(&'static [u8], &'a [u8])> {
    let after = text.strip_prefix(mark)?;
    let hash = after.get(..length)?;
    hash.iter()
        .all(|byte| is_part(*byte))
        .then_some((mark, &after[length..]))
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
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

    #[test]
    fn nor_do_hashes_that_browsers_check() {
        let page = |hash: &str| {
            looks(format!("<link href=\"/a.css\" integrity=\"sha384-{hash}\">").as_bytes())
        };
        assert_eq!(page(&"a".repeat(64)), page(&"B/+=".repeat(16)));
        assert_ne!(page(&"a".repeat(64)), page(&"a".repeat(63)));
        assert_ne!(page(&"a".repeat(64)), page(&"-".repeat(64)));
    }
}

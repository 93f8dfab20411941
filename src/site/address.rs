//! Addresses as they are written in texts: external or not, percent encoding taken off.

use std::borrow::Cow;

/// Whether an address names its own host or scheme.
pub fn is_external(address: &str) -> bool {
    address.starts_with("//")
        || address
            .split_once(':')
            .is_some_and(|(scheme, _)| is_scheme(scheme))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Without percent encoding; what is no valid encoding stays.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match hex {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// An address as `href` wants it: spaces and non-ASCII encoded, what is encoded already kept.
pub fn encoded(address: &str) -> String {
    let plain = |byte: u8| byte.is_ascii() && !b" \"<>".contains(&byte);
    if address.bytes().all(plain) {
        return address.to_owned();
    }
    let mut out = String::with_capacity(address.len() * 2);
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_is_encoded() {
        assert_eq!(decode("a%20b"), "a b");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%ff"), "%ff");
    }

    #[test]
    fn encodes_what_an_address_may_not_hold() {
        assert_eq!(encoded("/a b.jpeg"), "/a%20b.jpeg");
        assert_eq!(encoded("/a%20b"), "/a%20b");
        assert_eq!(encoded("/é\""), "/%C3%A9%22");
    }

    #[test]
    fn tells_external_addresses() {
        assert!(is_external("https://a.example/x"));
        assert!(is_external("//a.example"));
        assert!(is_external("mailto:a@b.example"));
        assert!(!is_external("./a:b.md"));
        assert!(!is_external("x.md"));
    }
}

//! Addresses for machines: ASCII, with nothing in them that ends an address.

use std::fmt::Write as _;

/// An address with spaces, quotes, angle brackets and all that is not ASCII encoded; what is
/// encoded already is kept.
pub fn encoded(address: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    if address.bytes().all(plain) {
        return address.to_owned();
    }
    let mut out = String::with_capacity(address.len() * 2);
    for byte in address.bytes() {
        if plain(byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_an_address_is_encoded() {
        assert_eq!(
            encoded("https://a.example/a%20b/"),
            "https://a.example/a%20b/"
        );
        assert_eq!(encoded("/a b\n<é>"), "/a%20b%0A%3C%C3%A9%3E");
    }
}

//! Under which names the preview answers.
//!
//! A page of any site can make its own name point at this machine (DNS rebinding) and then read
//! the preview as if it were its own. It cannot choose the name in the `Host` header, so names
//! that are not this machine's are refused.

use std::net::IpAddr;

/// The names under which the preview answers.
#[derive(Clone, Debug)]
pub(super) struct Names {
    port: u16,
    given: Vec<(String, u16)>,
    /// The one that stands in all addresses of its pages, such as `127.0.0.1:1111`.
    home: String,
}

/// Under which of its names the preview was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The one that stands in its pages.
    Home,
    /// Another one of the very same machine, which can as well go there.
    Beside,
    /// One of another machine, which cannot: `http://192.168.1.5:1111`.
    Abroad(String),
}

impl Names {
    /// This machine's names and the given ones, `name` or `name:port`.
    pub(super) fn new(given: &[String], home: &str, port: u16) -> Self {
        let given = given.iter().filter_map(|name| {
            let (host, own) = split(name)?;
            Some((host.to_ascii_lowercase(), own.unwrap_or(port)))
        });
        Self {
            port,
            given: given.collect(),
            home: home.to_owned(),
        }
    }

    /// The authority that stands in the pages.
    pub(super) fn home(&self) -> &str {
        &self.home
    }

    /// Under which name an authority that is allowed asks.
    pub(super) fn asked(&self, authority: &str) -> Asked {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
        if authority.eq_ignore_ascii_case(&self.home) || !authority.bytes().all(plain) {
            return Asked::Home;
        }
        let host = |authority| split(authority).map_or("", |(host, _)| host);
        if is_loopback(host(authority)) && is_loopback(host(&self.home)) {
            return Asked::Beside;
        }
        // What is not spoken to at the preview's own port is a tunnel.
        let tls = split(authority).is_some_and(|(host, port)| self.is_given(host, port, &[443]))
            && matches!(split(authority), Some((_, None | Some(443))));
        let scheme = if tls { "https" } else { "http" };
        Asked::Abroad(format!("{scheme}://{}", authority.to_ascii_lowercase()))
    }

    /// Whether an authority (`localhost:1111`) leads here; `local` is the address at which the
    /// connection came in, which nobody can forge.
    pub(super) fn allow(&self, authority: &str, local: IpAddr) -> bool {
        self.allow_with(authority, local, &[80, 443])
    }

    /// Whether an origin (`http://localhost:1111`) is a page of this preview.
    pub(super) fn allow_origin(&self, origin: &str, local: IpAddr) -> bool {
        match origin.split_once("://") {
            Some(("http", authority)) => self.allow_with(authority, local, &[80]),
            // Only a tunnel in front of the preview speaks TLS.
            Some(("https", authority)) => {
                split(authority).is_some_and(|(host, port)| self.is_given(host, port, &[443]))
            }
            _ => false,
        }
    }

    /// `implied` are the ports that an authority without one may mean.
    fn allow_with(&self, authority: &str, local: IpAddr, implied: &[u16]) -> bool {
        let Some((host, port)) = split(authority) else {
            return false;
        };
        let right_port = port.unwrap_or(80) == self.port;
        (right_port && is_own(host, local)) || self.is_given(host, port, implied)
    }

    fn is_given(&self, host: &str, port: Option<u16>, implied: &[u16]) -> bool {
        self.given.iter().any(|(name, own)| {
            let right_port = match port {
                Some(port) => port == *own,
                None => implied.contains(own),
            };
            right_port && host.eq_ignore_ascii_case(name)
        })
    }
}

/// Whether a text is the name of a host, with or without a port, as browsers send it.
pub fn is_host_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(plain);
    split(text).is_some_and(|(host, _)| {
        let is_v6 = host.starts_with('[') && ip(host).is_some();
        is_v6 || host.split('.').all(is_part)
    })
}

/// Whether a host is this machine, whoever is asked.
fn is_own(host: &str, local: IpAddr) -> bool {
    is_loopback(host) || ip(host) == Some(local)
}

/// Whether a host is the machine of whoever asks.
fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || ip(&host).is_some_and(|address| address.is_loopback())
}

fn ip(host: &str) -> Option<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|v6| v6.strip_suffix(']'));
    match bare {
        Some(v6) => v6.parse().map(IpAddr::V6).ok(),
        None => host.parse().map(IpAddr::V4).ok(),
    }
}

/// Host and port of an authority; none when it is not in the form that browsers send.
fn split(authority: &str) -> Option<(&str, Option<u16>)> {
    let end_of_v6 = authority.starts_with('[').then(|| authority.find(']'));
    let end = match end_of_v6 {
        Some(end) => end? + 1,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, rest) = authority.split_at(end);
    if host.is_empty() || host.contains(['@', '/', '\\', '?', '#', ' ', ',']) {
        return None;
    }
    match rest.strip_prefix(':') {
        Some(port) => Some((host, Some(number(port)?))),
        None => rest.is_empty().then_some((host, None)),
    }
}

/// A port as browsers write it. `parse` alone would take `+1` and `01` too.
fn number(port: &str) -> Option<u16> {
    let plain = port.bytes().all(|byte| byte.is_ascii_digit()) && !port.starts_with('0');
    plain.then(|| port.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn names() -> Names {
        let given = ["Preview.test".to_owned(), "tunnel.test:443".to_owned()];
        Names::new(&given, "127.0.0.1:1111", 1111)
    }

    #[test]
    fn pages_are_shown_under_one_name_of_a_machine() {
        let names = names();
        assert_eq!(names.asked("127.0.0.1:1111"), Asked::Home);
        for beside in ["localhost:1111", "a.LOCALHOST:1111", "[::1]:1111"] {
            assert_eq!(names.asked(beside), Asked::Beside, "{beside}");
        }
        for (authority, base) in [
            ("192.168.1.5:1111", "http://192.168.1.5:1111"),
            ("Preview.test:1111", "http://preview.test:1111"),
            ("tunnel.test", "https://tunnel.test"),
            ("tunnel.test:443", "https://tunnel.test:443"),
        ] {
            assert_eq!(names.asked(authority), Asked::Abroad(base.to_owned()));
        }
        // Nothing that could end an attribute gets into a page.
        assert_eq!(names.asked("a\"b.localhost:1111"), Asked::Home);
        let far = Names::new(&[], "192.168.1.5:1111", 1111);
        let base = Asked::Abroad("http://localhost:1111".to_owned());
        assert_eq!(far.asked("localhost:1111"), base);
    }

    #[test]
    fn this_machine_and_given_names_with_the_right_port() {
        for authority in [
            "localhost:1111",
            "LOCALHOST:1111",
            "kursus.localhost:1111",
            "127.0.0.1:1111",
            "127.8.9.10:1111",
            "[::1]:1111",
            "preview.test:1111",
            "tunnel.test",
            "tunnel.test:443",
        ] {
            assert!(names().allow(authority, LOOPBACK), "{authority}");
        }
    }

    #[test]
    fn nothing_else() {
        for authority in [
            "",
            ":1111",
            "localhost",
            "localhost:",
            "localhost:1112",
            "localhost:+1111",
            "localhost:01111",
            "localhost:1111:1111",
            "localhost:11110",
            "localhost.:1111",
            "localhost.evil.test:1111",
            "evillocalhost:1111",
            ".evil.test:1111",
            "evil.test:1111",
            "evil@localhost:1111",
            "localhost:1111@evil.test",
            "localhost:1111, evil.test",
            "127.0.0.1.evil.test:1111",
            "127.1:1111",
            "0x7f.0.0.1:1111",
            "2130706433:1111",
            "0.0.0.0:1111",
            "10.0.0.1:1111",
            "192.168.1.5:1111",
            "[::]:1111",
            "[::1:1111",
            "[::1]evil:1111",
            "::1:1111",
            "[127.0.0.1]:1111",
            "preview.test",
            "preview.test:443",
            "tunnel.test:1111",
            "tunnel.test:80",
        ] {
            assert!(!names().allow(authority, LOOPBACK), "{authority}");
        }
    }

    #[test]
    fn the_address_that_was_connected_to_is_this_machine() {
        let local: IpAddr = "192.168.1.5".parse().unwrap();
        assert!(names().allow("192.168.1.5:1111", local));
        assert!(!names().allow("192.168.1.6:1111", local));
    }

    #[test]
    fn what_is_no_name_of_a_host_is_told_from_one() {
        for name in [
            "preview.test",
            "tunnel.test:443",
            "[::1]:80",
            "10.0.0.2",
            "my_pc",
        ] {
            assert!(is_host_name(name), "{name}");
        }
        for name in [
            "",
            "*.test",
            "https://preview.test",
            "preview.test/",
            "a b",
            "a..b",
            ".test",
            "a:b",
            "a:0443",
            "[::1",
            "[x]",
            "kelas é.test",
        ] {
            assert!(!is_host_name(name), "{name}");
        }
    }

    #[test]
    fn origins_are_pages_of_the_preview() {
        for origin in [
            "http://localhost:1111",
            "http://[::1]:1111",
            "https://tunnel.test",
        ] {
            assert!(names().allow_origin(origin, LOOPBACK), "{origin}");
        }
        for origin in [
            "null",
            "",
            "http://",
            "http://localhost",
            "https://localhost:1111",
            "http://localhost:1111/",
            "http://127.0.0.1:2222",
            "http://10.0.0.1:1111",
            "http://evil.test",
            "http://tunnel.test",
            "https://preview.test",
            "file://",
            "chrome-extension://localhost:1111",
        ] {
            assert!(!names().allow_origin(origin, LOOPBACK), "{origin}");
        }
    }
}

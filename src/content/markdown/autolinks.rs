//! Addresses in running text: the extended autolinks of GFM, which the parser does not know.
//!
//! As the specification has it: they begin a line or follow a blank or one of `*`, `_`, `~` and
//! `(`; punctuation at the end is no part of them, nor is a bracket that closes nothing.

use std::ops::Range;

use memchr::{memchr2_iter, memmem};

/// An address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Autolink {
    /// Its bytes, which are also what is shown.
    pub(super) range: Range<usize>,
    /// What its address begins with, beside what is written.
    pub(super) before: &'static str,
}

const SCHEMES: [&str; 3] = ["https://", "http://", "ftp://"];
const MAILS: [&str; 2] = ["mailto:", "xmpp:"];

/// No domain is longer; looking no further keeps time linear in whatever a text holds.
const LONGEST: usize = 512;

/// No name before the `@` of a mail address is longer.
const LONGEST_NAME: usize = 1024;

/// Where in a text addresses may be: the places of what each of them holds. Most texts have none.
pub(super) struct Marks(Vec<usize>);

impl Marks {
    /// Of a text.
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let is_mark = |at: &usize| match bytes[*at] {
            b'@' => bytes.get(at + 1).is_some_and(begins_host),
            _ => bytes[*at..].starts_with(b"://"),
        };
        let mut marks: Vec<usize> = memchr2_iter(b':', b'@', bytes).filter(is_mark).collect();
        let names = memmem::find_iter(bytes, "www.");
        marks.extend(names);
        marks.sort_unstable();
        Self(marks)
    }

    /// Whether a part of the text has to be searched.
    pub(super) fn any_in(&self, part: &Range<usize>) -> bool {
        let next = self.0.partition_point(|mark| *mark < part.start);
        self.0.get(next).is_some_and(|mark| *mark < part.end)
    }

    /// Whether an address may begin in a part of the text, though it ends behind it.
    pub(super) fn any_near(&self, part: &Range<usize>) -> bool {
        self.any_in(&(part.start..part.end + LONGEST_NAME))
    }
}

/// The addresses of a text that follows `before`, in order.
pub(super) fn find(text: &str, before: Option<char>) -> Vec<Autolink> {
    let mut found = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(next) = text[at..].find([':', 'w', '@']) {
        at += next;
        let link = match text.as_bytes()[at] {
            b':' => with_scheme(text, done, at, before),
            b'w' => with_www(text, at, before),
            _ => mail(text, done, at, before),
        };
        match link {
            Some(link) => {
                (done, at) = (link.range.end, link.range.end);
                found.push(link);
            }
            None => at += 1,
        }
    }
    found
}

/// `https://…`, by its colon.
fn with_scheme(text: &str, from: usize, colon: usize, before: Option<char>) -> Option<Autolink> {
    let rest = text[colon..].strip_prefix("://")?;
    let start_of = |scheme: &str| {
        let start = (colon + 3).checked_sub(scheme.len())?;
        let written = text.get(start..colon + 3)?;
        let fits = start >= from && written.eq_ignore_ascii_case(scheme);
        (fits && may_begin(text, start, before)).then_some(start)
    };
    let start = SCHEMES.iter().find_map(|scheme| start_of(scheme))?;
    let domain = domain_length(rest)?;
    let range = start..end(text, start, colon + 3 + domain);
    Some(Autolink { range, before: "" })
}

/// `www.…`, by its first letter.
fn with_www(text: &str, start: usize, before: Option<char>) -> Option<Autolink> {
    if !text[start..].starts_with("www.") || !may_begin(text, start, before) {
        return None;
    }
    let domain = domain_length(&text[start..])?;
    let range = start..end(text, start, start + domain);
    let before = "http://";
    Some(Autolink { range, before })
}

/// `name@example.com`, by its `@`, with `mailto:` or `xmpp:` where that is written.
fn mail(text: &str, from: usize, at: usize, before: Option<char>) -> Option<Autolink> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let name = text[from..at].len() - text[from..at].trim_end_matches(is_name).len();
    let start = at - name;
    let host = mail_host(&text[at + 1..])?;
    if name == 0 {
        return None;
    }
    let mut end = at + 1 + host;
    let head = &text[from..start];
    if let Some(scheme) = MAILS.iter().find(|scheme| head.ends_with(**scheme)) {
        let start = start - scheme.len();
        if *scheme == "xmpp:" {
            end += resource_length(&text[end..]);
        }
        let range = start..end;
        return may_begin(text, start, before).then_some(Autolink { range, before: "" });
    }
    let follows = text[..start].chars().next_back().or(before);
    if follows.is_some_and(|c| c == '/' || c == ':' || c.is_alphanumeric()) {
        return None;
    }
    let before = "mailto:";
    let range = start..end;
    Some(Autolink { range, before })
}

/// What follows the host of an XMPP address: one slash and a name.
fn resource_length(text: &str) -> usize {
    let Some(name) = text.strip_prefix('/') else {
        return 0;
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.');
    let length = name.len() - name.trim_start_matches(is_name).len();
    match name[..length].trim_end_matches('.').len() {
        0 => 0,
        length => 1 + length,
    }
}

/// Whether the host of a mail address may begin so: that of a link to a file, `@/x.md`, does not.
fn begins_host(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// The length of the host of a mail address: it has a dot, and ends in neither of `-` and `_`.
fn mail_host(text: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let length = text.len() - text.trim_start_matches(is_part).len();
    let host = text[..length].trim_end_matches('.');
    let sound = !host.ends_with(['-', '_']) && host.split('.').all(|part| !part.is_empty());
    let more = text[length..].starts_with(['@', '+']);
    (host.contains('.') && sound && !more).then_some(host.len())
}

/// Whether an address may begin at `start`.
fn may_begin(text: &str, start: usize, before: Option<char>) -> bool {
    let follows = text[..start].chars().next_back().or(before);
    follows.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '('))
}

/// The length of a domain: parts of letters, digits, `_` and `-` with dots between them, at least
/// two, and no `_` in the last two.
fn domain_length(text: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut ends = text.char_indices().take(LONGEST);
    let end = ends.find(|(_, c)| !is_part(*c)).map(|(at, _)| at);
    let length = end.or((text.len() < LONGEST).then_some(text.len()))?;
    let domain = text[..length].trim_end_matches(['.', '-', '_']);
    let mut parts = domain.rsplit('.');
    let (last, second) = (parts.next()?, parts.next()?);
    let sound = domain.split('.').all(|part| !part.is_empty());
    (sound && !last.contains('_') && !second.contains('_')).then_some(length)
}

/// Where an address ends that begins at `start` and is sound up to `from`.
fn end(text: &str, start: usize, from: usize) -> usize {
    let rest = &text[from..];
    let length = rest
        .find(|c: char| c.is_whitespace() || c == '<')
        .unwrap_or(rest.len());
    let mut link = &text[start..from + length];
    let closing = link.matches(')').count();
    let mut surplus = closing.saturating_sub(link.matches('(').count());
    loop {
        link = link.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"']);
        if let Some(shorter) = link.strip_suffix(')').filter(|_| surplus > 0) {
            surplus -= 1;
            link = shorter;
        } else if let Some(shorter) = without_entity(link) {
            link = shorter;
        } else {
            return start + link.len();
        }
    }
}

/// Without what looks like a sign by name, `&name;`, at the end.
fn without_entity(link: &str) -> Option<&str> {
    let head = link.strip_suffix(';')?;
    let name = head.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    (name.len() < head.len())
        .then(|| name.strip_suffix('&'))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The addresses of a text, as `where it leads`.
    fn found(text: &str) -> Vec<String> {
        let links = find(text, None).into_iter();
        links
            .map(|link| format!("{}{}", link.before, &text[link.range]))
            .collect()
    }

    #[test]
    fn addresses_begin_with_www_or_a_scheme() {
        assert_eq!(found("www.commonmark.org"), ["http://www.commonmark.org"]);
        assert_eq!(
            found("Baca www.commonmark.org/help untuk tahu."),
            ["http://www.commonmark.org/help"]
        );
        assert_eq!(
            found("http://commonmark.org dan FTP di ftp://foo.bar.baz."),
            ["http://commonmark.org", "ftp://foo.bar.baz"]
        );
        assert_eq!(found("HTTPS://a.id"), ["HTTPS://a.id"]);
        for text in [
            "http://",
            "https://localhost:80",
            "www.",
            "www",
            "ssh://a.id",
            "xhttp://a.id",
            "awww.a.id",
            "\"https://a.id",
            "http://a_b.id",
            "http://a.b_c",
            "http://a..b",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(found("http://a_b.c.id"), ["http://a_b.c.id"]);
    }

    #[test]
    fn punctuation_and_brackets_at_the_end_are_no_part() {
        assert_eq!(
            found("Lihat www.commonmark.org. Lihat www.commonmark.org/a.b."),
            ["http://www.commonmark.org", "http://www.commonmark.org/a.b"]
        );
        let search = "http://www.google.com/search?q=Markup+(business)";
        for text in [
            "www.google.com/search?q=Markup+(business)",
            "www.google.com/search?q=Markup+(business)))",
            "(www.google.com/search?q=Markup+(business))",
            "(www.google.com/search?q=Markup+(business)",
        ] {
            assert_eq!(found(text), [search], "{text}");
        }
        assert_eq!(
            found("www.google.com/search?q=(business))+ok"),
            ["http://www.google.com/search?q=(business))+ok"]
        );
        assert_eq!(
            found("www.google.com/search?q=commonmark&hl=en"),
            ["http://www.google.com/search?q=commonmark&hl=en"]
        );
        assert_eq!(
            found("www.google.com/search?q=commonmark&hl;"),
            ["http://www.google.com/search?q=commonmark"]
        );
        assert_eq!(
            found("www.commonmark.org/he<lp"),
            ["http://www.commonmark.org/he"]
        );
        assert_eq!(
            found("**https://a.id/x**, _www.b.id_"),
            ["https://a.id/x", "http://www.b.id"]
        );
    }

    #[test]
    fn mail_addresses_have_a_name_and_a_host_with_a_dot() {
        assert_eq!(found("foo@bar.baz"), ["mailto:foo@bar.baz"]);
        assert_eq!(
            found("hello@mail+xyz.example salah, hello+xyz@mail.example benar."),
            ["mailto:hello+xyz@mail.example"]
        );
        assert_eq!(found("a.b-c_d@a.b"), ["mailto:a.b-c_d@a.b"]);
        assert_eq!(found("a.b-c_d@a.b."), ["mailto:a.b-c_d@a.b"]);
        for text in ["a.b-c_d@a.b-", "a.b-c_d@a.b_", "@a.b", "a@b", "a/b@c.id"] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn mail_addresses_may_have_a_scheme() {
        assert_eq!(found("mailto:foo@bar.baz"), ["mailto:foo@bar.baz"]);
        assert_eq!(found("mailto:a.b-c_d@a.b."), ["mailto:a.b-c_d@a.b"]);
        assert_eq!(found("mailto:a.b-c_d@a.b_"), [""; 0]);
        assert_eq!(found("xmpp:foo@bar.baz."), ["xmpp:foo@bar.baz"]);
        assert_eq!(
            found("xmpp:foo@bar.baz/txt@bin.com"),
            ["xmpp:foo@bar.baz/txt@bin.com"]
        );
        assert_eq!(found("xmpp:foo@bar.baz/txt/bin"), ["xmpp:foo@bar.baz/txt"]);
    }

    #[test]
    fn only_what_holds_a_mark_is_searched() {
        let text = "abc http://a.id def";
        let marks = Marks::of(text);
        assert!(marks.any_in(&(0..text.len())));
        assert!(!marks.any_in(&(0..8)) && !marks.any_in(&(9..text.len())));
        // An address may begin before its mark, and end behind it.
        assert!(marks.any_near(&(0..3)) && !marks.any_near(&(9..12)));
        for text in ["a@b.id", "www.a.id", "a ftp://b"] {
            assert!(Marks::of(text).any_in(&(0..text.len())), "{text}");
        }
        for text in ["a: b", "ww.a.id", "http:/a", ""] {
            assert!(!Marks::of(text).any_in(&(0..text.len())), "{text}");
        }
    }

    #[test]
    fn what_stands_before_the_text_counts() {
        assert!(find("www.a.id", Some('`')).is_empty());
        assert_eq!(find("www.a.id", Some('(')).len(), 1);
    }
}

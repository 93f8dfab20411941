//! Raw HTML, read for the addresses in it: which attributes of which elements name a page or a
//! file of the site. Reads as browsers do, as far as that is needed; what it does not understand
//! is left alone.

use super::writer::is_for_site;
use crate::content::body::Raw;
use std::borrow::Cow;
use std::ops::Range;

/// Elements whose text is no HTML.
const PLAIN: [&str; 8] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

/// Where in raw HTML one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Within {
    /// Between tags.
    #[default]
    Text,
    /// In a tag, between attributes.
    Tag,
    /// In the value of an attribute, in such quotes.
    Quotes(u8),
    /// In a comment.
    Comment,
    /// In an element whose text is no HTML.
    Plain(&'static str),
}

/// An address that the site may resolve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Where it stands in the HTML.
    pub(super) range: Range<usize>,
    /// What it is taken for.
    pub(super) raw: Raw,
}

impl Within {
    /// Where one is behind `html`; `found` is handed the addresses in it.
    pub(super) fn read(self, html: &str, found: &mut dyn FnMut(Address)) -> Self {
        let mut within = self;
        let mut at = 0;
        while at < html.len() {
            let still = (within, html.len());
            (within, at) = match within {
                Self::Text => text(html, at, found),
                // Of which element is not known any more.
                Self::Tag => attributes(html, at, &mut |_, _| {}),
                Self::Quotes(quote) => past(html, at, quote).map_or(still, |end| (Self::Tag, end)),
                Self::Comment => behind(html, at, "-->").map_or(still, |end| (Self::Text, end)),
                Self::Plain(name) => end_of(html, at, name).map_or(still, |end| (Self::Text, end)),
            };
        }
        within
    }

    /// Whether one is inside a tag.
    pub(super) fn is_in_tag(self) -> bool {
        matches!(self, Self::Tag | Self::Quotes(_))
    }
}

/// Behind the next `quote`.
fn past(html: &str, at: usize, quote: u8) -> Option<usize> {
    memchr::memchr(quote, &html.as_bytes()[at..]).map(|found| at + found + 1)
}

fn behind(html: &str, at: usize, end: &str) -> Option<usize> {
    html[at..].find(end).map(|found| at + found + end.len())
}

/// Where the tag begins that ends an element.
fn end_of(html: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    loop {
        let open = at + html[at..].find("</")?;
        let end = open + 2 + name.len();
        if html
            .get(open + 2..end)
            .is_some_and(|other| other.eq_ignore_ascii_case(name))
        {
            return Some(open);
        }
        at = open + 2;
    }
}

/// Goes on in text: to behind the next tag, or into it.
fn text(html: &str, at: usize, found: &mut dyn FnMut(Address)) -> (Within, usize) {
    let Some(open) = memchr::memchr(b'<', &html.as_bytes()[at..]) else {
        return (Within::Text, html.len());
    };
    let open = at + open;
    let inside = open + 1;
    if html[open..].starts_with("<!--") {
        return (Within::Comment, open + 4);
    }
    match html.as_bytes().get(inside) {
        Some(byte) if byte.is_ascii_alphabetic() => {}
        // What ends an element, or declares something, names nothing.
        Some(b'/' | b'!' | b'?') => return attributes(html, inside + 1, &mut |_, _| {}),
        _ => return (Within::Text, inside),
    }
    let rest = &html[inside..];
    let length = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    let length = length.unwrap_or(rest.len());
    let element = rest[..length].to_ascii_lowercase();
    let mut each = |name: Range<usize>, value| attribute(html, &element, &html[name], value, found);
    let (within, end) = attributes(html, inside + length, &mut each);
    match PLAIN.iter().find(|plain| **plain == element) {
        Some(plain) if within == Within::Text => (Within::Plain(plain), end),
        _ => (within, end),
    }
}

/// Goes on between the attributes of an element, to behind its tag. `each` is handed the places
/// of name and value of those that have a whole one.
fn attributes(
    html: &str,
    from: usize,
    each: &mut dyn FnMut(Range<usize>, Range<usize>),
) -> (Within, usize) {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => return (Within::Text, at + 1),
            b'"' | b'\'' => match past(html, at + 1, *byte) {
                Some(end) => at = end,
                None => return (Within::Quotes(*byte), html.len()),
            },
            b'/' => at += 1,
            _ if byte.is_ascii_whitespace() => at += 1,
            _ => {
                let name = at..until(bytes, at + 1, b"=/>\"'");
                at = name.end;
                let Some(value) = value_from(bytes, name.end) else {
                    continue;
                };
                let quote = bytes[value];
                if !matches!(quote, b'"' | b'\'') {
                    at = until(bytes, value, b">");
                    each(name, value..at);
                } else if let Some(end) = past(html, value + 1, quote) {
                    each(name, value + 1..end - 1);
                    at = end;
                } else {
                    return (Within::Quotes(quote), html.len());
                }
            }
        }
    }
    (Within::Tag, html.len())
}

/// The next blank or one of `ends`.
fn until(bytes: &[u8], from: usize, ends: &[u8]) -> usize {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || ends.contains(byte);
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter()
        .position(is_end)
        .map_or(bytes.len(), |found| from + found)
}

/// Where the value begins of an attribute whose name ends at `from`; none without a value.
fn value_from(bytes: &[u8], from: usize) -> Option<usize> {
    let solid = |from: usize| {
        let rest = bytes.get(from..)?;
        Some(from + rest.iter().position(|byte| !byte.is_ascii_whitespace())?)
    };
    let sign = solid(from).filter(|at| bytes[*at] == b'=')?;
    solid(sign + 1).filter(|at| bytes[*at] != b'>')
}

fn attribute(
    html: &str,
    element: &str,
    name: &str,
    value: Range<usize>,
    found: &mut dyn FnMut(Address),
) {
    let name = name.to_ascii_lowercase();
    if name == "srcset" {
        candidates(html, value, found);
    } else if let Some(raw) = taken_for(element, &name, &html[value.clone()])
        && let Some(length) = named(&html[value.clone()])
    {
        let range = value.start..value.start + length;
        found(Address { range, raw });
    }
}

/// What the value of an attribute is taken for, where it is an address.
fn taken_for(element: &str, name: &str, value: &str) -> Option<Raw> {
    Some(match (name, element) {
        ("href", "base") => return None,
        ("src", "img" | "input") | ("poster", "video") => Raw::Picture,
        ("href" | "xlink:href", "image" | "feimage") => Raw::Picture,
        ("src", "video" | "audio" | "source" | "track") => Raw::File,
        ("href" | "xlink:href", "use") => Raw::File,
        ("href" | "src", _) | ("data", "object") | ("xlink:href", "a") => Raw::Link,
        // Nobody else has addresses like these.
        _ if value.starts_with("@/") => Raw::Link,
        _ => return None,
    })
}

/// The pictures of a `srcset`: addresses, each with a width or density behind it, with commas
/// between them.
fn candidates(html: &str, set: Range<usize>, found: &mut dyn FnMut(Address)) {
    let set_end = set.end;
    let mut at = set.start;
    while at < set_end {
        let rest = &html[at..set_end];
        let blank = |c: char| c.is_ascii_whitespace();
        at += rest.len() - rest.trim_start_matches(|c| blank(c) || c == ',').len();
        let rest = &html[at..set_end];
        let written = &rest[..rest.find(blank).unwrap_or(rest.len())];
        let address = written.trim_end_matches(',');
        if let Some(length) = named(address) {
            let (range, raw) = (at..at + length, Raw::Picture);
            found(Address { range, raw });
        }
        at += written.len();
        if address.len() == written.len() {
            at = html[at..set_end]
                .find(',')
                .map_or(set_end, |comma| at + comma);
        }
    }
}

/// How much of an address the site resolves: all but a query, which stays behind it. None of one
/// that leads elsewhere or on the page itself, or that is not understood.
fn named(address: &str) -> Option<usize> {
    let end = address.find(['?', '#']);
    let end = end.filter(|end| address[*end..].starts_with('?'));
    let path = &address[..end.unwrap_or(address.len())];
    let odd = |c: char| c.is_ascii_control() || matches!(c, '{' | '}' | '\\');
    let understood = !path.contains(odd) && path.trim_ascii() == path && unescaped(path).is_some();
    let own = understood && !path.starts_with('#') && is_for_site(path);
    (own || path.starts_with("@/")).then_some(path.len())
}

/// The value of an attribute without the only sign by name that addresses need; none where there
/// are others.
pub(super) fn unescaped(value: &str) -> Option<Cow<'_, str>> {
    if !value.contains('&') {
        return Some(Cow::Borrowed(value));
    }
    let plain = value.replace("&amp;", "&");
    let mut behind = value.replace("&amp;", "");
    behind.retain(|c| c == '&' || c == ';');
    (!behind.contains("&;")).then_some(Cow::Owned(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(html: &str) -> Vec<(&str, Raw)> {
        let mut all = Vec::new();
        Within::Text.read(html, &mut |found| all.push((&html[found.range], found.raw)));
        all
    }

    fn after(html: &str) -> Within {
        Within::Text.read(html, &mut |_| {})
    }

    #[test]
    fn text_is_known_from_tags() {
        assert_eq!(after("<div class='a>b'> x"), Within::Text);
        assert_eq!(after("<div"), Within::Tag);
        assert_eq!(after("<div class=\""), Within::Quotes(b'"'));
        assert_eq!(after("a <!-- x > y"), Within::Comment);
        assert_eq!(after("a <!-- x --> y"), Within::Text);
        assert_eq!(after("a < b"), Within::Text);
        assert_eq!(after("<script>a < b"), Within::Plain("script"));
        assert_eq!(after("<script>a < b</SCRIPT>"), Within::Text);
        assert_eq!(after("</p"), Within::Tag);
        for html in [
            "<", "<a b", "<a b=", "<a b= ", "<a =", "<a / /", "<!", "<!-", "<a b='é",
        ] {
            let _ = after(html);
        }
    }

    #[test]
    fn reading_goes_on_where_it_ended() {
        let mut all = 0;
        let first = after("<p title='a");
        assert_eq!(
            first.read("b' id=c> <a href='/x'>", &mut |_| all += 1),
            Within::Text
        );
        assert_eq!(all, 1);
    }

    #[test]
    fn addresses_are_found_by_element_and_attribute() {
        use Raw::{File, Link, Picture};
        for (html, expected) in [
            ("<a href=\"@/a.md#x\">@/no</a>", vec![("@/a.md#x", Link)]),
            ("<A\nclass=b HREF = '/a'>", vec![("/a", Link)]),
            ("<img src=b.png/>", vec![("b.png/", Picture)]),
            ("<img src=b.png />", vec![("b.png", Picture)]),
            (
                "<img alt=\"<a href='/no'>\" src='../b.png'>",
                vec![("../b.png", Picture)],
            ),
            (
                "<img src='foto saya.jpg'>",
                vec![("foto saya.jpg", Picture)],
            ),
            (
                "<video src=/v.mp4 poster=p.jpg>",
                vec![("/v.mp4", File), ("p.jpg", Picture)],
            ),
            (
                "<iframe src='/x/'><img src='no'></iframe>",
                vec![("/x/", Link)],
            ),
            ("<p data-x='@/b.svg'>", vec![("@/b.svg", Link)]),
            ("<a href='/a?b=1&amp;c=2'>", vec![("/a", Link)]),
            ("<a href='/a#b?c'>", vec![("/a#b?c", Link)]),
            ("<a href='/R&amp;D/'>", vec![("/R&amp;D/", Link)]),
            ("<!-- <img src='no'> --><img src='a'>", vec![("a", Picture)]),
            (
                "<script>'<img src=no>'</script><img src='a'>",
                vec![("a", Picture)],
            ),
        ] {
            assert_eq!(addresses(html), expected, "{html}");
        }
    }

    #[test]
    fn what_leads_elsewhere_or_is_odd_is_left_alone() {
        for html in [
            "<a href='https://a.example/x'>",
            "<a href='//a.example/x'>",
            "<a href='mailto:a@b.example'>",
            "<a href='#x'>",
            "<a href='?q=1'>",
            "<a href=''>",
            "<a href>",
            "<a href=>",
            "<a href=' /x'>",
            "<a href='/{{ x }}'>",
            "<a href='/&eacute;'>",
            "<a href='a\\b'>",
            "<img src='data:image/png;base64,AAAA'>",
            "<base href='/x'>",
            "<p data-src='/x' title='/y'>",
            "<a href='/x",
            "</a href='/x'>",
        ] {
            assert_eq!(addresses(html), [], "{html}");
        }
    }

    #[test]
    fn a_set_holds_many_pictures() {
        let set = "<img srcset=' a.jpg 1x,\n /b,c.jpg 2x , @/d.jpg, https://x.example/e 4x,data:x,y 5x,f.jpg'>";
        let found = addresses(set);
        let expected = ["a.jpg", "/b,c.jpg", "@/d.jpg", "f.jpg"];
        assert_eq!(found, expected.map(|address| (address, Raw::Picture)));
    }
}

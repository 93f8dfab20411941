//! Links and images.

use super::Writer;
use crate::base::Span;
use crate::content::body::{self, Piece, Raw};
use crate::content::markdown::pieces::Place;
use crate::diag::Diagnostic;
use pulldown_cmark::LinkType;
use std::ops::Range;

/// A link being written.
pub(super) struct Link {
    /// Where its text begins.
    place: Place,
    range: Range<usize>,
}

/// An image being read.
pub(super) struct Image {
    src: Box<str>,
    title: Box<str>,
    /// Its text so far, plain.
    pub(super) alt: String,
    /// Elements open in its text; they leave nothing but their text.
    pub(super) depth: usize,
    span: Span,
    range: Range<usize>,
}

impl Writer<'_, '_> {
    pub(super) fn open_link(
        &mut self,
        kind: LinkType,
        address: &str,
        title: &str,
        range: Range<usize>,
    ) {
        if let Some(image) = &mut self.image {
            image.depth += 1;
            return;
        }
        self.inline();
        self.inlines += 1;
        if let Some(heading) = &mut self.heading {
            heading.has_link = true;
        }
        self.out.push("<a");
        let address = self.restored(address, "the address of a link");
        if kind == LinkType::Email {
            self.out.push(" href=\"mailto:");
            self.out.address(&address);
            self.out.push("\"");
        } else {
            self.href(kind, &address, &range);
        }
        if !title.is_empty() {
            let title = self.restored(title, "the title of a link");
            self.out.push(" title=\"");
            self.out.attribute(&title);
            self.out.push("\"");
        }
        if self.page.options.is_external(&address) {
            self.out.push(&self.page.external);
        }
        self.out.push(">");
        let place = self.out.place();
        self.link = Some(Link { place, range });
    }

    fn href(&mut self, kind: LinkType, address: &str, range: &Range<usize>) {
        if address.is_empty() {
            let what = Diagnostic::warning("link-empty", "a link leads nowhere");
            self.report(what, range.clone(), "it has no address");
        }
        if !self.page.options.trusted && !is_harmless(address) {
            return;
        }
        self.out.push(" href=\"");
        if is_for_site(address) {
            let span = self.address_span(kind, address, range);
            self.link_slot(address, span, None);
        } else {
            self.out.address(address);
        }
        self.out.push("\"");
    }

    /// A slot for an address that the site resolves.
    pub(super) fn link_slot(&mut self, address: &str, span: Span, raw: Option<Raw>) {
        let (target, anchor) = match address.split_once('#') {
            Some((target, anchor)) => (target, Some(anchor.into())),
            None => (address, None),
        };
        let target = target.into();
        self.out.slot(Piece::Link(Box::new(body::Link {
            target,
            anchor,
            span,
            raw,
        })));
    }

    pub(super) fn close_link(&mut self) {
        if let Some(image) = &mut self.image {
            image.depth = image.depth.saturating_sub(1);
            return;
        }
        self.inlines = self.inlines.saturating_sub(1);
        if let Some(link) = self.link.take()
            && link.place == self.out.place()
        {
            let what = Diagnostic::warning("link-empty", "a link has no text")
                .hint("write between the brackets where it leads");
            self.report(what, link.range, "nothing to click on");
        }
        self.out.push("</a>");
    }

    pub(super) fn open_image(
        &mut self,
        kind: LinkType,
        address: &str,
        title: &str,
        range: Range<usize>,
    ) {
        if let Some(image) = &mut self.image {
            image.depth += 1;
            return;
        }
        let address = self.restored(address, "the address of an image");
        let title = self.restored(title, "the title of an image");
        let harmless = self.page.options.trusted || is_harmless(&address);
        self.image = Some(Image {
            src: if harmless {
                (&*address).into()
            } else {
                "".into()
            },
            title: (&*title).into(),
            alt: String::new(),
            depth: 0,
            span: self.address_span(kind, &address, &range),
            range,
        });
    }

    pub(super) fn close_image(&mut self) {
        let Some(mut image) = self.image.take() else {
            return;
        };
        if image.depth > 0 {
            image.depth -= 1;
            self.image = Some(image);
            return;
        }
        if image.alt.trim().is_empty() {
            let what = Diagnostic::warning("image-alt", "an image has no text")
                .hint("say between the brackets what it shows, for those who cannot see it");
            self.report(what, image.range, "write `![what it shows](…)`");
        }
        self.inline();
        self.out.slot(Piece::Image(Box::new(body::Image {
            src: image.src,
            alt: image.alt.into(),
            title: image.title,
            span: image.span,
        })));
    }

    /// Where an address stands in the file; all of the link where that cannot be told.
    fn address_span(&self, kind: LinkType, address: &str, range: &Range<usize>) -> Span {
        let written = &self.text.text[range.clone()];
        let found = match kind {
            LinkType::Autolink => Some(1),
            LinkType::Inline if !address.is_empty() => at_the_end(written, address).or_else(|| {
                let mut found = written.rmatch_indices(address).map(|(at, _)| at);
                found.find(|at| follows_text(&written[..*at]))
            }),
            _ => None,
        };
        match found {
            Some(at) => self.span(range.start + at..range.start + at + address.len()),
            None => self.span(range.clone()),
        }
    }
}

/// Where the address stands in a link that ends with it, as most do: nothing is searched for.
fn at_the_end(written: &str, address: &str) -> Option<usize> {
    let before = written.strip_suffix(')')?.strip_suffix(address)?;
    follows_text(before).then_some(before.len())
}

/// Whether `before` ends where an address may begin: `](` or `](<`.
fn follows_text(before: &str) -> bool {
    let before = before.strip_suffix('<').unwrap_or(before);
    before.trim_end().ends_with("](")
}

/// Whether the site resolves the address: everything without a scheme or a host.
pub(in crate::content::markdown) fn is_for_site(address: &str) -> bool {
    let elsewhere = address.is_empty()
        || address == "#"
        || address.starts_with("//")
        || address.starts_with('?')
        || scheme(address).is_some();
    !elsewhere
}

/// Whether following the address runs no script.
fn is_harmless(address: &str) -> bool {
    scheme(address).is_none_or(|scheme| {
        let scheme = scheme.to_ascii_lowercase();
        ["http", "https", "mailto", "tel"].contains(&&*scheme)
    })
}

/// The scheme as browsers see it, who overlook blanks and control characters.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let scheme: String = scheme
        .chars()
        .filter(|c| *c > ' ' && *c != '\u{7F}')
        .collect();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_part))
        .then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_seen_as_browsers_see_them() {
        assert_eq!(scheme("https://a").as_deref(), Some("https"));
        assert_eq!(scheme(" java\nscript:x").as_deref(), Some("javascript"));
        assert_eq!(scheme("./a:b"), None);
        assert_eq!(scheme("a.md#x:y"), None);
        assert!(!is_harmless("\u{1}JavaScript:x"));
        assert!(is_harmless("mailto:a@b"));
    }

    #[test]
    fn the_site_resolves_what_has_no_scheme() {
        for address in ["@/a.md", "a.md", "./a.md#x", "../a", "/a", "#a", "file.pdf"] {
            assert!(is_for_site(address), "{address}");
        }
        for address in [
            "",
            "#",
            "//a.id",
            "?q=1",
            "https://a.id",
            "mailto:a@b",
            "tel:1",
        ] {
            assert!(!is_for_site(address), "{address}");
        }
    }
}

//! From bytes to text: one gate for all texts of a site.
//!
//! Past this gate a text is UTF-8 without a byte-order mark and with `\n` line ends, so that a
//! file saved on Windows gives the bytes that it gives elsewhere. Spans count bytes of this
//! normal form.

use std::string::FromUtf8Error;

use super::{ReadError, ReadFault, World};
use crate::base::{SitePath, Span};
use crate::diag::{Diagnostic, Severity};

/// The largest file that is taken for a text, in bytes.
pub const TEXT_LIMIT: u64 = 16 * 1024 * 1024;

/// A text in normal form, or the diagnostic that says why there is none.
pub fn read_text(world: &dyn World, path: &SitePath) -> Result<String, Box<Diagnostic>> {
    let bytes = world
        .read(path, TEXT_LIMIT)
        .map_err(|error| Box::new(read_diagnostic(&error)))?;
    decode(path, bytes)
}

/// The text of a file for an excerpt: what is no text in it shows as �.
pub fn text_to_show(world: &dyn World, path: &SitePath) -> Option<String> {
    let bytes = world.read(path, TEXT_LIMIT).ok()?;
    Some(normalise(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Normal form of a file's bytes.
pub fn decode(path: &SitePath, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(normalise(text)),
        Err(error) => Err(Box::new(not_utf8(path, &error))),
    }
}

fn not_utf8(path: &SitePath, error: &FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let good = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
    let start = normalise(good).len();
    // As excerpts show it, see `text_to_show`.
    let span = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
    let message = format!("not UTF-8: byte {at} is no part of a character");
    Diagnostic::error("not-utf8", message)
        .at(path, span, "")
        .hint("save the file as UTF-8 in your editor")
}

fn normalise(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    text
}

/// What to say about what a walk left out. What never is a file is passed over.
pub fn walk_diagnostic(error: &ReadError) -> Diagnostic {
    let mut diagnostic = read_diagnostic(error);
    if matches!(error.reason, ReadFault::Special(_)) {
        diagnostic.severity = Severity::Warning;
    }
    diagnostic
}

/// What to say about a file or folder that cannot be read.
pub fn read_diagnostic(error: &ReadError) -> Diagnostic {
    let path = &error.path;
    let (code, message, hint) = match &error.reason {
        ReadFault::Missing => ("file-missing", format!("there is no file {path}"), None),
        ReadFault::Forbidden => (
            "file-forbidden",
            format!("not allowed to read {path}"),
            Some(format!("allow it: chmod u+r {path}")),
        ),
        ReadFault::Loop => (
            "link-loop",
            format!("the link {path} leads back to a folder that holds it"),
            Some("remove the link, or point it elsewhere".to_owned()),
        ),
        ReadFault::Outside => (
            "link-outside",
            format!("the link {path} leads out of the site's folder"),
            Some("copy what it leads to into the site".to_owned()),
        ),
        ReadFault::Dangling(target) => (
            "link-dangling",
            format!("the link {path} leads to {target}, where nothing is"),
            Some("point it to a file, or remove it".to_owned()),
        ),
        ReadFault::Special(what) => (
            "file-special",
            format!("{path} is a {what}, not a file"),
            Some("move it out of the site".to_owned()),
        ),
        ReadFault::TooLarge(size) => (
            "file-too-large",
            format!(
                "{path} has {} MB; texts may have {}",
                size / 1_000_000,
                TEXT_LIMIT / 1_000_000
            ),
            Some("split it, or put it into static/ if it is a download".to_owned()),
        ),
        ReadFault::Folder => (
            "file-is-folder",
            format!("{path} is a folder, not a file"),
            Some("rename or remove the folder".to_owned()),
        ),
        ReadFault::Name => (
            "file-name",
            format!("the name of {path} is not UTF-8"),
            Some("rename it".to_owned()),
        ),
        ReadFault::Other(words) => (
            "file-unreadable",
            format!("cannot read {path}: {words}"),
            None,
        ),
    };
    let diagnostic = Diagnostic::error(code, message).in_file(path, "");
    match hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}

/// The place of a whole first line, for problems of a file as a whole.
pub fn first_line(text: &str) -> Span {
    Span::new(0, text.find('\n').unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> SitePath {
        SitePath::new("content/a.md").unwrap()
    }

    #[test]
    fn line_ends_and_byte_order_mark_do_not_matter() {
        let plain = decode(&path(), b"a\nb\n".to_vec()).unwrap();
        assert_eq!(
            decode(&path(), b"\xef\xbb\xbfa\r\nb\r\n".to_vec()).unwrap(),
            plain
        );
    }

    #[test]
    fn says_where_a_text_stops_being_utf8() {
        let error = decode(&path(), b"baik\nburuk \xff".to_vec()).unwrap_err();
        assert!(error.message.contains("byte 11"), "{}", error.message);
        assert_eq!(error.primary().unwrap().span, Some(Span::new(11, 14)));
        let error = decode(&path(), b"\xef\xbb\xbfa\r\nb\xff".to_vec()).unwrap_err();
        assert_eq!(error.primary().unwrap().span, Some(Span::new(3, 6)));
    }
}

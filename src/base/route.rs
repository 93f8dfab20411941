//! Routes: where an output file lies below the output folder, and the address it answers to.
//!
//! [`OutputPath`] is the one check that every written path goes through: one that was accepted
//! cannot leave the output folder and means the same file on Linux, macOS and Windows. Nothing
//! here knows `base_url`, or which paths a site claims.

use caseless::Caseless;
use std::fmt;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// The longest name of a file or folder, in bytes.
const MAX_NAME: usize = 255;
/// The longest path, in bytes.
const MAX_PATH: usize = 1024;

/// The path of an output file, relative to the output folder: `kursus/basic-python/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

/// The path of an address, not percent-encoded: `/kursus/basic-python/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

/// Why a path was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteFault {
    /// Nothing is written, or nothing between two slashes.
    Empty,
    /// It does not begin at the output folder, or an address does not begin with `/`.
    Start,
    /// A name is `.` or `..`.
    Climbs,
    /// A character that some file system does not take.
    Character(char),
    /// A name ends in a dot or a space, which Windows drops.
    Ending(Box<str>),
    /// A name that Windows keeps for a device, such as `con` or `NUL.txt`.
    Device(Box<str>),
    /// A name of more than 255 bytes.
    LongName,
    /// A path of more than 1024 bytes.
    LongPath,
    /// A percent sign in an address that encodes nothing, or no text in UTF-8.
    Encoding,
}

/// A character as a message shows it: control characters by their code.
fn shown(c: char) -> String {
    if c.is_control() {
        c.escape_unicode().to_string()
    } else {
        c.to_string()
    }
}

impl RouteFault {
    /// What is wrong, in words that follow the path.
    pub fn message(&self) -> String {
        match self {
            Self::Empty => "has an empty part".to_owned(),
            Self::Start => "does not begin where paths begin".to_owned(),
            Self::Climbs => "has a part that is . or ..".to_owned(),
            Self::Character(c) => {
                format!(
                    "has the character {}, which file names cannot have",
                    shown(*c)
                )
            }
            Self::Ending(name) => {
                format!(
                    "has the name \"{name}\", which ends in a dot or a space: Windows drops those"
                )
            }
            Self::Device(name) => {
                format!("has the name \"{name}\", which Windows keeps for a device")
            }
            Self::LongName => format!("has a name of more than {MAX_NAME} bytes"),
            Self::LongPath => format!("has more than {MAX_PATH} bytes"),
            Self::Encoding => "has a percent sign that encodes no text".to_owned(),
        }
    }
}

impl OutputPath {
    /// Checks a path with `/` between its names.
    ///
    /// # Errors
    ///
    /// [`RouteFault`] when it could leave the folder, or is not portable.
    pub fn new(path: &str) -> Result<Self, RouteFault> {
        if path.starts_with('/') {
            return Err(RouteFault::Start);
        }
        if path.len() > MAX_PATH {
            return Err(RouteFault::LongPath);
        }
        path.split('/').try_for_each(check_name)?;
        Ok(Self(path.into()))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two paths have in common exactly when some file system takes them for one: the path
    /// without regard to case and Unicode form. Not a path itself.
    pub fn fold_key(&self) -> String {
        if self.0.is_ascii() {
            return self.0.to_ascii_lowercase();
        }
        // Folding may leave a text that is not in normal form, so it is normalised once more.
        self.0.nfd().default_case_fold().nfc().collect()
    }

    /// The address that a server answers with this file: `a/index.html` is `/a/`.
    pub fn to_url(&self) -> UrlPath {
        let path = match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        };
        UrlPath(format!("/{path}").into())
    }
}

impl UrlPath {
    /// Checks a path that begins with `/` and is not percent-encoded. One that ends in `/` is
    /// a folder with an `index.html`.
    ///
    /// # Errors
    ///
    /// [`RouteFault`] when its output path would be refused.
    pub fn new(path: &str) -> Result<Self, RouteFault> {
        let relative = path.strip_prefix('/').ok_or(RouteFault::Start)?;
        let output = OutputPath::new(&with_index(relative))?;
        // `/a/index.html` and `/a/` are one page: one spelling of it.
        Ok(output.to_url())
    }

    /// The folder address made of these names, `/a/b/`; the root for none.
    ///
    /// # Errors
    ///
    /// [`RouteFault`] as [`UrlPath::new`]; a name with a slash is a [`RouteFault::Character`].
    pub fn from_segments<'a>(
        segments: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, RouteFault> {
        let mut path = "/".to_owned();
        for segment in segments {
            if segment.is_empty() {
                return Err(RouteFault::Empty);
            }
            if segment.contains('/') {
                return Err(RouteFault::Character('/'));
            }
            path += segment;
            path.push('/');
        }
        Self::new(&path)
    }

    /// Reads an address path as a browser sends it.
    ///
    /// # Errors
    ///
    /// [`RouteFault::Encoding`], or as [`UrlPath::new`].
    pub fn from_encoded(path: &str) -> Result<Self, RouteFault> {
        Self::new(&decoded(path).ok_or(RouteFault::Encoding)?)
    }

    /// As text, not percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Percent-encoded, safe in `href` and in XML as it stands.
    pub fn encoded(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        for byte in self.0.bytes() {
            match byte {
                b'/' | b'-' | b'.' | b'_' | b'~' | b'@' | b'!' | b'+' | b',' | b';' | b'=' => {
                    text.push(byte.into());
                }
                byte if byte.is_ascii_alphanumeric() => text.push(byte.into()),
                byte => text += &format!("%{byte:02X}"),
            }
        }
        text
    }

    /// The file that answers: `/a/b/` is `a/b/index.html`, `/a/b.xml` is `a/b.xml`.
    pub fn to_output(&self) -> OutputPath {
        OutputPath(with_index(self.0.trim_start_matches('/')).into())
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn with_index(relative: &str) -> String {
    let is_folder = relative.is_empty() || relative.ends_with('/');
    let index = if is_folder { "index.html" } else { "" };
    format!("{relative}{index}")
}

fn check_name(name: &str) -> Result<(), RouteFault> {
    let banned = |c: &char| c.is_control() || "\\<>:\"|?*".contains(*c);
    if let Some(c) = name.chars().find(banned) {
        return Err(RouteFault::Character(c));
    }
    match name {
        "" => Err(RouteFault::Empty),
        "." | ".." => Err(RouteFault::Climbs),
        name if name.len() > MAX_NAME => Err(RouteFault::LongName),
        name if name.ends_with(['.', ' ']) => Err(RouteFault::Ending(name.into())),
        name if is_device(name) => Err(RouteFault::Device(name.into())),
        _ => Ok(()),
    }
}

/// Windows takes `con`, `CON.txt` and `con .txt` for the console; digits may be superscript.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_uppercase();
    if matches!(
        stem.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
    ) {
        return true;
    }
    let port = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"));
    let mut digits = port.unwrap_or_default().chars();
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
    digits.next().is_some_and(is_digit) && digits.next().is_none()
}

fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [byte, behind @ ..] = rest {
        rest = behind;
        let [high, low, behind @ ..] = rest else {
            if *byte == b'%' {
                return None;
            }
            bytes.push(*byte);
            continue;
        };
        if *byte == b'%' {
            bytes.push(hex(*high)? << 4 | hex(*low)?);
            rest = behind;
        } else {
            bytes.push(*byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| value.try_into().ok())
}

#[cfg(test)]
mod tests;

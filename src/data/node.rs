//! The spanned tree that TOML and YAML are both read into.

use crate::base::{Hasher, Span};
use crate::data::MAX_DEPTH;
use crate::diag::Diagnostic;

/// A value as it was written, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What was written.
    pub raw: Raw,
    /// Where: bytes of the whole file, not of the front matter.
    pub span: Span,
}

/// What was written, before anything is known about the field it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    /// Nothing: YAML's `null`, `~` or an empty value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number with a fraction or an exponent, as written: money must not pass through floats.
    Float(Box<str>),
    /// A text.
    Text(Box<str>),
    /// A date, a time of day or both, as written; TOML has its own type for them, in YAML an
    /// unquoted text of that shape is one.
    When(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order written.
    Table(Vec<(Key, Node)>),
}

/// A key with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key's text.
    pub name: Box<str>,
    /// Where it stands.
    pub span: Span,
}

impl Node {
    /// A table without entries that stands at `at`.
    pub fn empty_table(at: usize) -> Self {
        Self {
            raw: Raw::Table(Vec::new()),
            span: Span::new(at, at),
        }
    }

    /// The entries of a table; none for anything else.
    pub fn entries(&self) -> &[(Key, Self)] {
        match &self.raw {
            Raw::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key of this table.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|(key, _)| &*key.name == name)
            .map(|(_, node)| node)
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.raw {
            Raw::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What kind of value it is, for error messages.
    pub fn type_name(&self) -> &'static str {
        match self.raw {
            Raw::Null => "nothing",
            Raw::Bool(_) => "true or false",
            Raw::Int(_) => "a whole number",
            Raw::Float(_) => "a number with a fraction",
            Raw::Text(_) => "a text",
            Raw::When(_) => "a date or time",
            Raw::List(_) => "a list",
            Raw::Table(_) => "a table",
        }
    }

    /// Adds the value to a fingerprint: what was written, not where.
    pub fn hash_into(&self, hasher: &mut Hasher) {
        match &self.raw {
            Raw::Null => hasher.number(0),
            Raw::Bool(yes) => hasher.number(1).number(u64::from(*yes)),
            Raw::Int(number) => hasher.number(2).bytes(&number.to_le_bytes()),
            Raw::Float(text) => hasher.number(3).text(text),
            Raw::Text(text) => hasher.number(4).text(text),
            Raw::When(text) => hasher.number(5).text(text),
            Raw::List(items) => {
                hasher.number(6).number(items.len() as u64);
                items.iter().for_each(|item| item.hash_into(hasher));
                hasher
            }
            Raw::Table(entries) => {
                hasher.number(7).number(entries.len() as u64);
                for (key, node) in entries {
                    node.hash_into(hasher.text(&key.name));
                }
                hasher
            }
        };
    }
}

/// The refusal of lists and tables that stand inside each other too deep, without a place.
pub(super) fn too_deep() -> Diagnostic {
    let message = format!("lists and tables stand more than {MAX_DEPTH} deep inside each other");
    Diagnostic::error("too-deep", message).hint("write it flatter, or close a bracket left open")
}

/// Whether a text has the shape of a date, a time of day or both: what TOML reads as its own
/// type without quotes. `2026-02-30` has it too; whether there is such a day is asked later.
pub fn is_when(text: &str) -> bool {
    let bytes = text.as_bytes();
    if !shaped(bytes.get(..10), b"0000-00-00") {
        return is_time(bytes);
    }
    match bytes.get(10) {
        None => true,
        Some(b'T' | b't' | b' ') => is_time(without_offset(&bytes[11..])),
        Some(_) => false,
    }
}

/// `00:00`, `00:00:00` or `00:00:00.0…`.
fn is_time(time: &[u8]) -> bool {
    match time.len() {
        5 => shaped(Some(time), b"00:00"),
        8 => shaped(Some(time), b"00:00:00"),
        10.. => shaped(time.get(..9), b"00:00:00.") && time[9..].iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

fn without_offset(time: &[u8]) -> &[u8] {
    if let [before @ .., b'Z' | b'z'] = time {
        return before;
    }
    let cut = time.len().saturating_sub(6);
    match time[cut..].split_first() {
        Some((b'+' | b'-', rest)) if shaped(Some(rest), b"00:00") => &time[..cut],
        _ => time,
    }
}

/// Whether `text` is like `shape`, in which `0` stands for any digit.
fn shaped(text: Option<&[u8]>, shape: &[u8]) -> bool {
    text.is_some_and(|text| {
        text.len() == shape.len()
            && text.iter().zip(shape).all(|(c, s)| match s {
                b'0' => c.is_ascii_digit(),
                s => c == s,
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_shapes_of_dates_and_times() {
        for text in [
            "2026-11-22",
            "2026-02-30",
            "2026-11-22T10:00",
            "2026-11-22 10:00:00",
            "2026-11-22T10:00:00Z",
            "2026-11-22T10:00:00.25+07:00",
            "19:00",
            "19:00:30",
        ] {
            assert!(is_when(text), "{text}");
        }
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-1-2",
            "2026-11-22x",
            "2026-11-22T",
            "9:00",
            "19.00",
            "19:00-21:00",
            "19:00Z",
            "2026-11-22T10",
            "0812-3456-7890",
        ] {
            assert!(!is_when(text), "{text}");
        }
    }
}

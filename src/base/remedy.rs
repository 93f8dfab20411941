//! Remedies: why a written value was not read, and what to write instead.
//!
//! Knows neither the field's name nor the syntax of the file: the caller gives both, so that
//! the fix can be copied as it stands.

/// What to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// What stands before the first value: "write digits only".
    pub(crate) lead: &'static str,
    /// Values as they are written in a file, each with what it means (empty: goes without
    /// saying). `{=}` in a value stands for the separator of the file's syntax.
    pub(crate) choices: Vec<(String, String)>,
}

impl Remedy {
    pub(crate) fn new(lead: &'static str) -> Self {
        let choices = Vec::new();
        Self { lead, choices }
    }

    /// With one more value to write.
    #[must_use]
    pub(crate) fn or(mut self, value: impl Into<String>, meaning: impl Into<String>) -> Self {
        self.choices.push((value.into(), meaning.into()));
        self
    }

    /// The fix in words: `write digits only: price = 3800, or 3800000 for Rp3.800.000`.
    ///
    /// `separator` is what stands between a key and its value: `" = "` or `": "`.
    pub fn text(&self, field: &str, separator: &str) -> String {
        let mut text = self.lead.to_owned();
        for (i, (value, meaning)) in self.choices.iter().enumerate() {
            let value = value.replace("{=}", separator);
            text += &match i {
                0 => format!(": {field}{separator}{value}"),
                _ => format!(", or {value}"),
            };
            if !meaning.is_empty() {
                text += &format!(" for {meaning}");
            }
        }
        text
    }
}

/// Why a text was not read as a date, as hours or as a duration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) remedy: Remedy,
}

impl Misread {
    pub(crate) fn new(code: &'static str, message: impl Into<String>, remedy: Remedy) -> Self {
        let message = message.into();
        Self {
            code,
            message,
            remedy,
        }
    }

    /// The stable code of the diagnostic: `date-impossible`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong, in words.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead, for a field of this name; `separator` is `" = "` or `": "`.
    pub fn fix(&self, field: &str, separator: &str) -> String {
        self.remedy.text(field, separator)
    }
}

/// The text in quotes for a message, cut when it is long, on one line.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = text.chars().take(LONGEST).map(clean).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    format!("\"{short}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fix_can_be_copied_in_both_syntaxes() {
        let remedy = Remedy::new("write digits only")
            .or("3800", "")
            .or("3800000", "Rp3.800.000");
        assert_eq!(
            remedy.text("price", " = "),
            "write digits only: price = 3800, or 3800000 for Rp3.800.000"
        );
        let table = Remedy::new("name it").or("{ currency{=}\"USD\" }", "");
        assert_eq!(
            table.text("price", ": "),
            "name it: price: { currency: \"USD\" }"
        );
    }

    #[test]
    fn a_quoted_text_is_short_and_on_one_line() {
        assert_eq!(quoted("a\nb"), "\"a b\"");
        assert_eq!(quoted(&"é".repeat(99)).chars().count(), 63);
    }
}

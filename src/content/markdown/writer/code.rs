//! Code and formulas.

use super::Writer;
use crate::content::markdown::{highlight, math};
use crate::diag::Diagnostic;
use pulldown_cmark::CodeBlockKind;
use std::ops::Range;

/// What Zola and Hugo take behind the language of a block of code.
const OPTIONS: [&str; 4] = ["linenos", "linenostart", "hl_lines", "hide_lines"];

/// A code block being read.
pub(super) struct Code {
    /// Its text so far.
    pub(super) text: String,
    language: Box<str>,
    range: Range<usize>,
}

impl Writer<'_, '_> {
    pub(super) fn open_code(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        self.block();
        let language = match kind {
            CodeBlockKind::Fenced(info) => self.text.restore(info, |_| ()),
            CodeBlockKind::Indented => "".into(),
        };
        if let Some(option) = option_of(&language) {
            self.report_option(option, &range);
        }
        self.code = Some(Code {
            text: String::new(),
            language: language_of(&language).into(),
            range,
        });
    }

    fn report_option(&mut self, option: &str, range: &Range<usize>) {
        let message = format!("`{option}` means nothing on a block of code");
        let what = Diagnostic::warning("code-option", message)
            .hint("lines get neither numbers nor marks: say in the text which one you mean");
        let written = &self.text.text[range.clone()];
        let line = written.lines().next().unwrap_or_default();
        let at = range.start + line.find(option).unwrap_or_default();
        self.report(what, at..at + option.len(), "take it out");
    }

    pub(super) fn close_code(&mut self) {
        let Some(code) = self.code.take() else {
            return;
        };
        let text = self.text.restore(&code.text, |_| ());
        if code.language.is_empty() {
            self.out.push("<pre><code>");
            self.out.text(&text);
        } else {
            let html = self.highlighted(&code, &text);
            self.open_language(&code.language, html.is_some());
            match html {
                Some(html) => self.out.push(&html),
                None => self.out.text(&text),
            }
        }
        self.out.push("</code></pre>\n");
    }

    fn open_language(&mut self, language: &str, highlighted: bool) {
        self.out.push("<pre");
        if highlighted {
            self.out.push(" class=\"hl\"");
        }
        self.out.push(" data-lang=\"");
        self.out.attribute(language);
        self.out.push("\"><code class=\"language-");
        self.out.attribute(language);
        self.out.push("\">");
    }

    /// The code with its tokens marked; none where it stays plain.
    fn highlighted(&mut self, code: &Code, text: &str) -> Option<String> {
        if !self.page.options.highlight {
            return None;
        }
        let language = match highlight::language(&code.language) {
            highlight::Found::Language(language) => language,
            highlight::Found::Plain => return None,
            highlight::Found::Unknown => {
                self.report_language(code);
                return None;
            }
        };
        self.page.highlight_room = self.page.highlight_room.checked_sub(text.len())?;
        Some(language.highlight(text))
    }

    fn report_language(&mut self, code: &Code) {
        // Looking for near names is slow: not for a report that is only counted.
        let nearest = match self.page.is_full() {
            true => None,
            false => highlight::nearest_language(&code.language),
        };
        let message = format!("the language `{}` is not known", code.language);
        let label = match nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => String::new(),
        };
        let what = Diagnostic::warning("code-language", message)
            .hint("`text` leaves code without colours");
        let written = &self.text.text[code.range.clone()];
        let line = written.lines().next().unwrap_or_default();
        let range = match line.find(&*code.language) {
            Some(at) => code.range.start + at..code.range.start + at + code.language.len(),
            None => code.range.start..code.range.start + line.len(),
        };
        self.report(what, range, &label);
    }

    pub(super) fn inline_code(&mut self, code: &str) {
        let code = self.text.restore(code, |_| ());
        if let Some(image) = &mut self.image {
            image.alt.push_str(&code);
            return;
        }
        self.inline();
        self.out.push("<code>");
        self.out.text(&code);
        self.out.push("</code>");
        self.words.read(&code);
        self.plain(&code);
    }

    pub(super) fn math(&mut self, tex: &str, display: bool, range: Range<usize>) {
        let tex = self.text.restore(tex, |_| ());
        if let Some(image) = &mut self.image {
            image.alt.push_str(&tex);
            return;
        }
        self.inline();
        self.plain(&tex);
        self.words.end_word();
        match math::render(&tex, display) {
            Ok(html) => self.out.push(&html),
            Err(message) => {
                let what = Diagnostic::error("math-syntax", "a formula cannot be read")
                    .hint("a dollar sign that begins no formula is written `\\$`");
                self.report(what, range, &message);
                self.out.push("<code class=\"math-error\">");
                self.out.text(&tex);
                self.out.push("</code>");
            }
        }
    }
}

/// The language of an info string: `python`, `python,linenos`, `{.python}`, `rust {hl_lines=1}`.
fn language_of(info: &str) -> &str {
    let info = info.trim_start();
    let info = match info.strip_prefix('{') {
        Some(attributes) => attributes.trim_start().trim_start_matches('.'),
        None => info,
    };
    let word = info.split([' ', '\t', ',', '{', '}', ';']).next();
    // `{linenos=true}` names no language.
    word.filter(|word| !word.contains('=')).unwrap_or_default()
}

/// The first word of an info string that other generators number, mark or hide lines by.
fn option_of(info: &str) -> Option<&str> {
    let mut words = info.split([' ', '\t', ',', '{', '}', ';', '=']);
    words.find(|word| OPTIONS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{language_of, option_of};

    #[test]
    fn options_of_other_generators_are_found_behind_any_language() {
        assert_eq!(option_of("python,linenos"), Some("linenos"));
        assert_eq!(option_of("rust {hl_lines=[1]}"), Some("hl_lines"));
        assert_eq!(option_of("{.python hide_lines=2}"), Some("hide_lines"));
        assert_eq!(option_of("python title=\"linenosx\""), None);
    }

    #[test]
    fn the_language_leads_the_info_string() {
        for info in [
            "python",
            " python ",
            "python,linenos",
            "{.python}",
            "python {x=1}",
            "{python}",
        ] {
            assert_eq!(language_of(info), "python", "{info}");
        }
        assert_eq!(language_of("c++"), "c++");
        assert_eq!(language_of(""), "");
        assert_eq!(language_of("{linenos=true}"), "");
    }
}

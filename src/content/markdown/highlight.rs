//! Highlighted code: the only file that knows syntect and its grammars.
//!
//! Scopes are mapped to a few classes (`hl-keyword`, `hl-string`, …) and no span stands in
//! another, so that code stays small and a stylesheet short: a page with code is about twice
//! as long as its text.

use super::code_names::{ALIASES, CLASSES, FRESH, PLAIN};
use super::escape;
use crate::base::text::nearest;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::LazyLock;
use syntect::highlighting::{Color, FontStyle, Highlighter, Theme};
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;
use two_face::theme::EmbeddedLazyThemeSet;

/// Loading takes some 20 ms: sites without code never pay them.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Longer lines stay plain: they are data rather than code, and the time that grammars take grows
/// with the square of a line's length.
const LONGEST_LINE: usize = 2_000;

/// What is known about a language's name.
pub(super) enum Found {
    /// It can be highlighted.
    Language(Language),
    /// It stays plain.
    Plain,
    /// Nobody knows it.
    Unknown,
}

/// A language with a grammar.
pub(super) struct Language(&'static SyntaxReference);

/// The language that an author calls `name`.
pub(super) fn language(name: &str) -> Found {
    let lower = name.to_ascii_lowercase();
    let name = ALIASES
        .iter()
        .find(|(alias, _)| *alias == lower)
        .map_or(&*lower, |(_, name)| name);
    if PLAIN.contains(&name) {
        return Found::Plain;
    }
    match SYNTAXES.find_syntax_by_token(name) {
        Some(syntax) => Found::Language(Language(syntax)),
        None => Found::Unknown,
    }
}

/// The name of a language that someone who wrote `name` most likely meant.
pub(super) fn nearest_language(name: &str) -> Option<String> {
    let grammars = SYNTAXES.syntaxes().iter();
    let known: Vec<String> = grammars
        .flat_map(|syntax| syntax.file_extensions.iter().chain([&syntax.name]))
        .map(|name| name.to_ascii_lowercase())
        .collect();
    let known = known.iter().map(String::as_str);
    let others = ALIASES.iter().map(|(alias, _)| *alias).chain(PLAIN);
    nearest(name, known.chain(others)).map(str::to_owned)
}

impl Language {
    /// The code as HTML, its tokens in spans.
    pub(super) fn highlight(&self, code: &str) -> String {
        let mut spans = Spans::default();
        let mut state = ParseState::new(self.syntax_for(code));
        let mut scopes = ScopeStack::new();
        let mut classes = Classes::default();
        for line in LinesWithEndings::from(code) {
            let operations = match line.len() {
                0..=LONGEST_LINE => state.parse_line(line, &SYNTAXES).unwrap_or_default(),
                _ => Vec::new(),
            };
            let mut done = 0;
            for (at, operation) in operations {
                if at > done {
                    spans.push(classes.of(&scopes), &line[done..at]);
                    done = at;
                }
                // Fails only when a grammar takes more off the stack than it put on.
                let _ = scopes.apply(&operation);
            }
            spans.push(classes.of(&scopes), &line[done..]);
        }
        spans.finish()
    }

    /// The grammar of PHP expects HTML first; examples often leave `<?php` out.
    fn syntax_for(&self, code: &str) -> &'static SyntaxReference {
        if self.0.name == "PHP" && !code.contains("<?") {
            return SYNTAXES.find_syntax_by_name("PHP Source").unwrap_or(self.0);
        }
        self.0
    }
}

/// HTML of tokens; neighbours of one class share a span.
#[derive(Default)]
struct Spans {
    html: String,
    open: Option<usize>,
}

impl Spans {
    fn push(&mut self, class: Option<usize>, text: &str) {
        let blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
        if class != self.open && !blank {
            self.close();
            if let Some(class) = class {
                self.html.push_str("<span class=\"hl-");
                self.html.push_str(CLASSES[class].0);
                self.html.push_str("\">");
            }
            self.open = class;
        }
        escape::push_text(&mut self.html, text);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

/// What a scope means.
#[derive(Clone, Copy)]
enum Meaning {
    /// This class.
    Class(usize),
    /// No class, whatever stands around it.
    Fresh,
    /// What the scope around it means.
    Nothing,
}

static MEANINGS: LazyLock<Vec<(Scope, Meaning)>> = LazyLock::new(|| {
    let classes = CLASSES.iter().enumerate().flat_map(|(class, (_, scopes))| {
        scopes
            .iter()
            .map(move |scope| (*scope, Meaning::Class(class)))
    });
    let fresh = FRESH.iter().map(|scope| (*scope, Meaning::Fresh));
    let known = |(name, meaning): (&str, Meaning)| Some((Scope::new(name).ok()?, meaning));
    classes.chain(fresh).filter_map(known).collect()
});

/// Classes of scopes, remembered while a block is highlighted.
#[derive(Default)]
struct Classes(HashMap<Scope, Meaning>);

impl Classes {
    fn of(&mut self, stack: &ScopeStack) -> Option<usize> {
        for scope in stack.as_slice().iter().rev() {
            let meaning = self.0.entry(*scope).or_insert_with(|| meaning_of(*scope));
            match meaning {
                Meaning::Class(class) => return Some(*class),
                Meaning::Fresh => return None,
                Meaning::Nothing => {}
            }
        }
        None
    }
}

fn meaning_of(scope: Scope) -> Meaning {
    MEANINGS
        .iter()
        .filter(|(prefix, _)| prefix.is_prefix_of(scope))
        .max_by_key(|(prefix, _)| prefix.len())
        .map_or(Meaning::Nothing, |(_, meaning)| *meaning)
}

/// The colours of a theme.
pub(super) struct Palette {
    /// Of code without a class.
    pub(super) text: Rgb,
    /// Behind code.
    pub(super) back: Rgb,
    /// Of each class, in the order of [`class_names`].
    pub(super) styles: Vec<Style>,
}

/// Red, green, blue.
pub(super) type Rgb = [u8; 3];

/// How the tokens of a class look.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) colour: Rgb,
    pub(super) italic: bool,
    pub(super) bold: bool,
}

/// The names of the classes, without their prefix.
pub(super) fn class_names() -> impl Iterator<Item = &'static str> {
    CLASSES.iter().map(|(name, _)| *name)
}

/// The names of all themes.
pub(super) fn theme_names() -> impl Iterator<Item = &'static str> {
    EmbeddedLazyThemeSet::theme_names()
        .iter()
        .map(|theme| theme.as_name())
}

/// The theme of this name; case, blanks and punctuation do not count.
pub(super) fn palette(name: &str) -> Option<Palette> {
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let wanted = plain(name);
    let theme = EmbeddedLazyThemeSet::theme_names()
        .iter()
        .find(|theme| plain(theme.as_name()) == wanted)?;
    Some(palette_of(two_face::theme::extra().get(*theme)))
}

fn palette_of(theme: &Theme) -> Palette {
    let highlighter = Highlighter::new(theme);
    let default = highlighter.get_default();
    let styles = CLASSES.iter().map(|(_, scopes)| {
        let scope = Scope::from_str(scopes[0]).ok();
        let style = match scope {
            Some(scope) => highlighter.style_for_stack(&[scope]),
            None => default,
        };
        Style {
            colour: rgb(style.foreground),
            italic: style.font_style.contains(FontStyle::ITALIC),
            bold: style.font_style.contains(FontStyle::BOLD),
        }
    });
    Palette {
        text: rgb(default.foreground),
        back: rgb(default.background),
        styles: styles.collect(),
    }
}

fn rgb(colour: Color) -> Rgb {
    [colour.r, colour.g, colour.b]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(name: &str, code: &str) -> String {
        match language(name) {
            Found::Language(language) => language.highlight(code),
            Found::Plain | Found::Unknown => panic!("{name} has no grammar"),
        }
    }

    #[test]
    fn tokens_have_classes() {
        assert_eq!(
            html("python", "def f(x):\n    return \"<a>\" # hai\n"),
            "<span class=\"hl-keyword\">def </span><span class=\"hl-function\">f</span>(<span class=\"hl-parameter\">x</span>):\n    <span class=\"hl-keyword\">return </span><span class=\"hl-string\">\"&lt;a&gt;\" </span><span class=\"hl-comment\"># hai\n</span>"
        );
    }

    #[test]
    fn what_a_course_shows_is_known() {
        for name in [
            "js",
            "jsx",
            "javascript",
            "ts",
            "tsx",
            "typescript",
            "html",
            "css",
            "scss",
            "php",
            "python",
            "py",
            "sql",
            "mysql",
            "bash",
            "sh",
            "shell",
            "console",
            "json",
            "yaml",
            "toml",
            "rust",
            "go",
            "java",
            "kotlin",
            "swift",
            "dart",
            "c",
            "cpp",
            "c++",
            "c#",
            "ruby",
            "dockerfile",
            "docker",
            "diff",
            "ini",
            "xml",
            "markdown",
            "md",
            "vue",
            "svelte",
            "graphql",
            "nginx",
            "makefile",
            "r",
            "lua",
            "jinja",
            "tex",
            "latex",
        ] {
            assert!(matches!(language(name), Found::Language(_)), "{name}");
        }
        for name in ["text", "TXT", "powershell", "mermaid"] {
            assert!(matches!(language(name), Found::Plain), "{name}");
        }
    }

    #[test]
    fn php_needs_no_opening_tag() {
        assert!(html("php", "echo 'x';\n").contains("hl-string"));
        assert!(html("php", "<b><?php echo 'x'; ?>\n").contains("hl-string"));
    }

    #[test]
    fn long_lines_stay_plain() {
        let line = format!("x = \"{}\"\n", "a".repeat(LONGEST_LINE));
        assert_eq!(html("python", &line), line);
    }

    #[test]
    fn themes_are_found_whatever_the_spelling() {
        assert!(palette("inspiredgithub").is_some());
        assert!(palette("Base16 Ocean Dark").is_some());
        assert!(palette("nope").is_none());
        assert!(theme_names().count() > 20);
    }
}

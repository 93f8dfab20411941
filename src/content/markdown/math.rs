//! Formulas in TeX notation as MathML.
//!
//! pulldown-latex writes `<`, `>` and `&` as they are and takes names of functions unseen, and
//! its reader calls itself for every command that is an argument: this module bounds what goes
//! in and mends what comes out.

use pulldown_latex::config::DisplayMode;
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

/// The most bytes of a formula.
const LONGEST: usize = 10_000;

/// The most commands in a formula: a few thousand in a row would overflow the reader's stack.
const MOST_COMMANDS: usize = 400;

/// Commands that define others, by which a short formula can grow without end.
const DEFINITIONS: [&str; 10] = [
    "def",
    "gdef",
    "edef",
    "xdef",
    "let",
    "futurelet",
    "newcommand",
    "renewcommand",
    "providecommand",
    "DeclareMathOperator",
];

/// The formula as a `<math>` element, or what is wrong with it.
pub(super) fn render(tex: &str, display: bool) -> Result<String, String> {
    check(tex)?;
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(tex, &storage) {
        let event = event.map_err(|error| first_line(&error.to_string()))?;
        if let Event::Content(Content::Function(name)) = event
            && !name
                .chars()
                .all(|c| c.is_alphanumeric() || " -.".contains(c))
        {
            return Err(format!("`{name}` is no name of a function"));
        }
        events.push(event);
    }
    let config = RenderConfig {
        display_mode: if display {
            DisplayMode::Block
        } else {
            DisplayMode::Inline
        },
        ..RenderConfig::default()
    };
    let mut html = String::new();
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut html, events, config).map_err(|error| error.to_string())?;
    Ok(escaped(&html))
}

fn check(tex: &str) -> Result<(), String> {
    if tex.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let mut commands = 0;
    for rest in tex.split('\\').skip(1) {
        commands += 1;
        let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next();
        if let Some(word) = word.filter(|word| DEFINITIONS.contains(word)) {
            return Err(format!("`\\{word}`: definitions are not supported"));
        }
    }
    if commands > MOST_COMMANDS {
        return Err(format!("it has more than {MOST_COMMANDS} commands"));
    }
    Ok(())
}

/// The first line of an error, which goes on with a drawing.
fn first_line(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default();
    line.trim_start_matches("parsing error: ").to_owned()
}

/// The markup with `<` and `&` escaped where they are no markup: no name follows them, since
/// every element of the renderer holds a single character, a number, a checked name or text
/// that is escaped already.
fn escaped(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let markup =
            from[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '#');
        match (&from[..1], markup) {
            ("<", false) => out.push_str("&lt;"),
            ("&", false) => out.push_str("&amp;"),
            (char, _) => out.push_str(char),
        }
        rest = &from[1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_become_mathml() {
        let expected = "<math display=\"inline\"><mi>x</mi><mo>&lt;</mo><mi>y</mi></math>";
        assert_eq!(render("x<y", false).unwrap(), expected);
        assert!(
            render("\\sum_{i=0}^n i", true)
                .unwrap()
                .starts_with("<math display=\"block\">")
        );
        assert_eq!(
            render("\\text{<b>}\\&", false).unwrap(),
            "<math display=\"inline\"><mtext>&lt;b&gt;</mtext><mi>&amp;</mi></math>"
        );
    }

    #[test]
    fn faults_are_told_in_a_line() {
        assert_eq!(
            render("\\nope", false).unwrap_err(),
            "unknown primitive command found"
        );
        for tex in [
            "\\def\\a{\\a\\a}\\a",
            "\\operatorname{<script>}",
            "{",
            "a & b",
        ] {
            let error = render(tex, false).unwrap_err();
            assert!(!error.contains('\n'), "{error}");
        }
        assert!(render(&"\\frac".repeat(100_000), false).is_err());
        assert!(render(&"{".repeat(100_000), false).is_err());
    }

    #[test]
    fn what_is_let_through_fits_a_small_stack() {
        for command in ["\\frac", "\\hat", "\\mathbf", "\\not", "^", "_{", "\\left("] {
            let tex = command.repeat(MOST_COMMANDS);
            assert!(render(&tex, false).is_err(), "{command}");
        }
    }

    proptest! {
        #[test]
        fn only_mathml_comes_out(tex in "(\\\\[a-z]{1,6}|[a-z0-9{}_^&<>'\" #%~$\\\\]|\\\\(text|operatorname|frac|left|right|color|mathbb|not|char)[{<(`]){0,20}") {
            if let Ok(html) = render(&tex, false) {
                for tag in html.split('<').skip(1) {
                    let name: String = tag.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
                    prop_assert!(name.starts_with('m') && name.len() < 12, "{}", html);
                    let attributes = tag.split('>').next().unwrap_or_default();
                    prop_assert!(!attributes.contains(" on"), "{}", html);
                }
            }
        }
    }
}

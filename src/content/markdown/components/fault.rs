//! What can be wrong with a component's tag, and how to mend it.

use super::lexer::Token;
use std::ops::Range;

/// What is wrong with a tag.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) label: String,
    pub(super) hint: &'static str,
    pub(super) range: Range<usize>,
}

/// What was read, or what is wrong.
pub(super) type Parsed<T> = Result<T, Box<Fault>>;

const HOW: &str = "a component is written `{{<name key=\"value\" />}}`, or with a body \
                   `{% <name key=\"value\"> %}` … `{% </name> %}`; `\\{{<` prints the braces";
const LITERALS: &str = "in content an argument is a text, a number, true, false, a list or a map; \
                        what needs an expression belongs into the component";

/// The tag is not written as a tag.
pub(super) fn syntax(message: impl Into<String>, label: &str, range: Range<usize>) -> Box<Fault> {
    Box::new(Fault {
        code: "component-syntax",
        message: message.into(),
        label: label.into(),
        hint: HOW,
        range,
    })
}

/// An argument is not what content can say.
pub(super) fn argument(
    message: impl Into<String>,
    label: impl Into<String>,
    range: Range<usize>,
) -> Box<Fault> {
    Box::new(Fault {
        code: "component-argument",
        message: message.into(),
        label: label.into(),
        hint: LITERALS,
        range,
    })
}

/// Instead of a value stands this token.
pub(super) fn no_value(token: &Token<'_>, range: Range<usize>) -> Box<Fault> {
    match token {
        Token::OpenText(_) | Token::BadEscape(_) | Token::Eof | Token::End => {
            unexpected(token, range)
        }
        Token::Spread => argument(
            "`...` is no literal",
            "write the arguments one by one",
            range,
        ),
        _ => argument(
            "an argument is no literal",
            "only a literal can stand here",
            range,
        ),
    }
}

/// Instead of a part of the tag stands this token.
pub(super) fn unexpected(token: &Token<'_>, range: Range<usize>) -> Box<Fault> {
    match token {
        Token::OpenText(quote) => {
            let label = format!("no closing `{quote}` follows");
            syntax("a text is not closed", &label, range.start..range.start + 1)
        }
        Token::BadEscape(c) => {
            let label = format!("`\\{c}` means nothing; a backslash is written `\\\\`");
            syntax("a text has an unknown escape", &label, range)
        }
        Token::Eof => syntax(
            "a component's tag is not closed",
            "the text ends here",
            range,
        ),
        Token::End => syntax(
            "a component's tag is not closed",
            "`/>` or `>` belongs before this",
            range,
        ),
        _ => syntax(
            "this cannot stand in a component's tag",
            "not expected here",
            range,
        ),
    }
}

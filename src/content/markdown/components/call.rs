//! One component tag: its name and its arguments.
//!
//! The grammar is that of Tera 2.4, so that a call copied from a template works in content, with
//! two differences: values are literals (content has no variables), and the braces around a
//! literal may be left out (`n=3` is `n={3}`).

use super::fault::{Parsed, argument, no_value, syntax, unexpected};
use super::lexer::{Lexer, Token};
use crate::content::body::Component;
use crate::content::markdown::source::Source;
use crate::data::node::{Key, Node, Raw};
use std::ops::Range;

/// The deepest nesting of lists and maps in an argument.
const DEEPEST: u32 = 16;

/// How a tag is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `{{<name />}}`.
    Inline,
    /// `{% <name> %}`.
    Open,
    /// `{% </name> %}`.
    Close,
}

/// A tag.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) form: Form,
    /// All of it.
    pub(super) range: Range<usize>,
    /// The call; of a closing tag only the name means something.
    pub(super) component: Component,
}

/// Reads the tag that begins at `start`, with its `<` at `angle`.
pub(super) fn read(source: &Source<'_>, start: usize, angle: usize) -> Parsed<Tag> {
    let text: &str = &source.text;
    let inline = text[start..].starts_with("{{");
    let mut reader = Reader {
        source,
        lexer: Lexer::new(text, angle + 1, if inline { "}}" } else { "%}" }),
    };
    let form = match (inline, text[angle + 1..].starts_with('/')) {
        (true, false) => Form::Inline,
        (false, false) => Form::Open,
        (false, true) => Form::Close,
        (true, true) => {
            let label = "write `{% </name> %}`";
            return Err(syntax(
                "a closing tag in double braces",
                label,
                start..angle + 2,
            ));
        }
    };
    reader.tag(form, start)
}

struct Reader<'s, 't> {
    source: &'s Source<'s>,
    lexer: Lexer<'t>,
}

impl Reader<'_, '_> {
    fn tag(&mut self, form: Form, start: usize) -> Parsed<Tag> {
        if form == Form::Close {
            self.lexer.take('/');
        }
        let name = self.name()?;
        let args = if form == Form::Close {
            Vec::new()
        } else {
            self.args()?
        };
        let end = self.close(form)?;
        let component = Component {
            name: self.source.text[name.clone()].into(),
            name_span: self.source.span(name),
            args,
            span: self.source.span(start..end),
            body: None,
            address: None,
        };
        Ok(Tag {
            form,
            range: start..end,
            component,
        })
    }

    /// `name` or `name.of.parts`, without blanks in it.
    fn name(&mut self) -> Parsed<Range<usize>> {
        let (token, mut range) = self.lexer.next();
        if !matches!(token, Token::Word(_)) {
            return Err(syntax(
                "a component needs a name",
                "the name belongs here",
                range,
            ));
        }
        while self.source.text[range.end..].starts_with('.') {
            self.lexer.take('.');
            let (token, part) = self.lexer.next();
            if !matches!(token, Token::Word(_)) || part.start != range.end + 1 {
                return Err(syntax("a component's name ends in a dot", "", range));
            }
            range.end = part.end;
        }
        Ok(range)
    }

    fn args(&mut self) -> Parsed<Vec<(Box<str>, Node)>> {
        let mut args: Vec<(Box<str>, Node)> = Vec::new();
        loop {
            let (token, range) = self.lexer.peek();
            let name = match token {
                Token::Word(name) => name,
                Token::Bool(_) => return Err(argument("an argument needs a name", "", range)),
                Token::Char('{') => {
                    return Err(argument("arguments are written one by one here", "", range));
                }
                _ => return Ok(args),
            };
            self.lexer.next();
            if args.iter().any(|(known, _)| **known == *name) {
                let message = format!("the argument `{name}` is given twice");
                return Err(argument(message, "the second one", range));
            }
            let value = self.assigned(name, range)?;
            args.push((name.into(), value));
        }
    }

    fn assigned(&mut self, name: &str, range: Range<usize>) -> Parsed<Node> {
        if !self.lexer.take('=') {
            let message = format!("the argument `{name}` has no value");
            return Err(argument(message, format!("write `{name}={{true}}`"), range));
        }
        if !self.lexer.take('{') {
            return self.value(0);
        }
        // `{` opens an expression in Tera and a map when a text and a colon follow; braces that
        // hold one literal are the former.
        let value = match self.lexer.peek().0 {
            Token::Char('}') => return self.map_after_brace(range, 0),
            _ => self.value(0)?,
        };
        if self.lexer.peek().0 == Token::Char(':') {
            return self.map_with_key(value, 0);
        }
        self.expect_brace(value)
    }

    fn expect_brace(&mut self, value: Node) -> Parsed<Node> {
        let (token, range) = self.lexer.peek();
        if self.lexer.take('}') {
            return Ok(value);
        }
        Err(match token {
            Token::Eof | Token::End => {
                syntax("an argument's brace is not closed", "`}` is missing", range)
            }
            _ => argument(
                "an argument is an expression",
                "only a literal can stand here",
                range,
            ),
        })
    }

    fn value(&mut self, depth: u32) -> Parsed<Node> {
        let (token, range) = self.lexer.next();
        if depth > DEEPEST {
            return Err(argument("an argument is nested too deeply", "", range));
        }
        let raw = match token {
            Token::Text(text) => Raw::Text(text.into()),
            Token::Bool(bool) => Raw::Bool(bool),
            Token::Int(digits) => Raw::Int(integer(digits, &range)?),
            Token::Float(digits) => Raw::Float(digits.into()),
            Token::Char('-') => return self.negative(range),
            Token::Char('[') => return self.list(range, depth),
            Token::Char('{') => return self.map_after_brace(range, depth),
            Token::Word("none" | "None" | "null") => Raw::Null,
            Token::Word(word) => {
                let message = format!("`{word}` is no literal");
                return Err(argument(message, "content has no variables", range));
            }
            other => return Err(no_value(&other, range)),
        };
        let span = self.source.span(range);
        Ok(Node { raw, span })
    }

    fn negative(&mut self, minus: Range<usize>) -> Parsed<Node> {
        let (token, range) = self.lexer.next();
        let whole = minus.start..range.end;
        let raw = match token {
            Token::Int(digits) => Raw::Int(-integer(digits, &range)?),
            Token::Float(digits) => Raw::Float(format!("-{digits}").into()),
            _ => return Err(argument("a minus without a number", "", whole)),
        };
        let span = self.source.span(whole);
        Ok(Node { raw, span })
    }

    fn list(&mut self, open: Range<usize>, depth: u32) -> Parsed<Node> {
        let mut items = Vec::new();
        while self.lexer.peek().0 != Token::Char(']') {
            items.push(self.value(depth + 1)?);
            if !self.lexer.take(',') {
                break;
            }
        }
        self.finish(']', Raw::List(items), open)
    }

    fn map_after_brace(&mut self, open: Range<usize>, depth: u32) -> Parsed<Node> {
        self.map(open, Vec::new(), depth)
    }

    /// A map in bare braces whose first key was already read as a value.
    fn map_with_key(&mut self, key: Node, depth: u32) -> Parsed<Node> {
        let at = self.lexer.peek().1;
        let Raw::Text(name) = key.raw else {
            return Err(argument("the keys of a map are texts", "", at));
        };
        self.lexer.take(':');
        let value = self.value(depth + 1)?;
        let span = key.span;
        let first = (Key { name, span }, value);
        if !self.lexer.take(',') {
            return self.finish('}', Raw::Table(vec![first]), at);
        }
        self.map(at, vec![first], depth)
    }

    fn map(
        &mut self,
        open: Range<usize>,
        mut entries: Vec<(Key, Node)>,
        depth: u32,
    ) -> Parsed<Node> {
        while self.lexer.peek().0 != Token::Char('}') {
            entries.push(self.entry(depth)?);
            if !self.lexer.take(',') {
                break;
            }
        }
        self.finish('}', Raw::Table(entries), open)
    }

    fn entry(&mut self, depth: u32) -> Parsed<(Key, Node)> {
        let (token, range) = self.lexer.next();
        let Token::Text(name) = token else {
            return Err(argument("the keys of a map are texts", "", range));
        };
        if !self.lexer.take(':') {
            return Err(argument(
                "a key of a map needs a value",
                "write `\"key\": value`",
                range,
            ));
        }
        let value = self.value(depth + 1)?;
        let name = name.into();
        let span = self.source.span(range);
        Ok((Key { name, span }, value))
    }

    fn finish(&mut self, close: char, raw: Raw, open: Range<usize>) -> Parsed<Node> {
        let (token, range) = self.lexer.peek();
        if !self.lexer.take(close) {
            return Err(no_value(&token, range));
        }
        let span = self.source.span(open.start..range.end);
        Ok(Node { raw, span })
    }

    /// The `/>}}` or `> %}` at the end; gives the byte behind it.
    fn close(&mut self, form: Form) -> Parsed<usize> {
        let slash = self.lexer.take('/');
        let (token, range) = self.lexer.peek();
        if !self.lexer.take('>') {
            return Err(unexpected(&token, range));
        }
        match (form, slash) {
            (Form::Inline, false) => {
                let message = "a component in double braces has no body";
                return Err(syntax(message, "end it as `/>`", range));
            }
            (Form::Open | Form::Close, true) => {
                let message = "a component with a body is not closed by `/>`";
                return Err(syntax(
                    message,
                    "write `>`, or `{{<name />}}` without a body",
                    range,
                ));
            }
            _ => {}
        }
        let (token, range) = self.lexer.next();
        if token != Token::End {
            let label = format!("`{}` belongs here", self.lexer.end());
            return Err(syntax("a component's tag is not closed", &label, range));
        }
        Ok(range.end)
    }
}

/// Tera's whole numbers have 64 bits.
fn integer(digits: &str, range: &Range<usize>) -> Parsed<i128> {
    let number = digits.parse::<i64>().map(i128::from);
    number.map_err(|_| argument("a number is too large", "", range.clone()))
}

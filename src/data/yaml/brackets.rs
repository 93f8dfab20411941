//! The bracket that is never closed, for errors that are met on a line below it.
//!
//! In YAML an open bracket swallows the lines that follow, and the parser complains of one of
//! those. So the text is read once more, just far enough to see where brackets begin values.

/// Where the first bracket stands that is never closed.
pub(super) fn first_open(source: &str) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        read_line(line, at, &mut open);
        at += line.len();
    }
    open.first().copied()
}

/// Notes the brackets of a line that begins at `start`. Outside of brackets only what begins a
/// value is one: `a: x[1]` is a text.
fn read_line(line: &str, start: usize, open: &mut Vec<usize>) {
    let mut begins = true;
    let mut before = ' ';
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '#' if before.is_whitespace() => return,
            '"' | '\'' if begins => {
                if !skip_quoted(c, &mut chars) {
                    return;
                }
                begins = false;
            }
            '[' | '{' if begins || !open.is_empty() => {
                open.push(start + at);
                begins = true;
            }
            ']' | '}' if !open.is_empty() => {
                open.pop();
                begins = false;
            }
            ',' => begins = !open.is_empty(),
            // A dash and a colon begin a value only with a space behind them.
            ' ' | '\t' => begins |= matches!(before, ':' | '-'),
            '-' | ':' | '\r' | '\n' => {}
            _ => begins = false,
        }
        before = c;
    }
}

/// Goes on behind the closing quote; whether there is one on the line.
fn skip_quoted(quote: char, chars: &mut std::str::CharIndices<'_>) -> bool {
    let mut escaped = false;
    chars.by_ref().any(|(_, c)| {
        let closes = c == quote && !escaped;
        escaped = c == '\\' && quote == '"' && !escaped;
        closes
    })
}

#[cfg(test)]
mod tests {
    use super::first_open;

    #[test]
    fn only_what_begins_a_value_and_is_never_closed() {
        for (source, expected) in [
            ("a: [1, 2\nb: 3\n", Some(3)),
            ("a: [1, {b: 2]\nc: 3\n", Some(3)),
            ("a:\n  - [1\n", Some(7)),
            ("a: {b: [1], c: 2\nd: 1\n", Some(3)),
            ("a: [\n  x, # ]\n", Some(3)),
            ("a: [\"]\"\n", Some(3)),
            ("a: [1,\n  2]\nb: 3\n", None),
            ("a: x [1\nb: y{\n", None),
            ("a: \"[\"\nb: '{' # [\nc: it's [\n", None),
            ("a: [it's, b]\n", None),
        ] {
            assert_eq!(first_open(source), expected, "{source}");
        }
    }
}

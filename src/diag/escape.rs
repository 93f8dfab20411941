//! Makes text from content harmless to a terminal.
//!
//! A content file may hold escape sequences that repaint the screen or controls that reverse the
//! reading order, by accident or by intent; what is printed shows them instead of obeying them.

/// `text` on one line, with everything a terminal would obey shown as an escape.
pub(super) fn line(text: &str) -> String {
    escape(text, &[])
}

/// Like [`line`], with line breaks kept; a Windows line break becomes a plain one.
pub(super) fn lines(text: &str) -> String {
    escape(&text.replace("\r\n", "\n"), &['\n'])
}

/// Like [`lines`], with tabs kept too: for source text, where the renderer gives them a width.
pub(super) fn source(text: &str) -> String {
    escape(&text.replace("\r\n", "\n"), &['\n', '\t'])
}

fn escape(text: &str, kept: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if kept.contains(&c) || !is_unsafe(c) => out.push(c),
            '\n' | '\r' | '\t' => out.extend(c.escape_default()),
            c => out.extend(c.escape_unicode()),
        }
    }
    out
}

/// Controls, line separators, bidirectional controls, the byte-order mark, and the noncharacters
/// that the human renderer uses as marks of its own.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{fdd0}'..='\u{fdef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_a_terminal_would_obey() {
        assert_eq!(
            line("a\u{1b}[2Jb\u{9b}c\r\n\td"),
            r"a\u{1b}[2Jb\u{9b}c\r\n\td"
        );
        assert_eq!(line("\u{202e}txt.exe\u{2066}"), r"\u{202e}txt.exe\u{2066}");
    }

    #[test]
    fn leaves_writing_of_all_scripts_alone() {
        let text = "Harga Rp3.800.000 — “düa” 価格 👩\u{200d}🏫 سعر";
        assert_eq!(line(text), text);
    }

    #[test]
    fn keeps_line_breaks_and_tabs_where_they_are_wanted() {
        assert_eq!(lines("a\r\nb\tc\rd"), "a\nb\\tc\\rd");
        assert_eq!(source("a\r\n\tb"), "a\n\tb");
    }
}

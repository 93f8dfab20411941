//! What a source file says about itself: the paths it names, its functions, its test modules.

use std::collections::HashSet;
use std::ops::Range;

use crate::lexer::{Token, tokens};

/// A source file.
pub(crate) struct File {
    /// Its path below the repository: `src/theme/load.rs`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// A path that a file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Its names. One that leads into this crate begins with `crate`, however it was written.
    pub(crate) path: Vec<String>,
    /// Its line.
    pub(crate) line: usize,
    /// Whether it stands in test code.
    pub(crate) test: bool,
}

/// A function with a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    /// Lines from `fn` to its closing brace.
    pub(crate) length: usize,
}

/// What was found in a file.
#[derive(Debug, Default)]
pub(crate) struct Code {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) functions: Vec<Function>,
    /// Modules in files of their own that only tests have, as module paths.
    pub(crate) test_modules: Vec<Vec<String>>,
}

/// The module of a file: `theme`, `load` for `src/theme/load.rs`; the room comes first.
pub(crate) fn module_of(path: &str) -> Vec<String> {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    inside.split('/').map(str::to_owned).collect()
}

/// Reads a file.
pub(crate) fn read(file: &File) -> Code {
    let tokens = tokens(&file.text);
    let module = match module_of(&file.path) {
        // The roots of the two crates lie above all rooms.
        root if root == ["main"] || root == ["lib"] => Vec::new(),
        module => module,
    };
    let tests = test_ranges(&tokens);
    let mut reader = Reader {
        tokens: &tokens,
        module,
        inline: Vec::new(),
        tests: &tests,
        found: Vec::new(),
    };
    reader.read();
    let (module, found) = (reader.module, reader.found);
    Code {
        mentions: without_local_names(&tokens, found),
        functions: functions(&tokens),
        test_modules: test_modules(&tokens, &tests, &module),
    }
}

fn is(tokens: &[Token<'_>], at: usize, text: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.text == text)
}

/// The items behind `#[cfg(test)]`.
fn test_ranges(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let attribute = is(tokens, at, "#") && is(tokens, at + 1, "[") && is(tokens, at + 2, "cfg");
        let end = if attribute {
            closing(tokens, at + 1)
        } else {
            at
        };
        let inside = &tokens[at..end];
        let names = |name: &str| inside.iter().any(|token| token.text == name);
        if names("test") && !names("not") {
            let item = item_end(tokens, end + 1);
            ranges.push(at..item);
            at = item;
        } else {
            at = end + 1;
        }
    }
    ranges
}

/// The sign that closes the bracket at `open`; the last token where there is none.
fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len().saturating_sub(1)
}

/// One past the item that begins at `from`: its `;`, or the end of its first braces.
fn item_end(tokens: &[Token<'_>], from: usize) -> usize {
    let mut at = from;
    while let Some(token) = tokens.get(at) {
        match token.text {
            ";" => return at + 1,
            "{" => return closing(tokens, at) + 1,
            "}" => return at,
            "(" | "[" => at = closing(tokens, at) + 1,
            _ => at += 1,
        }
    }
    at
}

/// Modules of files that stand behind `#[cfg(test)]`: `mod tests;`.
fn test_modules(
    tokens: &[Token<'_>],
    tests: &[Range<usize>],
    module: &[String],
) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for range in tests {
        let declared = range
            .clone()
            .find(|at| is(tokens, *at, "mod") && is(tokens, at + 2, ";"));
        if let Some(at) = declared {
            let name = tokens[at + 1].text.to_owned();
            found.push(module.iter().cloned().chain([name]).collect());
        }
    }
    found
}

fn functions(tokens: &[Token<'_>]) -> Vec<Function> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(name) = tokens
            .get(at + 1)
            .filter(|name| token.text == "fn" && name.is_name())
        else {
            continue;
        };
        let last = item_end(tokens, at).saturating_sub(1);
        if is(tokens, last, "}") {
            found.push(Function {
                name: name.text.to_owned(),
                line: token.line,
                length: tokens[last].line - token.line + 1,
            });
        }
    }
    found
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    module: Vec<String>,
    /// Modules written inside the file, each with the token that ends it.
    inline: Vec<(String, usize)>,
    tests: &'a [Range<usize>],
    found: Vec<Mention>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            self.inline.retain(|(_, end)| at < *end);
            at = self.step(at);
        }
    }

    /// Takes what begins at `at`, and gives what comes behind it.
    fn step(&mut self, at: usize) -> usize {
        let tokens = self.tokens;
        match tokens[at].text {
            "use" if !is(tokens, at + 1, "<") => self.tree(at + 1, &[]),
            "mod" if is(tokens, at + 2, "{") => {
                let name = tokens[at + 1].text.to_owned();
                self.inline.push((name, closing(tokens, at + 2)));
                at + 3
            }
            "." => at + 2,
            "::" => self.path(at + 1, &["".to_owned()]),
            _ if tokens[at].is_name() => self.path(at, &[]),
            _ => at + 1,
        }
    }

    /// A path in code; `before` is a leading `::` or nothing. A macro ends in `!`.
    fn path(&mut self, from: usize, before: &[String]) -> usize {
        let mut path = before.to_vec();
        let mut at = from;
        while let Some(token) = self.tokens.get(at).filter(|token| token.is_name()) {
            path.push(token.text.to_owned());
            at += 1;
            if !is(self.tokens, at, "::") {
                break;
            }
            at += 1;
        }
        if is(self.tokens, at, "!") && !is(self.tokens, at + 1, "=") {
            path.last_mut().into_iter().for_each(|name| name.push('!'));
        }
        self.mention(path, from);
        at.max(from + 1)
    }

    /// A tree of `use`, each leaf a path of its own.
    fn tree(&mut self, from: usize, before: &[String]) -> usize {
        let tokens = self.tokens;
        let mut path = before.to_vec();
        let mut at = from;
        loop {
            match tokens.get(at).map(|token| token.text) {
                Some("::") if path.is_empty() => path.push(String::new()),
                Some("::" | "*") => {}
                Some("{") => {
                    let end = closing(tokens, at);
                    while at + 1 < end {
                        at = self.tree(at + 1, &path);
                    }
                    return end + 1;
                }
                Some("as") => at += 1,
                Some("self") if !path.is_empty() => {}
                Some(name) if tokens[at].is_name() => path.push(name.to_owned()),
                _ => break,
            }
            at += 1;
        }
        self.mention(path, from);
        at
    }

    /// Keeps a path as it looks from the crate's root.
    fn mention(&mut self, path: Vec<String>, at: usize) {
        let Some(token) = self.tokens.get(at).filter(|_| !path.is_empty()) else {
            return;
        };
        let path = match path.first().map(String::as_str) {
            // The binary names the library by its own name.
            Some("silabus") if path.len() > 1 => rooted(&[], &path[1..]),
            Some("self") => rooted(&self.here(), &path[1..]),
            Some("super") => {
                let here = self.here();
                let ups = path.iter().take_while(|name| *name == "super").count();
                rooted(&here[..here.len().saturating_sub(ups)], &path[ups..])
            }
            _ => path,
        };
        let test = self.tests.iter().any(|range| range.contains(&at));
        self.found.push(Mention {
            path,
            line: token.line,
            test,
        });
    }

    fn here(&self) -> Vec<String> {
        let inline = self.inline.iter().map(|(name, _)| name.clone());
        self.module.iter().cloned().chain(inline).collect()
    }
}

fn rooted(module: &[String], rest: &[String]) -> Vec<String> {
    let root = ["crate".to_owned()];
    root.iter().chain(module).chain(rest).cloned().collect()
}

/// Leaves out paths that begin with a name of the file's own, which may be called like a crate,
/// and takes the mark of a leading `::` away.
fn without_local_names(tokens: &[Token<'_>], found: Vec<Mention>) -> Vec<Mention> {
    let declared = tokens
        .windows(2)
        .filter(|pair| pair[0].text == "mod")
        .map(|pair| pair[1].text);
    let mut own: HashSet<String> = declared.map(str::to_owned).collect();
    // `crate` alone stands in `pub(crate)`.
    let imported = found
        .iter()
        .filter(|mention| mention.path[0] == "crate" && mention.path.len() > 1);
    own.extend(imported.filter_map(|mention| mention.path.last().cloned()));
    found
        .into_iter()
        .filter(|mention| !own.contains(&mention.path[0]))
        .map(|mut mention| {
            mention.path.retain(|name| !name.is_empty());
            mention
        })
        .filter(|mention| !mention.path.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(path: &str, text: &str) -> Vec<String> {
        let file = File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let found = read(&file).mentions;
        found
            .iter()
            .filter(|m| m.path.len() > 1)
            .map(|m| m.path.join("::"))
            .collect()
    }

    #[test]
    fn trees_of_use_are_paths() {
        let text = "use crate::{a::{self, B}, c as d}; pub(crate) use ::toml::de::X;";
        let expected = ["crate::a", "crate::a::B", "crate::c", "toml::de::X"];
        assert_eq!(paths("src/x/y.rs", text), expected);
    }

    #[test]
    fn paths_upwards_are_read_from_the_root() {
        let text = "use super::super::cli; fn f() { super::z::g(); mod m { use super::q; } }";
        let expected = ["crate::cli", "crate::x::z::g", "crate::x::y::q"];
        assert_eq!(paths("src/x/y.rs", text), expected);
    }

    #[test]
    fn a_module_called_like_a_crate_is_no_crate() {
        assert_eq!(
            paths("src/x/mod.rs", "mod toml; fn f() { toml::g() }"),
            [""; 0]
        );
        assert_eq!(
            paths("src/x/mod.rs", "mod toml; fn f() { ::toml::g() }"),
            ["toml::g"]
        );
    }

    #[test]
    fn tests_are_told_from_code() {
        let text =
            "use a::b; #[cfg(test)] mod tests { use c::d; } #[cfg(test)] mod more; use e::f;";
        let file = File {
            path: "src/x/y.rs".to_owned(),
            text: text.to_owned(),
        };
        let code = read(&file);
        let tests: Vec<bool> = code
            .mentions
            .iter()
            .filter(|m| m.path.len() > 1)
            .map(|m| m.test)
            .collect();
        assert_eq!(tests, [false, true, false]);
        assert_eq!(code.test_modules, [["x", "y", "more"]]);
    }

    #[test]
    fn functions_are_measured() {
        let text = "fn a() -> [u8; 2] {\n\n}\ntrait T { fn b(); }\nfn c() {}";
        let file = File {
            path: "src/x.rs".to_owned(),
            text: text.to_owned(),
        };
        let found: Vec<(String, usize)> = read(&file)
            .functions
            .into_iter()
            .map(|f| (f.name, f.length))
            .collect();
        assert_eq!(found, [("a".to_owned(), 3), ("c".to_owned(), 1)]);
    }
}

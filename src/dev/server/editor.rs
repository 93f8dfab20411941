//! Problems as the browser gets them, each with an address that opens its place in an editor.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::dev::preview::Problem;

/// Which editor opens files, and below which folder they lie.
pub(super) struct Editor {
    template: Option<String>,
    root: PathBuf,
}

impl Editor {
    /// `template` is an address with `{file}`, `{line}` and `{column}`; one that would run as a
    /// script in the page is left out.
    pub(super) fn new(template: Option<String>, root: PathBuf) -> Self {
        let template = template.filter(|template| is_editor(template));
        Self { template, root }
    }

    /// The address that opens the place of a problem, when it has one.
    pub(super) fn link(&self, problem: &Problem) -> Option<String> {
        let template = self.template.as_deref()?;
        if problem.file.is_empty() {
            return None;
        }
        let path = self.root.join(&problem.file);
        let mut file = encoded(&path.to_string_lossy());
        // `file/{file}` and `/home/…` have one slash between them, not two.
        if template.contains("/{file}") {
            file = file.trim_start_matches('/').to_owned();
        }
        let line = problem.line.max(1).to_string();
        let column = problem.column.max(1).to_string();
        let link = template.replace("{line}", &line);
        let link = link.replace("{column}", &column);
        Some(link.replace("{file}", &file))
    }

    /// All problems as a JSON list.
    pub(super) fn problems(&self, problems: &[Problem]) -> String {
        let list = problems.iter().map(|problem| self.problem(problem));
        list.collect::<Value>().to_string()
    }

    fn problem(&self, problem: &Problem) -> Value {
        json!({
            "severity": severity(problem),
            "code": problem.code,
            "message": problem.message,
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "excerpt": problem.excerpt,
            "editor": self.link(problem),
        })
    }
}

/// In a word.
pub(super) fn severity(problem: &Problem) -> &'static str {
    if problem.error { "error" } else { "warning" }
}

/// An address of a program: it begins with a scheme, and not with one that runs in the page.
pub fn is_editor(template: &str) -> bool {
    let Some((scheme, _)) = template.split_once(':') else {
        return false;
    };
    let scheme = scheme.to_ascii_lowercase();
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let runs = matches!(&*scheme, "javascript" | "data" | "vbscript" | "blob");
    !scheme.is_empty() && scheme.bytes().all(allowed) && !runs
}

fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            text.push(byte.into());
        } else {
            text += &format!("%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(file: &str, line: usize) -> Problem {
        Problem {
            error: true,
            code: "x".to_owned(),
            message: "</script>".to_owned(),
            file: file.to_owned(),
            line,
            column: 3,
            excerpt: String::new(),
        }
    }

    fn link(template: &str, file: &str, line: usize) -> Option<String> {
        Editor::new(Some(template.to_owned()), "/situs".into()).link(&problem(file, line))
    }

    #[test]
    fn links_name_the_whole_path() {
        let vscode = "vscode://file/{file}:{line}:{column}";
        let expected = "vscode://file/situs/content/a%20%22%25.md:7:3";
        assert_eq!(
            link(vscode, "content/a \"%.md", 7).as_deref(),
            Some(expected)
        );
        let idea = link("idea://open?file={file}&line={line}", "a{line}.md", 0);
        let expected = "idea://open?file=/situs/a%7Bline%7D.md&line=1";
        assert_eq!(idea.as_deref(), Some(expected));
        assert_eq!(link(vscode, "", 0), None);
    }

    #[test]
    fn no_link_runs_as_a_script() {
        for template in [
            "JavaScript:alert(1)//{file}",
            " javascript:x",
            "data:,{file}",
            "{file}",
            "",
        ] {
            assert_eq!(link(template, "a.md", 1), None, "{template}");
        }
    }

    #[test]
    fn the_list_is_json() {
        let editor = Editor::new(None, PathBuf::new());
        let list: Value = serde_json::from_str(&editor.problems(&[problem("a.md", 1)])).unwrap();
        assert_eq!(list[0]["severity"], "error");
        assert_eq!(list[0]["message"], "</script>");
        assert_eq!(list[0]["editor"], Value::Null);
        assert_eq!(editor.problems(&[]), "[]");
    }
}

//! Pages of the preview itself: a page that cannot be made, one that is missing, and the time
//! before the first state.
//!
//! All that they show is escaped; they bring no script and no style of their own but the files
//! of the server, so that their policy can forbid everything else.

use super::editor::{Editor, severity};
use super::inject::SCRIPT;
use crate::base::UrlPath;
use crate::base::text::{escape_attribute, escape_html};
use crate::dev::preview::Problem;

/// A page that will stand here once the errors are mended.
pub(super) fn broken(address: &UrlPath, problems: &[&Problem], editor: &Editor) -> String {
    let mut main = String::from("<h1>This page cannot be made yet</h1>\n<p>");
    main += &format!(
        "It will stand at {} as soon as what is wrong is mended.</p>\n",
        code(address.as_str())
    );
    for problem in problems {
        main += &shown(problem, editor.link(problem).as_deref());
    }
    document("broken", "Cannot be made", "", &main)
}

/// No page and no file is here. `own` says whether the site has a page for this.
pub(super) fn missing(address: &UrlPath, near: &[UrlPath], own: bool) -> String {
    let mut main = String::from("<h1>Nothing is here</h1>\n");
    main += &format!(
        "<p>The site has no file at {}.</p>\n",
        code(address.as_str())
    );
    if !near.is_empty() {
        main += "<p>Did you mean one of these?</p>\n<ul>\n";
        for page in near {
            main += &format!("<li>{}</li>\n", link(&page.encoded(), page.as_str()));
        }
        main += "</ul>\n";
    }
    if own {
        let own = link("/404.html", "the site's own page for this");
        main += &format!("<p>Visitors will see {own}.</p>\n");
    }
    main += &format!("<p>{}</p>\n", link("/", "To the start"));
    document("missing", "Nothing is here", "", &main)
}

/// The site is not read yet.
pub(super) fn waiting() -> String {
    let again = "<meta http-equiv=\"refresh\" content=\"1\">\n";
    let main = "<h1>The site is being read</h1>\n<p>This page comes back by itself.</p>\n";
    document("waiting", "Being read", again, main)
}

fn shown(problem: &Problem, editor: Option<&str>) -> String {
    let mut text = format!("<article class=\"{}\">\n<h2>", severity(problem));
    escape_html(&problem.message, &mut text);
    text += &format!("</h2>\n<p>{} ", severity(problem));
    text += &code(&problem.code);
    if !problem.file.is_empty() {
        text += " ";
        text += &code(&place(problem));
    }
    if let Some(editor) = editor {
        text += " ";
        text += &link(editor, "Open in editor");
    }
    text += "</p>\n";
    if !problem.excerpt.is_empty() {
        text += "<pre tabindex=\"0\">";
        escape_html(&problem.excerpt, &mut text);
        text += "</pre>\n";
    }
    text + "</article>\n"
}

/// Where a problem is: `file:line:column`, as far as it is known.
fn place(problem: &Problem) -> String {
    let mut place = problem.file.clone();
    for number in [problem.line, problem.column] {
        if number > 0 {
            place += &format!(":{number}");
        }
    }
    place
}

fn code(text: &str) -> String {
    let mut html = String::from("<code>");
    escape_html(text, &mut html);
    html + "</code>"
}

fn link(to: &str, words: &str) -> String {
    let mut html = String::from("<a href=\"");
    escape_attribute(to, &mut html);
    html += "\">";
    escape_html(words, &mut html);
    html + "</a>"
}

/// `kind` tells the script which of these pages it is in.
fn document(kind: &str, title: &str, head: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\" data-silabus=\"{kind}\">\n<head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{head}\
         <title>{title} · silabus</title>\n\
         <link rel=\"stylesheet\" href=\"/_silabus/page.css\">\n</head>\n\
         <body>\n<main>\n{main}</main>\n{SCRIPT}</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVIL: &str = "\"'><script>alert(1)</script>&amp;";

    #[test]
    fn all_that_is_shown_is_escaped() {
        let problem = Problem {
            error: true,
            code: EVIL.to_owned(),
            message: EVIL.to_owned(),
            file: EVIL.to_owned(),
            line: 1,
            column: 2,
            excerpt: EVIL.to_owned(),
        };
        let editor = Editor::new(Some(format!("x://{EVIL}/{{file}}")), "/".into());
        let address = UrlPath::new("/a&b'/").expect("an address");
        let page = broken(&address, &[&problem], &editor);
        assert!(
            page.contains(r#"href="x://&quot;&#39;&gt;&lt;script"#),
            "{page}"
        );
        let pages = [
            page,
            missing(&address, std::slice::from_ref(&address), true),
        ];
        for page in pages {
            assert_eq!(page.matches("<script").count(), 1, "{page}");
            assert!(page.contains("/a&amp;b'/"), "{page}");
        }
    }
}

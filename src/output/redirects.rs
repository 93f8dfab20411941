//! Redirects as rules of servers, beside the pages that send their readers on.
//!
//! A rule answers before any page is sent, and tells search engines that an address has moved
//! for good.

use std::fmt::Write as _;

use super::claims::{Claims, Owner};
use super::{Recipe, Target, Turn, address};
use crate::config::exports::RuleFormat;
use crate::site::Site;
use crate::structured::encoded;
use crate::theme::Subject;

/// One address that leads to another.
struct Rule {
    /// A path below the host, as servers compare it: not encoded.
    from: String,
    /// A full address, encoded.
    to: String,
}

/// A file of rules for each server that the settings name. The redirects are taken from what was
/// claimed, so that no rule speaks of an address that another page has.
pub(super) fn plan(site: &Site, claims: &mut Claims) {
    if site.config.exports.redirects.is_empty() {
        return;
    }
    let rules = rules(site, &claims.targets);
    for format in &site.config.exports.redirects {
        let (server, path, text) = match format {
            RuleFormat::Netlify => ("Netlify", "_redirects", lines(&rules, "301!")),
            RuleFormat::Cloudflare => ("Cloudflare", "_redirects", lines(&rules, "301")),
            RuleFormat::Nginx => ("nginx", "redirects.nginx.conf", nginx(&rules)),
            RuleFormat::Apache => ("Apache", ".htaccess", apache(&rules)),
        };
        let target = Target {
            path: path.into(),
            recipe: Recipe::Ready(text.into_bytes().into()),
            turn: Turn::Index,
        };
        claims.claim(
            target,
            Owner::made(format!("the redirect rules for {server}")),
        );
    }
}

/// All redirects of a site, by address.
fn rules(site: &Site, targets: &[Target]) -> Vec<Rule> {
    let mut rules: Vec<Rule> = targets
        .iter()
        .filter_map(|target| {
            let Recipe::Render { subject, .. } = &target.recipe else {
                return None;
            };
            let Subject::Redirect { to } = &**subject else {
                return None;
            };
            Some(Rule {
                from: site.config.href(&address(&target.path)),
                to: encoded(to),
            })
        })
        .collect();
    rules.sort_unstable_by(|a, b| a.from.cmp(&b.from));
    rules
}

/// The other spelling of a folder's address: servers answer both.
fn bare(from: &str) -> Option<&str> {
    from.strip_suffix('/').filter(|bare| !bare.is_empty())
}

/// One rule a line; both spellings are one to these servers. Netlify answers with a file that is
/// there unless the rule is forced, Cloudflare knows no force and needs none.
fn lines(rules: &[Rule], status: &str) -> String {
    let mut out = String::new();
    for Rule { from, to } in rules {
        let _ = writeln!(out, "{} {to} {status}", encoded(from));
    }
    out
}

/// `location`s that match exactly.
fn nginx(rules: &[Rule]) -> String {
    let mut out = "# To be included inside a server block.\n".to_owned();
    for Rule { from, to } in rules {
        for from in [Some(&**from), bare(from)].into_iter().flatten() {
            // A dollar sign would begin a variable.
            let to = quoted(&to.replace('$', "%24"));
            let _ = writeln!(out, "location = {} {{ return 301 {to}; }}", quoted(from));
        }
    }
    out
}

/// `Redirect` would match all that begins alike, so each rule is a pattern with both ends.
fn apache(rules: &[Rule]) -> String {
    let mut out = String::new();
    for Rule { from, to } in rules {
        let path = pattern(from.strip_suffix('/').unwrap_or(from));
        let end = if from.ends_with('/') { "/?$" } else { "$" };
        let to = unencoded(to).replace('$', "%24");
        let _ = writeln!(out, "RedirectMatch 301 \"^{path}{end}\" \"{to}\"");
    }
    out
}

/// An address as Apache wants it: it encodes the path by itself, and would encode what is encoded
/// once more. Signs that would end the text stay as they are.
fn unencoded(to: &str) -> String {
    let (path, rest) = to.split_at(to.find(['?', '#']).unwrap_or(to.len()));
    let mut bytes = Vec::with_capacity(path.len());
    let mut behind = path.as_bytes();
    while let [first, after @ ..] = behind {
        let hex = |at: usize| (*after.get(at)? as char).to_digit(16);
        match (*first, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) if high >= 8 => {
                bytes.push((high * 16 + low) as u8);
                behind = &after[2..];
            }
            (byte, ..) => {
                bytes.push(byte);
                behind = after;
            }
        }
    }
    match String::from_utf8(bytes) {
        Ok(path) => path + rest,
        Err(_) => to.to_owned(),
    }
}

/// A text in quotes, as nginx reads it: no variable, no end of the quotes.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// A text as a regular expression that matches nothing else, within quotes.
fn pattern(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(
            c,
            '.' | '+'
                | '*'
                | '?'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '^'
                | '$'
                | '|'
                | '\\'
                | '"'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Vec<Rule> {
        [
            ("/kelas é+(1)/", "https://a.example/kelas-%C3%A9/"),
            ("/lama.html", "https://b.example/?q=$1&r=%20"),
        ]
        .map(|(from, to)| Rule {
            from: from.to_owned(),
            to: to.to_owned(),
        })
        .into()
    }

    #[test]
    fn lines_hold_three_parts_whatever_the_address() {
        assert_eq!(
            lines(&rules(), "301"),
            "/kelas%20%C3%A9+(1)/ https://a.example/kelas-%C3%A9/ 301\n\
             /lama.html https://b.example/?q=$1&r=%20 301\n"
        );
    }

    #[test]
    fn nginx_compares_what_is_decoded_and_fills_in_no_variable() {
        assert_eq!(
            nginx(&rules()),
            "# To be included inside a server block.\n\
             location = \"/kelas é+(1)/\" { return 301 \"https://a.example/kelas-%C3%A9/\"; }\n\
             location = \"/kelas é+(1)\" { return 301 \"https://a.example/kelas-%C3%A9/\"; }\n\
             location = \"/lama.html\" { return 301 \"https://b.example/?q=%241&r=%20\"; }\n"
        );
    }

    #[test]
    fn apache_matches_the_whole_address_and_encodes_by_itself() {
        assert_eq!(
            apache(&rules()),
            "RedirectMatch 301 \"^/kelas é\\+\\(1\\)/?$\" \"https://a.example/kelas-é/\"\n\
             RedirectMatch 301 \"^/lama\\.html$\" \"https://b.example/?q=%241&r=%20\"\n"
        );
    }
}

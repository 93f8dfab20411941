//! Template functions. Each one asks the site a recorded [`Question`].

use std::rc::Rc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::ambient::{Scope, current, in_vain};
use super::{addresses, body, cards, contexts, folders, queries, values, ways};
use crate::base::SitePath;
use crate::diag::Diagnostic;
use crate::site::question::NowUnit;
use crate::site::{Answer, Question, Site};

/// Puts all functions into `tera`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("get_page", get_page);
    tera.register_function("get_section", get_section);
    tera.register_function("get_taxonomy", get_taxonomy);
    tera.register_function("get_taxonomy_term", get_taxonomy_term);
    tera.register_function("get_taxonomy_url", get_taxonomy_url);
    tera.register_function("trans", trans);
    tera.register_function("now", now);
    tera.register_function("throw", throw);
    tera.register_function("json_ld", json_ld);
    queries::register(tera);
    ways::register(tera);
    addresses::register(tera);
    super::pictures::register(tera);
    super::social::register(tera);
}

/// The language asked for with `lang`, else that of the render.
pub(super) fn language(scope: &Scope, args: &Kwargs) -> TeraResult<u8> {
    match args.get::<&str>("lang")? {
        None => Ok(scope.view.lang),
        Some(code) => {
            scope.view.site().lang_id(code).ok_or_else(|| {
                Error::message(format!("`lang`: the site has no language \"{code}\""))
            })
        }
    }
}

/// A path as templates write it, `@/kursus/x.md` or `kursus/x.md`, below `content/`.
pub(super) fn content_path(written: &str) -> TeraResult<SitePath> {
    let inside = written.strip_prefix("@/").unwrap_or(written);
    SitePath::new("content")
        .and_then(|root| root.join(inside.trim_start_matches('/')))
        .ok_or_else(|| Error::message(format!("`path`: \"{written}\" leads out of content/")))
}

pub(super) fn required(args: &Kwargs) -> TeraResult<bool> {
    Ok(args.get::<bool>("required")?.unwrap_or(true))
}

fn get_page(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let lang = language(&scope, &args)?;
    if args.get::<&str>("id")?.is_some() {
        return page_by_id(&scope, &args, lang);
    }
    let written = args.must_get::<&str>("path")?;
    let path = content_path(written)?;
    if args.get::<bool>("content")?.unwrap_or(false) {
        return whole_page(&scope, path, lang, written);
    }
    match scope.view.ask(Question::Page { path, lang }) {
        Answer::Page(Some(id)) => Ok(scope.renderer.card(&scope, id)),
        _ if !required(&args)? => Ok(Value::none()),
        _ => Err(in_vain(format!(
            "get_page: no published page has the file \"{written}\""
        ))),
    }
}

fn page_by_id(scope: &Rc<Scope>, args: &Kwargs, lang: u8) -> TeraResult<Value> {
    let (kind, id) = (args.must_get::<&str>("kind")?, args.must_get::<&str>("id")?);
    let site = scope.view.site();
    let number = site
        .kinds
        .iter()
        .position(|known| known.name == kind)
        .ok_or_else(|| Error::message(format!("`kind`: the site has no kind \"{kind}\"")))?;
    let question = Question::PageById {
        kind: number as u8,
        id: id.into(),
        lang,
    };
    match scope.view.ask(question) {
        Answer::Page(Some(id)) => Ok(scope.renderer.card(scope, id)),
        _ if !required(args)? => Ok(Value::none()),
        _ => Err(in_vain(no_such_id(site, number as u8, kind, id))),
    }
}

/// Why nothing of a kind was found by its id: of another kind is what has it, or a near one is meant.
pub(super) fn no_such_id(site: &Site, number: u8, kind: &str, id: &str) -> String {
    let others = site.kinds.iter().enumerate();
    let others = others.filter(|(at, _)| *at != usize::from(number));
    let mut others = others.filter(|(at, _)| site.ids_of(*at as u8).any(|other| other == id));
    let hint = match others.next() {
        Some((_, other)) => format!(": it is of the kind {}", other.name),
        None => crate::base::text::nearest(id, site.ids_of(number))
            .map_or_else(String::new, |near| format!(": did you mean \"{near}\"?")),
    };
    format!("no published {kind} has the id \"{id}\"{hint}")
}

fn whole_page(scope: &Rc<Scope>, path: SitePath, lang: u8, written: &str) -> TeraResult<Value> {
    let Answer::Page(Some(id)) = scope.view.ask(Question::Content {
        path: path.clone(),
        lang,
    }) else {
        return Err(in_vain(format!(
            "get_page: no published page has the file \"{written}\""
        )));
    };
    let mut wrong: Vec<Diagnostic> = Vec::new();
    let content = scope
        .embed(id, &path, || body::page(scope, id, &mut wrong))
        .map_err(Error::message)?;
    wrong
        .into_iter()
        .for_each(|diagnostic| scope.report(diagnostic));
    Ok(cards::page(scope, id, &content))
}

fn get_section(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let lang = language(&scope, &args)?;
    let written = args.must_get::<&str>("path")?;
    let metadata_only = args.get::<bool>("metadata_only")?.unwrap_or(false);
    let question = Question::Section {
        path: content_path(written)?,
        lang,
        metadata_only,
    };
    match scope.view.ask(question) {
        Answer::Section(Some(id)) => Ok(folders::section(&scope, id, "", !metadata_only)),
        _ if !required(&args)? => Ok(Value::none()),
        _ => Err(in_vain(format!(
            "get_section: no section has the file \"{written}\""
        ))),
    }
}

fn get_taxonomy(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let lang = language(&scope, &args)?;
    let name = args.must_get::<&str>("kind")?;
    match scope.view.ask(Question::Taxonomy {
        name: name.into(),
        lang,
    }) {
        Answer::Taxonomy(Some(at)) => {
            let count = scope.view.site().taxonomies[at].terms.len();
            let items = (0..count).map(|term| contexts::term_value(&scope, at, term, false));
            let mut table = values::Table::with_capacity(4);
            table.set("kind", contexts::taxonomy_value(&scope, at));
            table.set("lang", scope.view.site().lang(lang));
            table.set(
                "permalink",
                scope
                    .view
                    .site()
                    .permalink(&scope.view.site().taxonomies[at].url),
            );
            table.set("items", items.collect::<Vec<_>>());
            Ok(table.value())
        }
        _ if !required(&args)? => Ok(Value::none()),
        _ => Err(in_vain(format!(
            "get_taxonomy: silabus.toml declares no taxonomy \"{name}\""
        ))),
    }
}

/// Asks for a term: the argument's name differs between the two functions of Zola.
fn ask_term(
    scope: &Rc<Scope>,
    args: &Kwargs,
    key: &str,
    with_pages: bool,
) -> TeraResult<Option<(usize, usize)>> {
    let question = Question::Term {
        taxonomy: args.must_get::<&str>("kind")?.into(),
        term: args
            .get::<&str>("term")?
            .map_or_else(|| args.must_get::<&str>(key), Ok)?
            .into(),
        lang: language(scope, args)?,
        with_pages,
    };
    match scope.view.ask(question) {
        Answer::Term(at) => Ok(at),
        _ => Ok(None),
    }
}

fn no_term(args: &Kwargs, key: &str) -> Error {
    let kind = args.get::<&str>("kind").ok().flatten().unwrap_or_default();
    let term = args.get::<&str>(key).ok().flatten();
    let term = term
        .or(args.get::<&str>("term").ok().flatten())
        .unwrap_or_default();
    in_vain(format!(
        "no page has the term \"{term}\" in the taxonomy \"{kind}\""
    ))
}

fn get_taxonomy_term(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let with_pages = args.get::<bool>("include_pages")?.unwrap_or(true);
    match ask_term(&scope, &args, "term", with_pages)? {
        Some((taxonomy, term)) => Ok(contexts::term_value(&scope, taxonomy, term, with_pages)),
        None if !required(&args)? => Ok(Value::none()),
        None => Err(no_term(&args, "term")),
    }
}

fn get_taxonomy_url(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    match ask_term(&scope, &args, "name", false)? {
        Some((taxonomy, term)) => {
            let site = scope.view.site();
            Ok(Value::from(
                site.permalink(&site.taxonomies[taxonomy].terms[term].url),
            ))
        }
        None if !required(&args)? => Ok(Value::none()),
        None => Err(no_term(&args, "name")),
    }
}

fn trans(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let lang = language(&scope, &args)?;
    let key = args.must_get::<&str>("key")?;
    match scope.view.ask(Question::Word {
        key: key.into(),
        lang,
    }) {
        Answer::Text(Some(word)) => filled(key, &word, &args).map(Value::from),
        _ => {
            let code = scope.view.site().lang(lang);
            let keys = scope.view.shared.words.keys(lang);
            let near = crate::base::text::nearest(key, keys);
            let hint = near.map_or_else(
                || format!("add it to i18n/{code}.toml"),
                |near| format!("did you mean \"{near}\"?"),
            );
            Err(Error::message(format!(
                "trans: no word \"{key}\" in the language {code}: {hint}"
            )))
        }
    }
}

/// `{count}` and the like stand for the argument of that name, which must be there.
fn filled(key: &str, word: &str, args: &Kwargs) -> TeraResult<String> {
    let mut text = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(open) = rest.find('{') {
        let (before, behind) = rest.split_at(open);
        text.push_str(before);
        let Some(name) = placeholder(behind) else {
            text.push('{');
            rest = &behind[1..];
            continue;
        };
        let value = args.get::<Value>(name)?.ok_or_else(|| {
            Error::message(format!(
                "trans: the word \"{key}\" has {{{name}}}: give {name}=…, \"{word}\""
            ))
        })?;
        text.push_str(&value.to_string());
        rest = &behind[name.len() + 2..];
    }
    text.push_str(rest);
    Ok(text)
}

/// The name in braces that a text begins with.
fn placeholder(text: &str) -> Option<&str> {
    let name = text.strip_prefix('{')?.split_once('}')?.0;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_name.then_some(name)
}

fn throw(args: Kwargs, _: &State) -> TeraResult<Value> {
    Err(in_vain(args.must_get::<&str>("message")?))
}

/// The whole script block with the graph of what is rendered.
fn json_ld(_: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let block = crate::structured::json_ld(&scope.view, &scope.topic);
    Ok(Value::safe_string(&block))
}

fn now(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let unit = match args.get::<&str>("unit")?.unwrap_or("day") {
        "year" => NowUnit::Year,
        "month" => NowUnit::Month,
        "day" => NowUnit::Day,
        "second" => NowUnit::Second,
        other => {
            return Err(Error::message(format!(
                "`unit` is \"year\", \"month\", \"day\" or \"second\", not \"{other}\""
            )));
        }
    };
    if args.get::<bool>("timestamp")?.unwrap_or(false) {
        scope.view.ask(Question::Now(NowUnit::Second));
        return Ok(Value::from(scope.view.site().now.instant.as_second()));
    }
    let Answer::Text(Some(text)) = scope.view.ask(Question::Now(unit)) else {
        return Ok(Value::none());
    };
    // A year is a number, so that one can count with it.
    Ok(match unit {
        NowUnit::Year => text
            .parse::<i64>()
            .map_or_else(|_| Value::from(&*text), Value::from),
        _ => Value::from(&*text),
    })
}

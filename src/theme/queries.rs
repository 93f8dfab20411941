//! Template functions that give lists of pages: `pages`, `courses`, `related` and their kin.

use std::rc::Rc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::ambient::{Scope, current};
use super::cards;
use super::functions::language;
use crate::base::text::nearest;
use crate::config::SortBy;
use crate::content::kinds;
use crate::data::Type;
use crate::site::question::PageQuery;
use crate::site::{Answer, Question, taxonomies};

/// Arguments that are no filter of their own.
const GENERAL: [&str; 7] = [
    "kind", "section", "sort_by", "reverse", "limit", "lang", "tag",
];

/// Fields of the content model that courses and the like may be chosen by, and the field of the
/// front matter behind each.
const FILTERS: [(&str, &str); 9] = [
    ("skill", "skills"),
    ("career", "careers"),
    ("level", "level"),
    ("mode", "mode"),
    ("instructor", "instructors"),
    ("author", "authors"),
    ("status", "status"),
    ("offer", "offer"),
    ("course", "courses"),
];

pub(super) fn register(tera: &mut Tera) {
    tera.register_function("pages", |args: Kwargs, _: &State| all(&args, None));
    tera.register_function("courses", |args: Kwargs, _: &State| {
        all(&args, Some("course"))
    });
    tera.register_function("careers", |args: Kwargs, _: &State| {
        all(&args, Some("career"))
    });
    tera.register_function("skills", |args: Kwargs, _: &State| {
        all(&args, Some("skill"))
    });
    tera.register_function("related", |args: Kwargs, _: &State| related(&args));
}

fn all(args: &Kwargs, kind: Option<&str>) -> TeraResult<Value> {
    let scope = current()?;
    let Some(query) = query(&scope, args, kind)? else {
        return Ok(Value::from(Vec::<Value>::new()));
    };
    list(&scope, Question::Pages(query))
}

fn list(scope: &Rc<Scope>, question: Question) -> TeraResult<Value> {
    match scope.view.ask(question) {
        Answer::Pages(ids) => Ok(cards::cards(scope, &ids)),
        _ => Ok(Value::from(Vec::<Value>::new())),
    }
}

/// The query of a call; none for a kind that this site does not have.
fn query(scope: &Scope, args: &Kwargs, kind: Option<&str>) -> TeraResult<Option<PageQuery>> {
    let site = scope.view.site();
    let written = args.get::<&str>("kind")?.or(kind);
    let kind = match written {
        None => None,
        Some(name) => match site.kinds.iter().position(|known| known.name == name) {
            Some(at) => Some(at as u8),
            None => return Ok(None),
        },
    };
    let mut query = PageQuery {
        lang: language(scope, args)?,
        kind,
        section: args.get::<&str>("section")?.map(section_folder),
        sort_by: sort_by(args)?,
        reverse: args.get::<bool>("reverse")?.unwrap_or(false),
        limit: args.get::<u32>("limit")?.unwrap_or(0),
        ..PageQuery::default()
    };
    filters(scope, args, &mut query)?;
    Ok(Some(query))
}

/// `kursus`, `kursus/_index.md` and `@/kursus/_index.md` name the same section.
fn section_folder(written: &str) -> Box<str> {
    let inside = written.strip_prefix("@/").unwrap_or(written);
    let folder = inside.strip_suffix("_index.md").unwrap_or(inside);
    folder.trim_matches('/').into()
}

fn sort_by(args: &Kwargs) -> TeraResult<SortBy> {
    let Some(word) = args.get::<&str>("sort_by")? else {
        return Ok(SortBy::Date);
    };
    SortBy::from_word(word).ok_or_else(|| {
        Error::message(format!(
            "`sort_by` is \"date\", \"update_date\", \"title\", \"weight\", \"slug\" or \"none\", not \"{word}\""
        ))
    })
}

/// Every other argument is a filter: a field of the content model, or a taxonomy.
fn filters(scope: &Scope, args: &Kwargs, query: &mut PageQuery) -> TeraResult<()> {
    let taxonomies = &scope.view.site().config.taxonomies;
    for (key, value) in args.iter() {
        let name = key.as_str().unwrap_or_default();
        let text = value.as_str();
        if value.is_none() || (GENERAL.contains(&name) && name != "tag") {
            continue;
        }
        let text = text.ok_or_else(|| Error::message(format!("`{name}` is a text")))?;
        let taxonomy = if name == "tag" { "tags" } else { name };
        if let Some((_, field)) = FILTERS.iter().find(|(known, _)| *known == name) {
            let value = word(scope, query.kind, field, text)?;
            query.fields.push(((*field).into(), value.into()));
        } else if is_own_field(scope, query.kind, name) {
            let value = word(scope, query.kind, name, text)?;
            query.fields.push((name.into(), value.into()));
        } else if taxonomies.iter().any(|known| *known.name == *taxonomy) {
            query
                .terms
                .push((taxonomy.into(), taxonomies::term_slug(text).into()));
        } else {
            return Err(unknown_filter(scope, name));
        }
    }
    Ok(())
}

/// Whether a kind that was asked for has a field of this name that not every kind has.
fn is_own_field(scope: &Scope, kind: Option<u8>, name: &str) -> bool {
    let kind = kind.map(|kind| &scope.view.site().kinds[usize::from(kind)]);
    kind.is_some_and(|kind| kinds::own_fields(kind).any(|field| field.name == name))
}

/// The value that a word stands for in a field that takes certain words only, in any of their
/// spellings; other fields take any text.
fn word(scope: &Scope, kind: Option<u8>, field: &str, written: &str) -> TeraResult<String> {
    let kinds = &scope.view.site().kinds;
    let asked = kinds
        .iter()
        .enumerate()
        .filter(|(at, _)| kind.is_none_or(|kind| usize::from(kind) == *at));
    let fields = asked.flat_map(|(_, kind)| &kind.fields);
    let choices = fields
        .filter(|known| known.name == field)
        .find_map(|known| match &known.ty {
            Type::Choice(choices) => Some(choices),
            _ => None,
        });
    let Some(choices) = choices else {
        return Ok(written.to_owned());
    };
    let same = |text: &str| text.eq_ignore_ascii_case(written.trim());
    let found = choices
        .iter()
        .find(|choice| same(&choice.value) || choice.aliases.iter().any(|alias| same(alias)));
    found.map(|choice| choice.value.to_string()).ok_or_else(|| {
        let known: Vec<&str> = choices.iter().map(|choice| &*choice.value).collect();
        Error::message(format!(
            "`{field}` is never \"{written}\": it can be {}",
            known.join(", ")
        ))
    })
}

fn unknown_filter(scope: &Scope, name: &str) -> Error {
    let declared = scope
        .view
        .site()
        .config
        .taxonomies
        .iter()
        .map(|known| &*known.name);
    let known: Vec<&str> = GENERAL
        .into_iter()
        .chain(FILTERS.map(|(name, _)| name))
        .chain(declared)
        .collect();
    let hint = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("known are {}", known.join(", ")),
    };
    Error::message(format!("pages cannot be chosen by `{name}`: {hint}"))
}

fn related(args: &Kwargs) -> TeraResult<Value> {
    let scope = current()?;
    let limit = args.get::<u32>("limit")?.unwrap_or(3);
    let Some(id) = scope.page() else {
        return Err(Error::message(
            "related() works only where a page is rendered",
        ));
    };
    let path = scope.view.site().entity(id).path().clone();
    list(&scope, Question::Related { path, limit })
}

//! Questions and answers in words, for whoever wants to know why a page was made.

use super::pictures::Wanted;
use super::question::{NowUnit, PageQuery};
use super::view::{Shared, find};
use super::{Answer, PageId, Question, Site};

/// So many pages of a list are named.
const NAMED: usize = 1;

/// A question as a template writes it.
pub fn question(site: &Site, question: &Question) -> String {
    let lang = |lang: u8| match lang {
        0 => String::new(),
        lang => format!(", lang=\"{}\"", site.lang(lang)),
    };
    match question {
        Question::Page { path, lang: of } => format!("get_page(path=\"{path}\"{})", lang(*of)),
        Question::PageById { kind, id, lang: of } => {
            let kind = site
                .kinds
                .get(*kind as usize)
                .map_or("?", |kind| &*kind.name);
            format!("get_page(kind=\"{kind}\", id=\"{id}\"{})", lang(*of))
        }
        Question::Content { path, lang: of } => {
            format!("get_page(path=\"{path}\", content=true{})", lang(*of))
        }
        Question::Section {
            path,
            lang: of,
            metadata_only,
        } => {
            let bare = if *metadata_only {
                ", metadata_only=true"
            } else {
                ""
            };
            format!("get_section(path=\"{path}\"{bare}{})", lang(*of))
        }
        Question::Taxonomy { name, lang: of } => {
            format!("get_taxonomy(kind=\"{name}\"{})", lang(*of))
        }
        Question::Term {
            taxonomy,
            term,
            lang: of,
            ..
        } => format!(
            "get_taxonomy_term(kind=\"{taxonomy}\", term=\"{term}\"{})",
            lang(*of)
        ),
        Question::Pages(wanted) => query(site, wanted),
        Question::Prerequisites { id, lang: of } => {
            format!("prerequisites(course=\"{id}\"{})", lang(*of))
        }
        Question::Route { id, lang: of } => {
            format!("learning_path(career=\"{id}\"{})", lang(*of))
        }
        Question::Related { path, limit } => format!("related(limit={limit}) of {path}"),
        Question::Address { path, lang: of } => format!("the address of {path}{}", lang(*of)),
        Question::Hash(output) => format!("the hash of /{output}"),
        Question::Data { path, .. } => format!("load_data(path=\"{path}\")"),
        Question::Word { key, lang: of } => format!("trans(key=\"{key}\"{})", lang(*of)),
        Question::Component(name) => format!("the component {name}"),
        Question::Picture { path, wanted } => match wanted {
            Wanted::Facts => format!("get_image_metadata(path=\"{path}\")"),
            Wanted::Set => format!("the picture {path}"),
            Wanted::One { .. } => format!("resize_image(path=\"{path}\")"),
        },
        Question::Now(unit) => match unit {
            NowUnit::Year => "now(unit=\"year\")".to_owned(),
            NowUnit::Month => "now(unit=\"month\")".to_owned(),
            NowUnit::Day => "now()".to_owned(),
            NowUnit::Second => "now(unit=\"second\")".to_owned(),
        },
    }
}

fn query(site: &Site, query: &PageQuery) -> String {
    let mut args = Vec::new();
    if let Some(kind) = query.kind.and_then(|kind| site.kinds.get(kind as usize)) {
        args.push(format!("kind=\"{}\"", kind.name));
    }
    if let Some(section) = &query.section {
        args.push(format!("section=\"{section}\""));
    }
    let filters = query.terms.iter().chain(&query.fields);
    args.extend(filters.map(|(name, value)| format!("{name}=\"{value}\"")));
    if query.limit > 0 {
        args.push(format!("limit={}", query.limit));
    }
    format!("pages({})", args.join(", "))
}

/// The pages whose cards an answer shows.
pub fn pages(shared: &Shared, question: &Question) -> Vec<PageId> {
    let site = &*shared.site;
    match find(shared, question) {
        Answer::Page(Some(id)) => vec![id],
        Answer::Section(Some(id)) => site.section(id).pages.to_vec(),
        Answer::Term(Some((taxonomy, term))) => {
            site.taxonomies[taxonomy].terms[term].pages.to_vec()
        }
        Answer::Pages(ids) => ids.to_vec(),
        Answer::Route(Some(route)) => route.courses().collect(),
        _ => Vec::new(),
    }
}

/// An answer in a few words.
pub fn answer(shared: &Shared, question: &Question) -> String {
    let site = &*shared.site;
    match find(shared, question) {
        Answer::Page(None)
        | Answer::Section(None)
        | Answer::Taxonomy(None)
        | Answer::Route(None)
        | Answer::Term(None) => "none".to_owned(),
        Answer::Page(Some(id)) => titled(site, id),
        Answer::Section(Some(id)) => {
            let section = site.section(id);
            format!("\"{}\" with {}", section.title, list(site, &section.pages))
        }
        Answer::Taxonomy(Some(at)) => format!("{} terms", site.taxonomies[at].terms.len()),
        Answer::Term(Some((taxonomy, term))) => {
            list(site, &site.taxonomies[taxonomy].terms[term].pages)
        }
        Answer::Pages(ids) => list(site, &ids),
        Answer::Route(Some(route)) => {
            let courses: Vec<PageId> = route.courses().collect();
            list(site, &courses)
        }
        Answer::Text(text) => text.map_or_else(|| "none".to_owned(), |text| format!("\"{text}\"")),
        Answer::Hash(print) => print.map_or_else(|| "none".to_owned(), |print| print.hex(8)),
        Answer::Data(data) => match &*data {
            Ok(_) => "other contents".to_owned(),
            Err(reason) => reason.clone(),
        },
        Answer::Picture(found) => match &*found {
            Ok(found) => format!("{} × {}", found.facts.width, found.facts.height),
            Err(fault) => fault.message(question_path(question)),
        },
    }
}

fn question_path(question: &Question) -> &str {
    match question {
        Question::Picture { path, .. } => path,
        _ => "",
    }
}

fn titled(site: &Site, id: PageId) -> String {
    format!("\"{}\"", site.entity(id).title)
}

fn list(site: &Site, ids: &[PageId]) -> String {
    let names: Vec<String> = ids.iter().take(NAMED).map(|id| titled(site, *id)).collect();
    let more = if ids.len() > NAMED { ", …" } else { "" };
    match ids.len() {
        0 => "no page".to_owned(),
        1 => format!("1 page: {}", names.join(", ")),
        count => format!("{count} pages: {}{more}", names.join(", ")),
    }
}

//! What one render sees of the site: it asks, and what it asked is kept as its trace.
//!
//! Answers that cost work are found once per build and shared. No parallel iterator runs inside
//! an answer: a stolen job would see another render's view.

use std::cell::RefCell;
use std::sync::{Arc, Mutex};

use super::links::{Dead, Destination, address, at_path};
use super::question::{NowUnit, PageQuery};
use super::words::Words;
use super::{
    Answer, Entity, Node, PageId, Question, SectionId, Site, graph, references, sections,
    taxonomies,
};
use crate::base::when::When;
use crate::base::{Fingerprint, Map, SitePath};
use crate::content::kinds::course;
use crate::data;
use crate::world::{World, read_text};

/// Locks for shared answers: enough that two threads rarely meet.
const SHARDS: usize = 16;

/// What a render asked, and what the answers stood for.
pub type Trace = Vec<(Question, Fingerprint)>;

/// What all renders of one build share.
pub struct Shared {
    /// The site.
    pub site: Arc<Site>,
    /// The words of theme and site.
    pub words: Arc<Words>,
    /// For data files and hashes of published files.
    pub world: Arc<dyn World + Send>,
    /// Files that the program makes before any page, styles above all, by output path.
    generated: Arc<Map<Box<str>, Arc<[u8]>>>,
    /// Components of the theme, each with what stands for it.
    components: Arc<Map<Box<str>, Fingerprint>>,
    /// Sources of files that are published as they are, by output path.
    published: Map<Box<str>, SitePath>,
    answers: Vec<Mutex<Map<Question, (Answer, Fingerprint)>>>,
}

impl Shared {
    /// For one build.
    pub fn new(
        site: Arc<Site>,
        words: Arc<Words>,
        world: Arc<dyn World + Send>,
        generated: Arc<Map<Box<str>, Arc<[u8]>>>,
        components: Arc<Map<Box<str>, Fingerprint>>,
    ) -> Self {
        let published = site
            .assets
            .iter()
            .chain(site.statics.iter())
            .map(|asset| (asset.output.clone(), asset.source.clone()))
            .collect();
        Self {
            site,
            words,
            world,
            generated,
            components,
            published,
            answers: (0..SHARDS).map(|_| Mutex::default()).collect(),
        }
    }

    /// Whether another build has the very same components.
    pub fn has_components_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.components, &other.components)
    }

    /// The bytes of a published file that is made before any page, or is copied as it is.
    pub fn bytes(&self, output: &str) -> Option<Vec<u8>> {
        if let Some(bytes) = self.generated.get(output) {
            return Some(bytes.to_vec());
        }
        let source = self.published.get(output)?;
        self.world.read(source, u64::MAX).ok()
    }
}

/// One render's eyes.
pub struct View {
    /// What all renders share.
    pub shared: Arc<Shared>,
    /// The language of what is rendered.
    pub lang: u8,
    /// The page that is rendered, if it is one.
    pub page: Option<PageId>,
    trace: RefCell<Trace>,
}

impl View {
    /// For one render.
    pub fn new(shared: &Arc<Shared>, lang: u8, page: Option<PageId>) -> Self {
        Self {
            shared: shared.clone(),
            lang,
            page,
            trace: RefCell::default(),
        }
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.shared.site
    }

    /// What was asked so far.
    pub fn into_trace(self) -> Trace {
        self.trace.into_inner()
    }

    /// Keeps what another render asked, whose text this one shows.
    pub fn take_over(&self, trace: &Trace) {
        self.trace.borrow_mut().extend_from_slice(trace);
    }

    /// Asks, and keeps question and answer.
    pub fn ask(&self, question: Question) -> Answer {
        let (answer, print) = if is_costly(&question) {
            self.shared_answer(&question)
        } else {
            let answer = find(&self.shared, &question);
            let print = answer.fingerprint(&question, self.site());
            (answer, print)
        };
        self.trace.borrow_mut().push((question, print));
        answer
    }

    fn shared_answer(&self, question: &Question) -> (Answer, Fingerprint) {
        let shard = &self.shared.answers[shard_of(question)];
        let known = lock(shard).get(question).cloned();
        known.unwrap_or_else(|| {
            // Found outside the lock: two threads may both find it, and find the same.
            let answer = find(&self.shared, question);
            let print = answer.fingerprint(question, self.site());
            lock(shard).insert(question.clone(), (answer.clone(), print));
            (answer, print)
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A panic elsewhere cannot leave a half-made answer: answers are inserted whole.
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn shard_of(question: &Question) -> usize {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    question.hash(&mut hasher);
    hasher.finish() as usize % SHARDS
}

fn is_costly(question: &Question) -> bool {
    matches!(
        question,
        Question::Pages(_)
            | Question::Section { .. }
            | Question::Taxonomy { .. }
            | Question::Term { .. }
            | Question::Hash(_)
            | Question::Data { .. }
            | Question::Route { .. }
    )
}

/// What the answer to a question stands for.
pub fn print_of(shared: &Shared, question: &Question) -> Fingerprint {
    find(shared, question).fingerprint(question, &shared.site)
}

/// The answer of a site to a question.
pub fn find(shared: &Shared, question: &Question) -> Answer {
    let site = &*shared.site;
    match question {
        Question::Page { path, lang } | Question::Content { path, lang } => {
            Answer::Page(page_at(site, path, *lang))
        }
        Question::PageById { kind, id, lang } => {
            Answer::Page(references::find(site, *kind, *lang, id))
        }
        Question::Section { path, lang, .. } => Answer::Section(section_at(site, path, *lang)),
        Question::Taxonomy { name, lang } => Answer::Taxonomy(taxonomy(site, name, *lang)),
        Question::Term {
            taxonomy,
            term,
            lang,
            ..
        } => Answer::Term(term_at(site, taxonomy, term, *lang)),
        Question::Pages(query) => Answer::Pages(pages(site, query).into()),
        Question::Prerequisites { id, lang } => {
            let course = entity_of(site, "course", id, *lang);
            let before = course.map(|course| graph::prerequisites(site, course));
            Answer::Pages(before.unwrap_or_default().into())
        }
        Question::Route { id, lang } => {
            let career = entity_of(site, "career", id, *lang);
            let route = career.and_then(|career| graph::route(site, career));
            Answer::Route(route.map(Arc::new))
        }
        Question::Related { path, limit } => Answer::Pages(related(site, path, *limit).into()),
        Question::Address { path, lang } => {
            Answer::Text(address_of(site, path, *lang).map(Into::into))
        }
        Question::Hash(output) => Answer::Hash(shared.bytes(output).map(Fingerprint::of)),
        Question::Data { path, format } => {
            Answer::Data(Arc::new(load(shared, path, format.as_deref())))
        }
        Question::Word { key, lang } => Answer::Text(shared.words.get(*lang, key).map(Into::into)),
        Question::Component(name) => Answer::Hash(shared.components.get(name).copied()),
        Question::Now(unit) => Answer::Text(Some(now(site, *unit).into())),
    }
}

fn entity_of(site: &Site, kind: &str, id: &str, lang: u8) -> Option<PageId> {
    let kind = site.kinds.iter().position(|known| known.name == kind)?;
    references::find(site, kind as u8, lang, id)
}

fn page_at(site: &Site, path: &SitePath, lang: u8) -> Option<PageId> {
    match at_path(site, path.clone(), lang).ok()? {
        Destination::Content(Node::Page(id)) => Some(id),
        _ => None,
    }
}

fn section_at(site: &Site, path: &SitePath, lang: u8) -> Option<SectionId> {
    match at_path(site, path.clone(), lang).ok()? {
        Destination::Content(Node::Section(id)) => Some(id),
        _ => None,
    }
}

fn taxonomy(site: &Site, name: &str, lang: u8) -> Option<usize> {
    site.taxonomies
        .iter()
        .position(|taxonomy| taxonomy.lang == lang && *taxonomy.config.name == *name)
}

fn term_at(site: &Site, name: &str, term: &str, lang: u8) -> Option<(usize, usize)> {
    let at = taxonomy(site, name, lang)?;
    let slug = taxonomies::term_slug(term);
    let found = site.taxonomies[at]
        .terms
        .iter()
        .position(|known| *known.slug == *slug)?;
    Some((at, found))
}

fn pages(site: &Site, query: &PageQuery) -> Vec<PageId> {
    let mut found: Vec<PageId> = candidates(site, query)
        .into_iter()
        .filter(|id| fits(site, *id, query))
        .collect();
    // Equal ones keep the order of their paths, whatever order a term has.
    found.sort_unstable();
    sections::sort(&mut found, &site.entities, query.sort_by, query.reverse);
    if query.limit > 0 {
        found.truncate(query.limit as usize);
    }
    found
}

/// The pages of the first term asked for, else those that refer to what is asked for, else those
/// of the kind, else all: the shortest list that is at hand.
fn candidates(site: &Site, query: &PageQuery) -> Vec<PageId> {
    if let Some((name, slug)) = query.terms.first() {
        return term_at(site, name, slug, query.lang)
            .map(|(taxonomy, term)| site.taxonomies[taxonomy].terms[term].pages.clone())
            .unwrap_or_default();
    }
    if let Some(referrers) = referrers(site, query) {
        return referrers;
    }
    match query.kind {
        Some(kind) => site.graph.of_kind(kind).to_vec(),
        None => site.page_ids().collect(),
    }
}

/// Who refers to the page that a field of the query names, where the front matter of the kind
/// asked for has that field.
fn referrers(site: &Site, query: &PageQuery) -> Option<Vec<PageId>> {
    let kinds = match query.kind {
        Some(kind) => std::slice::from_ref(&site.kinds[usize::from(kind)]),
        None => &site.kinds[..],
    };
    let refers = |field: &str| {
        let fields = kinds.iter().flat_map(|kind| &kind.fields);
        let mut fields = fields.filter(|known| known.name == field);
        fields.find_map(|field| field.ty.refers_to())
    };
    let mut named = query.fields.iter();
    let (kind, id) = named.find_map(|(field, value)| Some((refers(field)?, value)))?;
    let target = entity_of(site, kind, id, query.lang);
    Some(target.map_or_else(Vec::new, |target| site.graph.referrers(target).to_vec()))
}

fn fits(site: &Site, id: PageId, query: &PageQuery) -> bool {
    let entity = site.entity(id);
    entity.listed()
        && entity.lang == query.lang
        && query.kind.is_none_or(|kind| kind == entity.kind)
        && query
            .section
            .as_deref()
            .is_none_or(|folder| is_inside(&entity.page.place.folder, folder))
        && query.terms.iter().all(|(taxonomy, slug)| {
            entity.terms.iter().any(|tagged| {
                *site.config.taxonomies[tagged.taxonomy as usize].name == **taxonomy
                    && tagged.slug == *slug
            })
        })
        && query
            .fields
            .iter()
            .all(|(field, value)| holds(site, entity, query.kind, field, value))
}

/// Whether a field has a value, written or by default, or by what others say where a kind was
/// asked for.
fn holds(site: &Site, entity: &Entity, kind: Option<u8>, field: &str, value: &str) -> bool {
    if kind.is_some()
        && let Some(holds) = graph::holds(site, entity, field, value)
    {
        return holds;
    }
    match (&*site.kinds[entity.kind as usize].name, field) {
        ("course", "offer") => course::offer(&entity.record) == value,
        ("course", "status") => course::status(&entity.record) == value,
        _ => entity.record.holds(field, value),
    }
}

fn is_inside(folder: &str, wanted: &str) -> bool {
    folder
        .strip_prefix(wanted)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || wanted.is_empty())
}

/// Pages of the same kind that share terms with this one, most first; those that the author
/// names as related come before all others.
fn related(site: &Site, path: &SitePath, limit: u32) -> Vec<PageId> {
    let Some(Node::Page(own)) = site.by_path.get(path) else {
        return Vec::new();
    };
    let entity = site.entity(*own);
    let mut scores: Map<PageId, u32> = Map::default();
    for taxonomy in site
        .taxonomies
        .iter()
        .filter(|taxonomy| taxonomy.lang == entity.lang)
    {
        for tagged in &entity.terms {
            let own = site.config.taxonomies[tagged.taxonomy as usize].name == taxonomy.config.name;
            let terms = taxonomy.terms.iter();
            for term in terms.filter(|term| own && term.slug == tagged.slug) {
                for page in &term.pages {
                    *scores.entry(*page).or_default() += 1;
                }
            }
        }
    }
    for (at, (named, _)) in entity.record.refs("related").enumerate() {
        let target = references::target(site, entity.lang, named);
        if let Some(target) = target {
            scores.insert(target, u32::MAX - at as u32);
        }
    }
    let mut found: Vec<(PageId, u32)> = scores
        .into_iter()
        .filter(|(id, _)| *id != *own)
        .filter(|(id, _)| site.entity(*id).kind == entity.kind && site.entity(*id).listed())
        .collect();
    found.sort_by(|(a, score_a), (b, score_b)| {
        let newer = site.entity(*b).date_key.cmp(&site.entity(*a).date_key);
        score_b.cmp(score_a).then(newer).then(a.cmp(b))
    });
    found.truncate(limit as usize);
    found.into_iter().map(|(id, _)| id).collect()
}

fn address_of(site: &Site, path: &SitePath, lang: u8) -> Option<String> {
    let found: Result<Destination, Dead> = at_path(site, path.clone(), lang);
    address(site, &found.ok()?)
}

fn load(shared: &Shared, path: &SitePath, format: Option<&str>) -> Result<data::Node, String> {
    let text = read_text(&*shared.world, path).map_err(|diagnostic| diagnostic.message)?;
    let format = format.or(path.extension()).unwrap_or("plain");
    data::file::parse_as(format, &text).map_err(|reason| format!("{path}: {reason}"))
}

fn now(site: &Site, unit: NowUnit) -> String {
    let zone = &site.now.zone;
    let day = site.now.instant.to_zoned(zone.clone()).date();
    match unit {
        NowUnit::Year => day.year().to_string(),
        NowUnit::Month => format!("{:04}-{:02}", day.year(), day.month()),
        NowUnit::Day => day.to_string(),
        NowUnit::Second => {
            let offset = zone.to_offset(site.now.instant).seconds();
            When::Instant(site.now.instant, offset).rfc3339(zone)
        }
    }
}

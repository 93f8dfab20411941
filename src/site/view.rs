//! What one render sees of the site: it asks, and what it asked is kept as its trace.
//!
//! Answers that cost work are found once per build and shared. No parallel iterator runs inside
//! an answer: a stolen job would see another render's view.

use std::cell::RefCell;
use std::sync::{Arc, Mutex};

use super::digests::Digests;
use super::links::{Dead, Destination, address, at_path};
use super::picking::{pages, related, taxonomy, term_at};
use super::pictures::{self, Header, Pictures};
use super::question::NowUnit;
use super::words::Words;
use super::{Answer, Node, PageId, Question, SectionId, Site, graph, references};
use crate::base::when::When;
use crate::base::{Fingerprint, Map, SitePath, quick_hash};
use crate::data;
use crate::world::{World, read_text};

/// Locks for shared answers: enough that two threads rarely meet.
const SHARDS: usize = 16;

/// What a render asked, and what the answers stood for.
pub type Trace = Vec<(Question, Fingerprint)>;

/// Files that the program makes before any page, by output path; none for one that a fault in
/// its source keeps from being made.
pub type Generated = Map<Box<str>, Option<Arc<[u8]>>>;

/// What all renders of one build share.
pub struct Shared {
    /// The site.
    pub site: Arc<Site>,
    /// The words of theme and site.
    pub words: Arc<Words>,
    /// For data files and hashes of published files.
    pub world: Arc<dyn World + Send>,
    /// Files that are made before any page, styles above all.
    generated: Arc<Generated>,
    /// Components of the theme, each with what stands for it.
    components: Arc<Map<Box<str>, Fingerprint>>,
    /// Sources of files that are published as they are, by output path.
    published: Map<Box<str>, SitePath>,
    /// Whether it is kept what answers stand for: only a later build would compare them.
    printed: bool,
    answers: Vec<Mutex<Map<Question, (Answer, Fingerprint)>>>,
    /// What builds share about pictures.
    pub pictures: Arc<Pictures>,
    /// Digests of published files.
    pub digests: Arc<Digests>,
    /// Headers of pictures, each read once per build.
    seen: pictures::Seen,
}

impl Shared {
    /// For one build.
    pub fn new(
        site: Arc<Site>,
        words: Arc<Words>,
        world: Arc<dyn World + Send>,
        generated: Arc<Generated>,
        components: Arc<Map<Box<str>, Fingerprint>>,
        pictures: Arc<Pictures>,
        digests: Arc<Digests>,
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
            printed: true,
            answers: (0..SHARDS).map(|_| Mutex::default()).collect(),
            pictures,
            digests,
            seen: pictures::Seen::default(),
        }
    }

    /// For a build that is forgotten: its traces say what was asked, and no answer stands for
    /// anything.
    pub fn without_prints(self) -> Self {
        Self {
            printed: false,
            ..self
        }
    }

    /// Whether another build has the very same components.
    pub fn has_components_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.components, &other.components)
    }

    /// The file that is published as it is at this path.
    pub(super) fn published(&self, output: &str) -> Option<&SitePath> {
        self.published.get(output)
    }

    /// The header of a picture, read once per build.
    pub(super) fn header(&self, path: &SitePath) -> Header {
        if let Some(header) = lock(&self.seen).get(path) {
            return header.clone();
        }
        let header = self.pictures.header(&*self.world, path);
        lock(&self.seen)
            .entry(path.clone())
            .or_insert(header)
            .clone()
    }

    /// The bytes of a published file that is made before any page, or is copied as it is.
    pub fn bytes(&self, output: &str) -> Option<Vec<u8>> {
        if let Some(Some(bytes)) = self.generated.get(output) {
            return Some(bytes.to_vec());
        }
        let source = self.published.get(output)?;
        self.world.read(source, u64::MAX).ok()
    }

    /// Whether a file is missing only because something is wrong in its source, which was told.
    pub fn is_awaited(&self, output: &str) -> bool {
        matches!(self.generated.get(output), Some(None)) && !self.published.contains_key(output)
    }

    /// Whether a file is made before any page, or is copied as it is.
    pub fn has_file(&self, output: &str) -> bool {
        self.generated.contains_key(output) || self.published.contains_key(output)
    }

    /// What stands for the bytes of a published file, or for that they are awaited.
    fn hash(&self, output: &str) -> Option<Fingerprint> {
        match self.bytes(output) {
            Some(bytes) => Some(Fingerprint::of(bytes)),
            None => self.is_awaited(output).then(|| Fingerprint::of("awaited")),
        }
    }
}

impl Shared {
    fn answer(&self, question: &Question) -> (Answer, Fingerprint) {
        if !is_costly(question) {
            return self.find(question);
        }
        let shard = &self.answers[shard_of(question)];
        let known = lock(shard).get(question).cloned();
        known.unwrap_or_else(|| {
            // Found outside the lock: two threads may both find it, and find the same.
            let (answer, print) = self.find(question);
            lock(shard).insert(question.clone(), (answer.clone(), print));
            (answer, print)
        })
    }

    fn find(&self, question: &Question) -> (Answer, Fingerprint) {
        let answer = find(self, question);
        let print = match self.printed {
            true => answer.fingerprint(question, &self.site),
            false => Fingerprint::default(),
        };
        (answer, print)
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
        let (answer, print) = self.shared.answer(&question);
        self.trace.borrow_mut().push((question, print));
        answer
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A panic elsewhere cannot leave a half-made answer: answers are inserted whole.
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn shard_of(question: &Question) -> usize {
    // The lower bits choose a place in the map of the shard.
    (quick_hash(question) >> 40) as usize % SHARDS
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
            | Question::Picture { .. }
    )
}

/// What the answer to a question stands for. Answers that cost work are the ones that renders
/// get.
pub fn print_of(shared: &Shared, question: &Question) -> Fingerprint {
    shared.answer(question).1
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
            let course = references::named(site, "course", *lang, id);
            let before = course.map(|course| graph::prerequisites(site, course));
            Answer::Pages(before.unwrap_or_default().into())
        }
        Question::Route { id, lang } => {
            let career = references::named(site, "career", *lang, id);
            let route = career.and_then(|career| graph::route(site, career));
            Answer::Route(route.map(Arc::new))
        }
        Question::Related { path, limit } => Answer::Pages(related(site, path, *limit).into()),
        Question::Address { path, lang } => {
            Answer::Text(address_of(site, path, *lang).map(Into::into))
        }
        Question::Hash(output) => Answer::Hash(shared.hash(output)),
        Question::Data { path, format } => {
            Answer::Data(Arc::new(load(shared, path, format.as_deref())))
        }
        Question::Word { key, lang } => Answer::Text(shared.words.get(*lang, key).map(Into::into)),
        Question::Component(name) => Answer::Hash(shared.components.get(name).copied()),
        Question::Now(unit) => Answer::Text(Some(now(site, *unit).into())),
        Question::Picture { path, wanted } => {
            Answer::Picture(Arc::new(pictures::find(shared, path, *wanted)))
        }
    }
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

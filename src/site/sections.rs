//! Sections: folders with `_index.md`, and the home of each language.

use std::cmp::Reverse;
use std::sync::Arc;

use super::entity::{description, title};
use super::{Asset, Entity, PageId, SectionId, routes};
use crate::base::text::{humanise, title_key};
use crate::base::{Fingerprint, Hasher, Map, SitePath};
use crate::config::{Config, SortBy};
use crate::content::Page;
use crate::data::Record;

/// A section of the site.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its parsed `_index.md`; none where the folder has none.
    pub page: Option<Arc<Page>>,
    /// The front matter.
    pub record: Arc<Record>,
    /// The folder below `content/`; empty for the home section.
    pub folder: Box<str>,
    /// Its language.
    pub lang: u8,
    /// Its title.
    pub title: Box<str>,
    /// Its description; may be empty.
    pub description: Box<str>,
    /// Its address below the site.
    pub url: Box<str>,
    /// The sections above it, home first.
    pub ancestors: Vec<SectionId>,
    /// The sections right below it, by weight, then title.
    pub subsections: Vec<SectionId>,
    /// Its listed pages, sorted.
    pub pages: Vec<PageId>,
    /// Pages a pager; 0 for one long list.
    pub paginate_by: usize,
    /// Files published beside it.
    pub assets: Vec<Asset>,
    /// Stands for what its own file and folder say of it.
    pub print: Fingerprint,
    /// Stands for where it is: its own file and those of the sections above it.
    pub trail: Fingerprint,
}

impl Section {
    /// A section for a folder, from its `_index.md` where it has one.
    pub fn new(
        config: &Config,
        folder: &str,
        lang: u8,
        page: Option<Arc<Page>>,
        record: Arc<Record>,
    ) -> Self {
        let (title, description) = words(config, folder, page.as_deref(), &record);
        let mut section = Self {
            url: routes::section_url(config, folder, &record, lang),
            paginate_by: record
                .int("paginate_by")
                .map_or(config.paginate_by, |n| n.max(0) as usize),
            page,
            record,
            folder: folder.into(),
            lang,
            title,
            description,
            ancestors: Vec::new(),
            subsections: Vec::new(),
            pages: Vec::new(),
            assets: Vec::new(),
            print: Fingerprint::default(),
            trail: Fingerprint::default(),
        };
        section.print = section.fingerprint();
        section
    }

    fn fingerprint(&self) -> Fingerprint {
        let mut hasher = Hasher::new();
        hasher
            .text(&self.title)
            .text(&self.description)
            .text(&self.url)
            .print(self.record.fingerprint());
        if let Some(page) = &self.page {
            hasher.print(page.body_print);
        }
        hasher.finish()
    }

    /// The path of its file, or where that file would be.
    pub fn path(&self) -> SitePath {
        match &self.page {
            Some(page) => page.path.clone(),
            None => SitePath::new(&format!("content/{}/_index.md", self.folder))
                .unwrap_or_else(SitePath::root),
        }
    }

    /// How its pages are sorted.
    pub fn sort_by(&self) -> SortBy {
        self.record
            .choice("sort_by")
            .and_then(SortBy::from_word)
            .unwrap_or_default()
    }

    /// Whether its pages also stand in the section above it.
    pub fn transparent(&self) -> bool {
        self.record.bool("transparent").unwrap_or(false)
    }

    /// Whether a page is made for it.
    pub fn rendered(&self) -> bool {
        self.record.bool("render").unwrap_or(true)
    }

    /// Whether it has a feed of its own.
    pub fn has_feed(&self) -> bool {
        self.record.bool("generate_feeds").unwrap_or(false)
    }

    /// Where visitors are sent instead of to its list.
    pub fn redirect_to(&self) -> Option<&str> {
        self.record.text("redirect_to")
    }
}

/// Title and description; the home's are those of the site where it gives none.
fn words(
    config: &Config,
    folder: &str,
    page: Option<&Page>,
    record: &Record,
) -> (Box<str>, Box<str>) {
    let home = folder.is_empty();
    let written = page.filter(|page| !home || page.record.text("title").is_some());
    let title = match written {
        Some(page) => title(page, record),
        None if home => config.title.clone(),
        None => humanise(folder.rsplit('/').next().unwrap_or(folder)).into(),
    };
    let described = page.filter(|page| !home || page.record.text("description").is_some());
    let description = match described {
        Some(page) => description(page, record),
        None if home => config.description.clone(),
        None => Box::default(),
    };
    (title, description)
}

/// The sections by language and folder.
pub type Index = Map<(u8, Box<str>), SectionId>;

/// The section that a folder belongs to: its own, else the nearest above it. There is always
/// the home section.
pub fn nearest(index: &Index, lang: u8, folder: &str) -> Option<SectionId> {
    let mut folder = folder;
    loop {
        if let Some(id) = index.get(&(lang, folder.into())) {
            return Some(*id);
        }
        if folder.is_empty() {
            return None;
        }
        folder = parent(folder);
    }
}

/// The folder above a folder.
pub fn parent(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(above, _)| above)
}

/// Links sections to the ones above and below them.
pub fn link(sections: &mut [Section], index: &Index) {
    for at in 0..sections.len() {
        let (lang, folder) = (sections[at].lang, sections[at].folder.clone());
        if folder.is_empty() {
            continue;
        }
        let Some(above) = nearest(index, lang, parent(&folder)) else {
            continue;
        };
        // Sections are sorted by folder, so what is above has its ancestors already.
        let mut ancestors = sections[above.0 as usize].ancestors.clone();
        ancestors.push(above);
        sections[at].ancestors = ancestors;
        sections[above.0 as usize]
            .subsections
            .push(SectionId(at as u32));
    }
    sort_subsections(sections);
    for at in 0..sections.len() {
        let mut trail = Hasher::new();
        for above in &sections[at].ancestors {
            trail.text(sections[above.0 as usize].path().as_str());
        }
        trail.text(sections[at].path().as_str());
        sections[at].trail = trail.finish();
    }
}

fn sort_subsections(sections: &mut [Section]) {
    let keys: Vec<(i64, String, Box<str>)> = sections
        .iter()
        .map(|section| {
            let weight = section.record.int("weight").unwrap_or(i64::MAX);
            (weight, title_key(&section.title), section.folder.clone())
        })
        .collect();
    for section in sections.iter_mut() {
        section
            .subsections
            .sort_by(|a, b| keys[a.0 as usize].cmp(&keys[b.0 as usize]));
    }
}

/// Fills sections with their listed pages, sorted, and gives each page its neighbours.
pub fn fill(sections: &mut [Section], entities: &mut [Entity]) {
    for (at, entity) in entities.iter().enumerate() {
        if entity.listed() {
            push_upwards(sections, entity.section, PageId(at as u32));
        }
    }
    for section in sections.iter_mut() {
        let by = section.sort_by();
        sort(&mut section.pages, entities, by, false);
        if section.record.bool("paginate_reversed").unwrap_or(false) {
            section.pages.reverse();
        }
    }
    for (at, section) in sections.iter().enumerate() {
        link_neighbours(entities, SectionId(at as u32), section);
    }
}

/// Into the section, and through transparent sections into the ones above.
fn push_upwards(sections: &mut [Section], id: SectionId, page: PageId) {
    let mut at = id;
    loop {
        let section = &mut sections[at.0 as usize];
        section.pages.push(page);
        match (section.transparent(), section.ancestors.last()) {
            (true, Some(above)) => at = *above,
            _ => return,
        }
    }
}

fn link_neighbours(entities: &mut [Entity], id: SectionId, section: &Section) {
    if section.sort_by() == SortBy::None {
        return;
    }
    let own: Vec<PageId> = section
        .pages
        .iter()
        .copied()
        .filter(|page| entities[page.0 as usize].section == id)
        .collect();
    for pair in own.windows(2) {
        entities[pair[0].0 as usize].higher = Some(pair[1]);
        entities[pair[1].0 as usize].lower = Some(pair[0]);
    }
}

/// Sorts pages, which come in the order of their paths; equal ones keep it, so the order is total.
pub fn sort(pages: &mut [PageId], entities: &[Entity], by: SortBy, reverse: bool) {
    let entity = |id: &PageId| &entities[id.0 as usize];
    // A key is looked up once a page, not once a comparison.
    match by {
        SortBy::Date => by_key(pages, reverse, |id| Reverse(entity(id).date_key)),
        SortBy::UpdateDate => by_key(pages, reverse, |id| Reverse(entity(id).updated_key)),
        SortBy::Weight => by_key(pages, reverse, |id| entity(id).weight),
        SortBy::TitleBytes => by_key(pages, reverse, |id| &*entity(id).title),
        SortBy::Slug => by_key(pages, reverse, |id| &*entity(id).slug),
        SortBy::Title => by_key(pages, reverse, |id| title_key(&entity(id).title)),
        SortBy::None => {}
    }
}

fn by_key<K: Ord>(pages: &mut [PageId], reverse: bool, key: impl Fn(&PageId) -> K) {
    if reverse {
        pages.sort_by_cached_key(|id| Reverse(key(id)));
    } else {
        pages.sort_by_cached_key(key);
    }
}

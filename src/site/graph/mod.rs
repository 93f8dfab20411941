//! The graph of courses, careers, skills and people: who refers to whom, both ways.
//!
//! Made once when the site is linked, from references alone, in time linear in pages and
//! references. What joins more than that (the courses of a career, the way to it) is found when
//! it is asked for. Everything that it is made from stands in the *shape* of a page, so that a
//! page that keeps its shape leaves it as it is.

mod check;
mod cycles;
mod relations;
mod route;

use std::collections::HashSet;

use super::references::{self, Targets};
use super::{Entity, PageId, Site};
use crate::base::{Hasher, Map};
use crate::content::kinds::{career, course};
use crate::data::{Record, Ref};

pub(super) use check::Said;
pub use check::reviews;
pub use cycles::{Cycle, Relation};
pub use relations::holds;
pub use route::{Route, Stage, Step, prerequisites, route, successor};

/// What a kind is to the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A course.
    Course,
    /// A career.
    Career,
    /// A skill.
    Skill,
    /// A person.
    Person,
    /// An article.
    Article,
    /// Any other.
    Other,
}

impl Role {
    /// The role of a kind.
    pub fn of(kind: &str) -> Self {
        match kind {
            "course" => Self::Course,
            "career" => Self::Career,
            "skill" => Self::Skill,
            "person" => Self::Person,
            "article" => Self::Article,
            _ => Self::Other,
        }
    }
}

/// Who refers to whom.
#[derive(Debug, Default)]
pub struct Graph {
    /// The pages of each kind, by the number of the kind, in the order of their paths.
    by_kind: Vec<Vec<PageId>>,
    /// Who refers to whom.
    referrers: Referrers,
    /// Skills that an open course teaches, and what they are parts of.
    taught: HashSet<PageId>,
    /// Courses and skills that a career needs.
    needed: HashSet<PageId>,
    /// Pages that refer to what stays only for those who look for it.
    behind: HashSet<PageId>,
    /// Circles in what should have a beginning.
    pub cycles: Vec<Cycle>,
    /// Courses with the code of another, with that other.
    doubled: Vec<(PageId, PageId)>,
    /// Whether any article names its sources.
    sources: bool,
}

impl Graph {
    /// The graph of a site whose entities have their ids.
    pub(super) fn of(site: &Site, targets: &Targets) -> Self {
        let mut graph = Self {
            by_kind: vec![Vec::new(); site.kinds.len()],
            referrers: Referrers::of(site, targets),
            ..Self::default()
        };
        for id in site.page_ids() {
            let kind = site.entity(id).kind;
            graph.by_kind[usize::from(kind)].push(id);
        }
        for id in site.page_ids() {
            graph.add_meaning(site, id);
        }
        graph.behind = graph.refer_to_past(site);
        graph.cycles = cycles::find(site, &graph);
        graph.doubled = doubled(site, graph.of_role(site, Role::Course));
        graph
    }

    /// Few pages are past, so those that refer to them are found from there.
    fn refer_to_past(&self, site: &Site) -> HashSet<PageId> {
        let past = site.page_ids().filter(|id| is_past(site, site.entity(*id)));
        past.flat_map(|id| self.referrers(id)).copied().collect()
    }

    fn add_meaning(&mut self, site: &Site, id: PageId) {
        let entity = site.entity(id);
        match role(site, entity) {
            Role::Course if is_open(entity) => {
                for (skill, _) in entity.record.refs("skills") {
                    if let Some(skill) = references::target(site, entity.lang, skill) {
                        self.teach(site, skill);
                    }
                }
            }
            Role::Career => {
                for (reference, _) in needs(&entity.record) {
                    self.needed
                        .extend(references::target(site, entity.lang, reference));
                }
            }
            Role::Article if !self.sources => {
                self.sources = !entity.record.list("sources").is_empty();
            }
            _ => {}
        }
    }

    /// Who is taught a skill is taught what it is a part of.
    fn teach(&mut self, site: &Site, skill: PageId) {
        let mut next = Some(skill);
        while let Some(skill) = next {
            if !self.taught.insert(skill) {
                return;
            }
            let entity = site.entity(skill);
            let parent = entity.record.refs("parent").next();
            next = parent.and_then(|(parent, _)| references::target(site, entity.lang, parent));
        }
    }

    /// The pages of a kind, in the order of their paths.
    pub fn of_kind(&self, kind: u8) -> &[PageId] {
        self.by_kind
            .get(usize::from(kind))
            .map_or(&[], Vec::as_slice)
    }

    fn of_role<'a>(&'a self, site: &'a Site, role: Role) -> &'a [PageId] {
        let kind = site
            .kinds
            .iter()
            .position(|kind| Role::of(&kind.name) == role);
        kind.map_or(&[], |kind| self.of_kind(kind as u8))
    }

    /// The pages whose front matter refers to a page, in the order of their paths.
    pub fn referrers(&self, id: PageId) -> &[PageId] {
        self.referrers.of_page(id)
    }

    /// Whether a change of any page may change what is said of others, so that no page can be
    /// put in the place of another alone.
    pub(super) fn is_troubled(&self) -> bool {
        !self.cycles.is_empty() || !self.doubled.is_empty()
    }
}

/// The pages whose front matter refers to each page, in the order of their paths: one after the
/// other, so that a hundred thousand pages need no table each.
#[derive(Debug, Default)]
struct Referrers {
    /// Where those of each page begin, and where the last ones end.
    starts: Vec<u32>,
    all: Vec<PageId>,
}

impl Referrers {
    fn of(site: &Site, targets: &Targets) -> Self {
        let pages = site.entities.len();
        let mut starts = vec![0; pages + 1];
        each_once(site, targets, |_, to| starts[to.0 as usize + 1] += 1);
        for at in 0..pages {
            starts[at + 1] += starts[at];
        }
        let mut free = starts.clone();
        let mut all = vec![PageId(0); starts[pages] as usize];
        each_once(site, targets, |from, to| {
            let place = &mut free[to.0 as usize];
            all[*place as usize] = from;
            *place += 1;
        });
        Self { starts, all }
    }

    fn of_page(&self, id: PageId) -> &[PageId] {
        let at = id.0 as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => &self.all[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

/// Every pair of a page and one that it refers to, once, however often it does.
fn each_once(site: &Site, targets: &Targets, mut visit: impl FnMut(PageId, PageId)) {
    let mut last = vec![None; site.entities.len()];
    for from in site.page_ids() {
        for to in targets.of(from).iter().flatten() {
            if last[to.0 as usize].replace(from) != Some(from) {
                visit(from, *to);
            }
        }
    }
}

/// What a page is to the graph.
pub fn role(site: &Site, entity: &Entity) -> Role {
    Role::of(&site.kinds[usize::from(entity.kind)].name)
}

/// Whether one can enrol in a course, as its author says.
pub fn is_open(entity: &Entity) -> bool {
    !entity.expired && course::status(&entity.record) == "open"
}

/// Whether a page stays only for those who look for it.
fn is_past(site: &Site, entity: &Entity) -> bool {
    let archived = || course::status(&entity.record) == "archived";
    entity.expired || role(site, entity) == Role::Course && archived()
}

/// The courses and skills that a career needs: those of its path, and the skills that are not
/// optional, each with its importance.
fn needs(record: &Record) -> impl Iterator<Item = (&Ref, &str)> {
    let stages = record.tables("path");
    let courses = stages.flat_map(|(stage, _)| stage.refs("courses"));
    let groups = record.tables("skill_groups");
    let skills = groups.flat_map(|(group, _)| career::skills_of(group));
    courses
        .map(|(course, _)| (course, "core"))
        .chain(skills.map(|(skill, importance, _)| (skill, importance)))
        .filter(|(_, importance)| *importance != "optional")
}

fn doubled(site: &Site, courses: &[PageId]) -> Vec<(PageId, PageId)> {
    // People read `X1` and `x1` as one.
    let mut first: Map<String, PageId> = Map::default();
    let mut found = Vec::new();
    for id in courses {
        let entity = site.entity(*id);
        // A translation inherits the code.
        let Some(code) = entity.record.text("code").filter(|_| entity.lang == 0) else {
            continue;
        };
        let code = code.to_lowercase();
        match first.get(&code) {
            Some(before) => found.push((*id, *before)),
            None => {
                first.insert(code, *id);
            }
        }
    }
    found
}

/// Adds to the shape of a page all that the graph and what is said of it are made from.
pub(super) fn hash_shape(hasher: &mut Hasher, kind: &str, record: &Record) {
    for (name, typed) in record.iter() {
        let mut any = false;
        references::visit_value(typed, &mut |reference, _| {
            if !any {
                hasher.text(name);
                any = true;
            }
            hasher.text(&reference.kind).text(&reference.id);
        });
    }
    match Role::of(kind) {
        Role::Course => {
            hasher.text(course::status(record));
            hasher.text(record.text("code").unwrap_or_default());
        }
        Role::Career => {
            let groups = record.tables("skill_groups");
            for (_, importance, _) in groups.flat_map(|(group, _)| career::skills_of(group)) {
                hasher.text(importance);
            }
        }
        Role::Article => {
            hasher.number(u64::from(record.list("sources").is_empty()));
        }
        _ => {}
    }
}

/// The core skills of a career, each with whether an open course teaches it.
pub fn core_skills(site: &Site, entity: &Entity) -> Vec<(Box<str>, bool)> {
    let groups = entity.record.tables("skill_groups");
    let skills = groups.flat_map(|(group, _)| career::skills_of(group));
    let core = skills.filter(|(_, importance, _)| *importance == "core");
    core.map(|(skill, ..)| {
        let target = references::target(site, entity.lang, skill);
        let taught = target.is_some_and(|skill| site.graph.taught.contains(&skill));
        (skill.id.clone(), taught)
    })
    .collect()
}

//! Circles in what should have a beginning: prerequisites, what a skill builds on and is a part
//! of, and what takes a course's place.

use super::{Graph, Role};
use crate::base::{Map, Span};
use crate::diag::Diagnostic;
use crate::site::{Entity, PageId, Site, references};

/// A reference that must not lead back to where it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `prerequisites` of a course.
    Prerequisites,
    /// `replaced_by` of a course.
    ReplacedBy,
    /// `requires` of a skill.
    Requires,
    /// `parent` of a skill.
    Parent,
}

impl Relation {
    const ALL: [Self; 4] = [
        Self::Prerequisites,
        Self::ReplacedBy,
        Self::Requires,
        Self::Parent,
    ];

    fn role(self) -> Role {
        match self {
            Self::Prerequisites | Self::ReplacedBy => Role::Course,
            Self::Requires | Self::Parent => Role::Skill,
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::Prerequisites => "prerequisites",
            Self::ReplacedBy => "replaced_by",
            Self::Requires => "requires",
            Self::Parent => "parent",
        }
    }

    /// Where the relation leads from a page, with the places of the references.
    pub(super) fn targets(self, site: &Site, entity: &Entity) -> Vec<(PageId, Span)> {
        let record = match self {
            Self::Prerequisites => entity.record.table("prerequisites"),
            _ => Some(&*entity.record),
        };
        let field = match self {
            Self::Prerequisites => "courses",
            other => other.field(),
        };
        let refs = record.into_iter().flat_map(|record| record.refs(field));
        refs.filter_map(|(reference, span)| {
            Some((references::target(site, entity.lang, reference)?, span))
        })
        .collect()
    }
}

/// A circle, from its first page by path.
#[derive(Clone, Debug)]
pub struct Cycle {
    relation: Relation,
    /// The pages, each with the place of its reference to the next; the last leads to the first.
    members: Vec<(PageId, Span)>,
}

/// All circles; one for each reference that closes one.
pub(super) fn find(site: &Site, graph: &Graph) -> Vec<Cycle> {
    let mut found = Vec::new();
    for relation in Relation::ALL {
        let mut search = Search {
            site,
            relation,
            state: Map::default(),
            found: &mut found,
        };
        for id in graph.of_role(site, relation.role()) {
            // A translation inherits, and leads where the original leads.
            if site.entity(*id).lang == 0 {
                search.from(*id);
            }
        }
    }
    found
}

struct Search<'a> {
    site: &'a Site,
    relation: Relation,
    /// Pages that were met: true while they are on the way.
    state: Map<PageId, bool>,
    found: &'a mut Vec<Cycle>,
}

/// A page on the way, and where it leads.
struct Step {
    id: PageId,
    targets: Vec<(PageId, Span)>,
    next: usize,
}

impl Search<'_> {
    /// Walks all that is reached from a page, without recursion: chains may be long.
    fn from(&mut self, id: PageId) {
        if self.state.contains_key(&id) {
            return;
        }
        let mut way = vec![self.step(id)];
        while let Some(step) = way.last_mut() {
            let Some((target, _)) = step.targets.get(step.next).copied() else {
                self.state.insert(step.id, false);
                way.pop();
                continue;
            };
            step.next += 1;
            match self.state.get(&target).copied() {
                None => {
                    let next = self.step(target);
                    way.push(next);
                }
                Some(true) => {
                    let cycle = self.cycle(&way, target);
                    self.found.push(cycle);
                }
                Some(false) => {}
            }
        }
    }

    fn step(&mut self, id: PageId) -> Step {
        self.state.insert(id, true);
        Step {
            id,
            targets: self.relation.targets(self.site, self.site.entity(id)),
            next: 0,
        }
    }

    fn cycle(&self, way: &[Step], back: PageId) -> Cycle {
        let start = way.iter().position(|step| step.id == back).unwrap_or(0);
        let mut members: Vec<(PageId, Span)> = way[start..]
            .iter()
            .map(|step| (step.id, step.targets[step.next - 1].1))
            .collect();
        let first = (0..members.len()).min_by_key(|at| members[*at].0);
        members.rotate_left(first.unwrap_or(0));
        Cycle {
            relation: self.relation,
            members,
        }
    }
}

impl Cycle {
    /// The circle in words, with the place of each reference in it.
    pub(super) fn diagnostic(&self, site: &Site) -> Diagnostic {
        let id = |at: usize| &*site.entity(self.members[at % self.members.len()].0).id;
        let way: Vec<&str> = (0..=self.members.len()).map(id).collect();
        let message = format!(
            "`{}` goes in a circle: {}",
            self.relation.field(),
            way.join(" → ")
        );
        let mut told = Diagnostic::error("reference-cycle", message);
        for (at, (page, span)) in self.members.iter().enumerate() {
            let label = match at {
                0 => "take one of these out".to_owned(),
                _ => format!("leads to {}", id(at + 1)),
            };
            told = told.at(site.entity(*page).path(), *span, label);
        }
        told
    }
}

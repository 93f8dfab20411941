//! What there is to say about the graph: circles, codes that two courses have, gaps in the
//! curriculum, what should be looked up again.
//!
//! Gaps are only spoken of where there is something to compare with: a site without careers has
//! no course that no career needs.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Graph, Role, is_open, is_past, role};
use crate::base::{Map, SitePath, Span};
use crate::content::kinds::career;
use crate::diag::Diagnostic;
use crate::site::{Entity, PageId, Site, references};

/// What there is to say about the graph of a site.
#[derive(Default)]
pub(in crate::site) struct Said {
    general: Vec<Diagnostic>,
    by_page: Map<PageId, Vec<Diagnostic>>,
    /// The next instant at which time alone changes what is said.
    pub(in crate::site) until: Option<Timestamp>,
}

impl Said {
    /// About all of it.
    pub(in crate::site) fn of(site: &Site) -> Self {
        let graph = &site.graph;
        let circles = graph.cycles.iter().map(|cycle| cycle.diagnostic(site));
        let doubled = graph
            .doubled
            .iter()
            .map(|(id, first)| same_code(site.entity(*id), site.entity(*first)));
        let mut said = Self {
            general: circles.chain(doubled).collect(),
            ..Self::default()
        };
        for id in site.page_ids() {
            said.add_page(site, id);
        }
        said
    }

    /// Says anew what there is to say of some pages that changed, but kept their shape.
    pub(in crate::site) fn renew(&mut self, site: &Site, ids: &[PageId]) {
        for id in ids {
            self.by_page.remove(id);
            self.add_page(site, *id);
        }
    }

    /// All of it.
    pub(in crate::site) fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.general.iter().chain(self.by_page.values().flatten())
    }

    fn add_page(&mut self, site: &Site, id: PageId) {
        let entity = site.entity(id);
        // A translation inherits: what is wrong stands in the other file.
        if entity.lang != 0 || entity.page.broken {
            return;
        }
        let mut found: Vec<Diagnostic> = match role(site, entity) {
            Role::Skill => untaught(site, id, entity).into_iter().collect(),
            Role::Career => {
                let reviews = reviews_of(site, entity).chain(self.until);
                self.until = reviews.min();
                let mut found = gaps(site, entity);
                found.extend(to_review(site, entity));
                found
            }
            Role::Course => unneeded(site, id, entity).into_iter().collect(),
            Role::Article => sourceless(site, entity).into_iter().collect(),
            _ => Vec::new(),
        };
        found.extend(related_to_itself(site, id, entity));
        if site.graph.behind.contains(&id) {
            found.extend(left_behind(site, entity));
        }
        if !found.is_empty() {
            self.by_page.insert(id, found);
        }
    }
}

/// Where what is said of a page as a whole stands: its title, else where its front matter opens.
fn place(entity: &Entity) -> Span {
    let titled = ["title", "name"]
        .into_iter()
        .find_map(|name| entity.page.record.span(name));
    titled.unwrap_or(entity.page.front)
}

fn warning(code: &'static str, message: String, entity: &Entity, fix: &str) -> Diagnostic {
    Diagnostic::warning(code, message).at(entity.path(), place(entity), fix)
}

fn same_code(entity: &Entity, first: &Entity) -> Diagnostic {
    let code = entity.record.text("code").unwrap_or_default();
    let span = |entity: &Entity| entity.record.span("code").unwrap_or_default();
    Diagnostic::error(
        "duplicate-code",
        format!("two courses have the code \"{code}\""),
    )
    .at(entity.path(), span(entity), "give each a code of its own")
    .at(first.path(), span(first), "the code is taken here")
}

fn has_any(graph: &Graph, site: &Site, role: Role) -> bool {
    !graph.of_role(site, role).is_empty()
}

fn untaught(site: &Site, id: PageId, entity: &Entity) -> Option<Diagnostic> {
    let graph = &site.graph;
    if graph.taught.contains(&id) || !has_any(graph, site, Role::Course) || !entity.listed() {
        return None;
    }
    let message = format!("no open course teaches the skill \"{}\"", entity.id);
    let fix = "name it in the `skills` of a course";
    Some(warning("skill-untaught", message, entity, fix))
}

/// Core skills of a career that nobody teaches.
fn gaps(site: &Site, entity: &Entity) -> Vec<Diagnostic> {
    let graph = &site.graph;
    if !has_any(graph, site, Role::Course) || !entity.listed() {
        return Vec::new();
    }
    let groups = entity.record.tables("skill_groups");
    let skills = groups.flat_map(|(group, _)| career::skills_of(group));
    let core = skills.filter(|(_, importance, _)| *importance == "core");
    let untaught = core.filter(|(skill, ..)| {
        let skill = references::target(site, entity.lang, skill);
        skill.is_some_and(|skill| !graph.taught.contains(&skill))
    });
    untaught
        .map(|(skill, _, span)| {
            let message = format!(
                "curriculum gap: the career \"{}\" needs \"{}\", which no open course teaches",
                entity.id, skill.id
            );
            let fix = "name the skill in a course, or call it optional";
            Diagnostic::warning("career-gap", message).at(entity.path(), span, fix)
        })
        .collect()
}

fn unneeded(site: &Site, id: PageId, entity: &Entity) -> Option<Diagnostic> {
    let graph = &site.graph;
    if !has_any(graph, site, Role::Career) || !is_open(entity) || !entity.listed() {
        return None;
    }
    let mut skills = entity.record.refs("skills");
    let teaches = skills.any(|(skill, _)| {
        references::target(site, entity.lang, skill).is_some_and(|id| graph.needed.contains(&id))
    });
    (!teaches && !graph.needed.contains(&id)).then(|| {
        let message = format!("no career needs the course \"{}\"", entity.id);
        let fix = "name it in the `path` of a career, or a skill that one needs";
        warning("course-unneeded", message, entity, fix)
    })
}

/// A page that names itself among those that are close to it.
fn related_to_itself(site: &Site, id: PageId, entity: &Entity) -> Option<Diagnostic> {
    let mut related = entity.record.refs("related");
    let (_, span) =
        related.find(|(other, _)| references::target(site, entity.lang, other) == Some(id))?;
    let message = format!("\"{}\" is related to itself", entity.id);
    let told = Diagnostic::warning("related-itself", message);
    Some(told.at(entity.path(), span, "take it out"))
}

fn sourceless(site: &Site, entity: &Entity) -> Option<Diagnostic> {
    if !entity.record.list("sources").is_empty() || !entity.listed() {
        return None;
    }
    if let Some(span) = entity.page.record.span("sources") {
        let told = Diagnostic::warning("article-sources", "`sources` is empty");
        return Some(told.at(entity.path(), span, "name them, or take the line out"));
    }
    site.graph.sources.then(|| {
        let message = "this article names no sources".to_owned();
        let fix = "add `sources`, as other articles have";
        warning("article-sources", message, entity, fix)
    })
}

/// References to what is there no more, from pages that are.
fn left_behind(site: &Site, entity: &Entity) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if is_past(site, entity) {
        return found;
    }
    references::visit(&entity.record, &mut |reference, span| {
        let target = references::target(site, entity.lang, reference);
        let Some(target) = target.map(|target| site.entity(target)) else {
            return;
        };
        let (code, what) = match (target.expired, is_past(site, target)) {
            (true, _) => ("reference-to-expired", "expired"),
            (false, true) => ("reference-to-archived", "archived"),
            (false, false) => return,
        };
        let fix = match target.record.text("replaced_by") {
            Some(next) => format!("\"{next}\" takes its place"),
            None => "take it out here".to_owned(),
        };
        let message = format!("\"{}\" is {what}", reference.id);
        found.push(Diagnostic::warning(code, message).at(entity.path(), span, fix));
    });
    found
}

/// Salaries that should have been looked up again.
fn to_review<'a>(site: &'a Site, entity: &'a Entity) -> impl Iterator<Item = Diagnostic> + 'a {
    entity.record.tables("salary").filter_map(|(salary, _)| {
        let review = salary.when("review_by")?;
        let past = review.to_timestamp_end(&site.now.zone) <= site.now.instant;
        past.then(|| {
            let span = salary.span("review_by").unwrap_or_default();
            let fix = "look it up again, then correct `as_of` and `review_by`";
            Diagnostic::warning("salary-outdated", "this salary should be looked up again").at(
                entity.path(),
                span,
                fix,
            )
        })
    })
}

/// When salaries of a career that are fine today should be looked up again.
fn reviews_of<'a>(site: &'a Site, entity: &'a Entity) -> impl Iterator<Item = Timestamp> + 'a {
    let salaries = entity.record.tables("salary");
    let ends = salaries
        .filter_map(|(salary, _)| Some(salary.when("review_by")?.to_timestamp_end(&site.now.zone)));
    ends.filter(|end| *end > site.now.instant)
}

/// When salaries should be looked up again, with their files. No output changes then.
pub fn reviews(site: &Site) -> BTreeSet<(Timestamp, SitePath)> {
    let careers = site.graph.of_role(site, Role::Career).iter();
    let careers = careers.map(|id| site.entity(*id));
    careers
        .filter(|entity| entity.lang == 0)
        .flat_map(|entity| reviews_of(site, entity).map(|at| (at, entity.path().clone())))
        .collect()
}

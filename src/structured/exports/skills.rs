//! `skills.json`: the skills of a site, and what teaches, asks for and explains each.

use serde_json::Value;

use super::catalog::Catalog;
use crate::base::{Hasher, Map};
use crate::content::kinds::career;
use crate::data::Ref;
use crate::site::{Entity, PageId, Site};
use crate::structured::graph::find;

/// Pages that name a skill.
#[derive(Default)]
struct Namers {
    courses: Vec<PageId>,
    careers: Vec<PageId>,
    articles: Vec<PageId>,
    people: Vec<PageId>,
    parts: Vec<PageId>,
    required_by: Vec<PageId>,
}

impl Namers {
    /// What the file calls each list.
    fn lists(&self) -> [(&'static str, &[PageId]); 6] {
        [
            ("courses", &self.courses),
            ("careers", &self.careers),
            ("articles", &self.articles),
            ("people", &self.people),
            ("parts", &self.parts),
            ("required_by", &self.required_by),
        ]
    }
}

/// Who names which skill, in one language.
pub(super) struct Use(Map<PageId, Namers>);

impl Use {
    /// Of a site, in one pass over its pages.
    pub(super) fn of(site: &Site, lang: u8) -> Self {
        let mut all: Map<PageId, Namers> = Map::default();
        for id in site.page_ids() {
            let entity = site.entity(id);
            if entity.lang != lang || !entity.listed() {
                continue;
            }
            let mut note = |reference: &Ref, list: fn(&mut Namers) -> &mut Vec<PageId>| {
                if let Some(skill) = find(site, lang, reference) {
                    let list = list(all.entry(skill).or_default());
                    if list.last() != Some(&id) {
                        list.push(id);
                    }
                }
            };
            let named = entity.record.refs("skills").map(|(skill, _)| skill);
            match &*site.kinds[entity.kind as usize].name {
                "course" => named.for_each(|skill| note(skill, |namers| &mut namers.courses)),
                "article" => named.for_each(|skill| note(skill, |namers| &mut namers.articles)),
                "person" => named.for_each(|skill| note(skill, |namers| &mut namers.people)),
                "skill" => {
                    let refs = |field| entity.record.refs(field).map(|(skill, _)| skill);
                    refs("parent").for_each(|skill| note(skill, |namers| &mut namers.parts));
                    refs("requires")
                        .for_each(|skill| note(skill, |namers| &mut namers.required_by));
                }
                "career" => {
                    for (group, _) in entity.record.tables("skill_groups") {
                        career::skills_of(group)
                            .for_each(|(skill, ..)| note(skill, |namers| &mut namers.careers));
                    }
                }
                _ => {}
            }
        }
        Self(all)
    }

    /// Adds the bare links of one skill.
    pub(super) fn hash_into(&self, hasher: &mut Hasher, site: &Site, skill: PageId) {
        let Some(namers) = self.0.get(&skill) else {
            hasher.number(0);
            return;
        };
        for (_, list) in namers.lists() {
            hasher.number(list.len() as u64 + 1);
            for id in list {
                hasher.print(site.entity(*id).link_print);
            }
        }
    }
}

/// One skill.
pub(super) fn entry(catalog: Catalog<'_>, entity: &Entity, id: PageId, named: &Use) -> Value {
    let record = &entity.record;
    let mut map = catalog.common(entity);
    let mut set = |key: &str, value: Value| map.insert(key.to_owned(), value);
    set("aka", record.texts("aka").into());
    set("home", record.text("url").into());
    set(
        "parent",
        catalog.links(record, "parent").into_iter().next().into(),
    );
    set("requires", catalog.links(record, "requires").into());
    let none = Namers::default();
    let namers = named.0.get(&id).unwrap_or(&none);
    let links = |ids: &[PageId]| ids.iter().map(|id| catalog.link(*id)).collect::<Vec<_>>();
    for (name, ids) in namers.lists() {
        set(name, links(ids).into());
    }
    map.into()
}

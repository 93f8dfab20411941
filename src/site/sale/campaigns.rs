//! Which campaigns hold for a course.

use crate::base::Map;
use crate::config::{Campaign, Config};
use crate::data::Record;
use crate::site::taxonomies::term_slug;

/// The campaigns of a site, by what they name: a course finds its own without asking each.
#[derive(Default)]
pub struct Campaigns<'a> {
    all: Vec<usize>,
    courses: Map<&'a str, Vec<usize>>,
    skills: Map<&'a str, Vec<usize>>,
    categories: Map<String, Vec<usize>>,
    list: &'a [Campaign],
}

impl<'a> Campaigns<'a> {
    /// Of a site's settings.
    pub fn of_site(config: &'a Config) -> Self {
        let mut known = Self {
            list: &config.campaigns,
            ..Self::default()
        };
        for (at, campaign) in config.campaigns.iter().enumerate() {
            if campaign.all {
                known.all.push(at);
            }
            for (id, _) in &campaign.courses {
                known.courses.entry(id).or_default().push(at);
            }
            for (id, _) in &campaign.skills {
                known.skills.entry(id).or_default().push(at);
            }
            if let Some((category, _)) = &campaign.category {
                let slug = term_slug(category);
                known.categories.entry(slug).or_default().push(at);
            }
        }
        known
    }

    /// Those for a course, each once, in the order of the settings.
    pub fn of(&self, id: &str, record: &Record) -> Vec<&'a Campaign> {
        let numbers = self.numbers(id, record).into_iter();
        numbers.map(|at| &self.list[at]).collect()
    }

    /// Their numbers in the settings.
    pub(super) fn numbers(&self, id: &str, record: &Record) -> Vec<usize> {
        if self.list.is_empty() {
            return Vec::new();
        }
        let mut found = self.all.clone();
        let mut add = |more: Option<&Vec<usize>>| found.extend(more.into_iter().flatten());
        add(self.courses.get(id));
        for (skill, _) in record.refs("skills") {
            add(self.skills.get(&*skill.id));
        }
        if let Some(category) = record.text("category") {
            add(self.categories.get(&term_slug(category)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

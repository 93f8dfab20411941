//! Why a file was made again, in words: found only when somebody asks.

use std::sync::Arc;

use super::build::Build;
use super::report::Reason;
use crate::base::SitePath;
use crate::output::{Recipe, Target};
use crate::site::{Question, compare, describe};
use crate::theme::{self, Renderer, Subject};

/// What the last build made, for comparing.
#[derive(Clone)]
pub(super) struct Past {
    pub(super) renderer: Arc<Renderer>,
    pub(super) targets: Arc<Vec<Target>>,
}

/// So many differences of one file are told.
const TOLD: usize = 4;

impl Build {
    /// Why the file at an output path was made; none where it was reused.
    pub fn why(&self, path: &str) -> Option<String> {
        let (_, reason) = self.report.made().find(|(known, _)| *known == path)?;
        Some(match reason {
            Reason::New => "it is new".to_owned(),
            Reason::Said => "there was something to say about it".to_owned(),
            Reason::Itself => {
                let told = told(&self.differences(path));
                told.unwrap_or_else(|| "its list or its template changed".to_owned())
            }
            Reason::Asked(question) => self.answered(question),
        })
    }

    /// The files that the one at an output path is made from, where that is not a matter of
    /// questions; of a page none, since it is its own.
    pub fn read(&self, path: &str) -> Vec<SitePath> {
        let Some(gathered) = &self.gathered else {
            return Vec::new();
        };
        let target = gathered.targets.iter().find(|target| *target.path == *path);
        match target.map(|target| &target.recipe) {
            Some(Recipe::Copy(source)) => vec![source.clone()],
            Some(Recipe::Ready(_)) => {
                let mut styles = gathered.styles.ready.iter();
                let style = styles.find(|one| *one.path == *path);
                style.map_or_else(Vec::new, |style| style.sources.clone())
            }
            Some(Recipe::Render { subject, .. }) => match &**subject {
                Subject::Feed { pages, .. } => {
                    let site = gathered.site();
                    let paths = pages.iter().map(|id| site.entity(*id).path().clone());
                    paths.collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn differences(&self, path: &str) -> Vec<String> {
        let (Some(past), Some(gathered)) = (&self.past, &self.gathered) else {
            return Vec::new();
        };
        let find =
            |targets: &[Target]| targets.iter().find(|target| *target.path == *path).cloned();
        match (find(&past.targets), find(gathered.targets())) {
            (Some(before), Some(now)) => {
                compared((&past.renderer, &before), (&gathered.renderer, &now))
            }
            _ => Vec::new(),
        }
    }

    /// A question with its answers before and now.
    fn answered(&self, question: &Question) -> String {
        let (Some(past), Some(gathered)) = (&self.past, &self.gathered) else {
            return "it asked what has another answer now".to_owned();
        };
        let (old, new) = (past.renderer.shared(), gathered.renderer.shared());
        let asked = describe::question(&new.site, question);
        let (before, after) = (
            describe::answer(old, question),
            describe::answer(new, question),
        );
        if before != after {
            return format!("{asked} was {before}, is {after}");
        }
        let shown = (
            describe::pages(old, question),
            describe::pages(new, question),
        );
        let differences = compare::lists((&old.site, &shown.0), (&new.site, &shown.1));
        match told(&differences) {
            Some(told) => format!("{asked} shows other things: {told}"),
            None => format!("{asked} changed in what it shows: {after}"),
        }
    }
}

/// The first few of some differences.
fn told(differences: &[String]) -> Option<String> {
    let (told, more) = differences.split_at(differences.len().min(TOLD));
    let more = match more.len() {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    (!told.is_empty()).then(|| format!("{}{more}", told.join("; ")))
}

fn compared(old: (&Renderer, &Target), new: (&Renderer, &Target)) -> Vec<String> {
    match (&old.1.recipe, &new.1.recipe) {
        (
            Recipe::Render { template, subject },
            Recipe::Render {
                template: now,
                subject: is,
            },
        )
        | (
            Recipe::Card { template, subject },
            Recipe::Card {
                template: now,
                subject: is,
            },
        ) => theme::compare::differences((old.0, template, subject), (new.0, now, is)),
        (Recipe::Copy(_), Recipe::Copy(path)) => vec![format!("{path} changed")],
        (Recipe::Ready(_), Recipe::Ready(_)) => vec!["its sources changed".to_owned()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;

//! What changed, for browsers that saw an older state.
//!
//! Nothing is queued for anyone: each browser remembers how much it heard, and what is news to
//! it is worked out when it can take it. One that never reads costs nothing, and one that comes
//! back late hears everything at once. There is one entry for each path that ever changed.

use std::sync::Arc;

use super::media::is_page;
use crate::base::Map;
use crate::dev::preview::Update;

/// More changed files than this are not named one by one: the page is fetched anew.
const NAMED: usize = 500;

/// When something was told: its number among all that was told, and the state it was told of.
#[derive(Clone, Copy)]
struct When {
    told: u64,
    revision: u64,
}

/// All that was told so far.
#[derive(Default)]
pub(super) struct News {
    told: u64,
    pages: Map<Arc<str>, When>,
    assets: Map<Arc<str>, When>,
    moved: Map<Arc<str>, (When, Arc<str>)>,
    last_asset: u64,
}

/// How much a browser knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard {
    /// The state from which its page was served.
    pub(super) revision: u64,
    /// The number of the last thing it was told.
    pub(super) told: u64,
}

impl Heard {
    fn is_news(self, when: When) -> bool {
        when.told > self.told && when.revision > self.revision
    }
}

/// What a browser should do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Go to the new address of its page, an output path.
    Moved(Arc<str>),
    /// Fetch its page anew.
    Reload,
    /// Fetch these files anew where the page uses them: output paths, sorted.
    Assets(Vec<Arc<str>>),
}

impl News {
    /// Takes down what changed up to a state.
    pub(super) fn tell(&mut self, update: &Update, revision: u64) {
        self.told += 1;
        let told = self.told;
        let when = When { told, revision };
        for path in &update.changed {
            if is_page(path) {
                self.pages.insert(Arc::clone(path), when);
            } else {
                self.assets.insert(Arc::clone(path), when);
                self.last_asset = told;
            }
        }
        for (from, to) in &update.moved {
            self.moved.insert(Arc::clone(from), (when, Arc::clone(to)));
        }
    }

    /// What is new to a browser that shows a page, which may stand at one of some paths; and
    /// that it has heard it.
    pub(super) fn since(&self, heard: &mut Heard, pages: &[Arc<str>]) -> Option<Change> {
        let change = self.change(*heard, pages);
        heard.told = self.told;
        change
    }

    fn change(&self, heard: Heard, pages: &[Arc<str>]) -> Option<Change> {
        if heard.told >= self.told {
            return None;
        }
        let moved = pages.iter().find_map(|page| self.moved.get(page));
        if let Some((_, to)) = moved.filter(|(when, _)| heard.is_news(*when)) {
            return Some(Change::Moved(Arc::clone(to)));
        }
        let changed = |page| {
            self.pages
                .get(page)
                .is_some_and(|when| heard.is_news(*when))
        };
        if pages.iter().any(changed) {
            return Some(Change::Reload);
        }
        self.assets(heard)
    }

    /// The files that are no pages.
    pub(super) fn assets(&self, heard: Heard) -> Option<Change> {
        if heard.told >= self.last_asset {
            return None;
        }
        let news = self.assets.iter().filter(|(_, when)| heard.is_news(**when));
        let mut paths: Vec<Arc<str>> = news.map(|(path, _)| Arc::clone(path)).collect();
        paths.sort_unstable();
        match paths.len() {
            0 => None,
            1..=NAMED => Some(Change::Assets(paths)),
            _ => Some(Change::Reload),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(changed: &[&str], moved: &[(&str, &str)]) -> Update {
        let pair = |(from, to): &(&str, &str)| (Arc::from(*from), Arc::from(*to));
        Update {
            changed: changed.iter().map(|path| Arc::from(*path)).collect(),
            moved: moved.iter().map(pair).collect(),
        }
    }

    fn page() -> [Arc<str>; 1] {
        [Arc::from("a/index.html")]
    }

    fn at(revision: u64) -> Heard {
        Heard { revision, told: 0 }
    }

    #[test]
    fn only_pages_that_changed_reload_and_only_once() {
        let (mut news, mut heard) = (News::default(), at(1));
        news.tell(&update(&["b/index.html"], &[]), 2);
        assert_eq!(news.since(&mut heard, &page()), None);
        news.tell(&update(&["a/index.html", "a.css"], &[]), 3);
        assert_eq!(news.since(&mut heard, &page()), Some(Change::Reload));
        assert_eq!(news.since(&mut heard, &page()), None);
    }

    #[test]
    fn a_page_that_was_served_from_the_new_state_stays() {
        let mut news = News::default();
        news.tell(&update(&["a/index.html"], &[]), 2);
        assert_eq!(news.since(&mut at(2), &page()), None);
        assert_eq!(news.since(&mut at(1), &page()), Some(Change::Reload));
    }

    /// State 3 is shown already when the changes of state 2 are told, and after those its own.
    #[test]
    fn late_news_hide_no_later_ones() {
        let (mut news, mut heard) = (News::default(), at(2));
        news.tell(&update(&["x.css"], &[]), 3);
        assert!(news.since(&mut heard, &page()).is_some());
        news.tell(&update(&["a/index.html"], &[]), 3);
        assert_eq!(news.since(&mut heard, &page()), Some(Change::Reload));
    }

    #[test]
    fn files_are_named_and_moves_come_first() {
        let (mut news, mut heard) = (News::default(), at(1));
        news.tell(&update(&["b.css", "a.png"], &[]), 2);
        let files = Change::Assets(vec!["a.png".into(), "b.css".into()]);
        assert_eq!(news.since(&mut heard, &page()), Some(files));
        news.tell(
            &update(&["a/index.html"], &[("a/index.html", "c/index.html")]),
            3,
        );
        let moved = Change::Moved("c/index.html".into());
        assert_eq!(news.since(&mut heard, &page()), Some(moved));
    }

    #[test]
    fn what_was_told_often_is_kept_once() {
        let mut news = News::default();
        for revision in 0..1000 {
            news.tell(&update(&["a/index.html", "a.css"], &[]), revision);
        }
        assert_eq!((news.pages.len(), news.assets.len()), (1, 1));
    }
}

//! Pictures that are tried although nothing is made of them yet: a build would decode them, and
//! say so if one is damaged.

use super::{Pictures, Wish, lock, read};
use crate::base::{Fingerprint, Hasher, Map, SitePath};
use crate::picture::{self, Facts, Fault};
use crate::world::World;

/// What was tried, and what is to be.
#[derive(Default)]
pub(super) struct Trial {
    /// What came of it, by what was tried.
    tried: Map<Fingerprint, Option<Fault>>,
    /// Everything that is wanted of one file each; the last one comes first.
    waiting: Vec<Vec<Wish>>,
}

/// Stands for trying a picture: its bytes, and what is made of them.
fn key(wishes: &[Wish]) -> Option<Fingerprint> {
    let mut hasher = Hasher::new();
    hasher
        .text("tried")
        .number(u64::from(picture::VERSION))
        .print(wishes.first()?.print);
    for wish in wishes {
        hasher.print(picture::key(wish.print, wish.spec));
    }
    Some(hasher.finish())
}

impl Pictures {
    /// Takes what is wanted of each file now: all that was not tried yet waits for it. What is
    /// known to be wrong comes back, with the file.
    pub fn wait_for_trial(&self, all: Vec<Vec<Wish>>) -> Vec<(SitePath, Fault)> {
        let mut trial = lock(&self.trial);
        let mut wrong = Vec::new();
        let mut waiting = Vec::new();
        for wishes in all {
            let Some(key) = key(&wishes) else {
                continue;
            };
            match trial.tried.get(&key) {
                None => waiting.push(wishes),
                Some(None) => {}
                Some(Some(fault)) => wrong.push((wishes[0].source.clone(), fault.clone())),
            }
        }
        waiting.reverse();
        trial.waiting = waiting;
        wrong
    }

    /// Lets the file of a wish be tried before all others that wait.
    pub fn try_first(&self, wish: &Wish) {
        let waiting = &mut lock(&self.trial).waiting;
        let is_it = |all: &Vec<Wish>| all.iter().any(|one| one.source == wish.source);
        if let Some(at) = waiting.iter().position(is_it) {
            let first = waiting.remove(at);
            waiting.push(first);
        }
    }

    /// Tries the next file that waits, and gives it where that shows a fault; nothing when none
    /// waits.
    pub fn try_next(&self, world: &dyn World) -> Option<Option<SitePath>> {
        let wishes = lock(&self.trial).waiting.pop()?;
        let (first, key) = (wishes.first()?, key(&wishes)?);
        let fault = match self.try_out(world, &wishes, key) {
            // The turn that follows says what became of the file.
            Some(Fault::Changed | Fault::Unread(_)) => return Some(None),
            other => other,
        };
        let broken = fault.is_some().then(|| first.source.clone());
        lock(&self.trial).tried.insert(key, fault);
        Some(broken)
    }

    fn try_out(&self, world: &dyn World, wishes: &[Wish], key: Fingerprint) -> Option<Fault> {
        if self.store.get(key).is_some() {
            return None;
        }
        let specs: Vec<_> = wishes.iter().map(|wish| wish.spec).collect();
        let tried = read(world, &wishes[0].source).and_then(|bytes| {
            let facts = Facts::read(&bytes)?;
            match facts.print == wishes[0].print {
                true => picture::try_out(&bytes, &facts, &specs, &self.budget),
                false => Err(Fault::Changed),
            }
        });
        if tried.is_ok() {
            self.store.put(key, &[]);
        }
        tried.err()
    }
}

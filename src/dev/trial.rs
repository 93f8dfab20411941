//! Pictures are tried beside the loop: a page is shown before its pictures are made, and one that
//! is damaged has to be told all the same.

#![expect(
    clippy::disallowed_methods,
    reason = "a preview lives in time: faults found soon after each other are told together"
)]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use super::live::Wake;
use super::watch::Hint;
use crate::base::SitePath;
use crate::site::pictures::Pictures;
use crate::world::World;

/// So long faults are gathered before they are told.
const GATHER: Duration = Duration::from_millis(300);

/// The thread that tries pictures.
pub(super) struct Trial(Sender<()>);

impl Trial {
    /// Begins; what shows a fault is told as a file to look at.
    pub(super) fn start(
        pictures: Arc<Pictures>,
        world: Arc<dyn World + Send>,
        wake: Sender<Wake>,
    ) -> std::io::Result<Self> {
        let (more, asked) = mpsc::channel();
        let thread = std::thread::Builder::new().name("pictures".to_owned());
        thread.spawn(move || run(&pictures, &*world, &asked, &wake))?;
        Ok(Self(more))
    }

    /// There may be more to try.
    pub(super) fn go_on(&self) {
        // It ends with the process only.
        let _ = self.0.send(());
    }
}

fn run(pictures: &Pictures, world: &dyn World, asked: &Receiver<()>, wake: &Sender<Wake>) {
    while asked.recv().is_ok() {
        let _ = asked.try_iter().count();
        let mut broken = BTreeSet::new();
        let mut since = Instant::now();
        while let Some(tried) = pictures.try_next(world) {
            if tried.is_some() && broken.is_empty() {
                since = Instant::now();
            }
            broken.extend(tried);
            if !broken.is_empty() && since.elapsed() > GATHER {
                tell(&mut broken, wake);
            }
        }
        tell(&mut broken, wake);
    }
}

fn tell(broken: &mut BTreeSet<SitePath>, wake: &Sender<Wake>) {
    let found = std::mem::take(broken);
    if !found.is_empty() {
        let _ = wake.send(Wake::Hint(Hint::Changed(found)));
    }
}

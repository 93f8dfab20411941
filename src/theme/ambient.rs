//! The one hidden channel of the program: the scope of the render that runs on this thread.
//!
//! Tera's functions must be `'static` and see no context inside components, so what they need
//! is parked here for the length of one render, by a guard that restores what was there before.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use super::Renderer;
use crate::base::SitePath;
use crate::diag::Diagnostic;
use crate::site::view::Trace;
use crate::site::{PageId, View};
use crate::structured::Topic;

/// How deep pages may embed one another.
const DEPTH: usize = 8;

thread_local! {
    static CURRENT: RefCell<Option<Rc<Scope>>> = const { RefCell::new(None) };
}

/// What one render needs.
pub(super) struct Scope {
    /// The build's renderer.
    pub(super) renderer: Arc<Renderer>,
    /// What the render sees.
    pub(super) view: View,
    /// What is rendered, for machines.
    pub(super) topic: Topic,
    /// Set while a summary is made: cards then come without summaries, so that pages whose
    /// summaries show each other do not wait for each other.
    pub(super) plain_cards: Cell<bool>,
    /// Whether values have all their fields, also those that no template names.
    pub(super) shows_all: bool,
    /// Set when a function found nothing for what it was asked: then the fault lies with the
    /// text that called the component, not with the theme.
    pub(super) asked_in_vain: Cell<bool>,
    /// Pages whose texts are being embedded, and their files, outermost first.
    embedding: RefCell<Vec<(PageId, SitePath)>>,
    diagnostics: RefCell<Vec<Diagnostic>>,
}

impl Scope {
    pub(super) fn new(renderer: Arc<Renderer>, view: View, topic: Topic) -> Rc<Self> {
        Self::showing(renderer, view, topic, false)
    }

    /// The same, with all fields in its values or only those that templates name.
    pub(super) fn showing(
        renderer: Arc<Renderer>,
        view: View,
        topic: Topic,
        all: bool,
    ) -> Rc<Self> {
        Rc::new(Self {
            renderer,
            view,
            topic,
            shows_all: all,
            plain_cards: Cell::new(false),
            asked_in_vain: Cell::new(false),
            embedding: RefCell::default(),
            diagnostics: RefCell::default(),
        })
    }

    /// Keeps a diagnostic of the render.
    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    pub(super) fn take_diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.take()
    }

    /// The trace, once the render is over.
    pub(super) fn into_trace(self: Rc<Self>) -> Trace {
        Rc::into_inner(self).map_or_else(Trace::new, |scope| scope.view.into_trace())
    }

    /// The page that a component in a text speaks of: the one that the text is of, be it rendered
    /// or embedded.
    pub(super) fn page(&self) -> Option<PageId> {
        let embedded = self.embedding.borrow().last().map(|(page, _)| *page);
        embedded.or(self.view.page)
    }

    /// Runs `make` while the page counts as embedded; an error when it is already, or too deep.
    pub(super) fn embed<T>(
        &self,
        page: PageId,
        path: &SitePath,
        make: impl FnOnce() -> T,
    ) -> Result<T, String> {
        {
            let stack = self.embedding.borrow();
            let mut known = stack.iter().map(|(_, path)| path);
            if known.any(|known| known == path) || stack.len() >= DEPTH {
                let paths = stack.iter().map(|(_, path)| path).chain([path]);
                let chain: Vec<&str> = paths.map(SitePath::as_str).collect();
                return Err(format!("pages embed each other: {}", chain.join(" → ")));
            }
        }
        self.embedding.borrow_mut().push((page, path.clone()));
        let made = make();
        self.embedding.borrow_mut().pop();
        Ok(made)
    }
}

/// Puts back the scope that was there before, also when a render unwinds.
struct Guard(Option<Rc<Scope>>);

impl Drop for Guard {
    fn drop(&mut self) {
        CURRENT.with(|current| current.replace(self.0.take()));
    }
}

/// Runs `work` with `scope` as the current one.
pub(super) fn enter<T>(scope: &Rc<Scope>, work: impl FnOnce() -> T) -> T {
    let before = CURRENT.with(|current| current.replace(Some(scope.clone())));
    let _guard = Guard(before);
    work()
}

/// The error of a function that found nothing for what it was asked.
pub(super) fn in_vain(message: impl ToString) -> tera::Error {
    if let Ok(scope) = current() {
        scope.asked_in_vain.set(true);
    }
    tera::Error::message(message)
}

/// The scope of the render on this thread.
pub(super) fn current() -> Result<Rc<Scope>, tera::Error> {
    CURRENT
        .with(|current| current.borrow().clone())
        .ok_or_else(|| tera::Error::message("this function works only while a page is rendered"))
}

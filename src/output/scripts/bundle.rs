//! A module with all that it imports as one text: the names that each has at its top become names
//! that no other has, imports and exports go, and the rest stands in the order in which it would
//! run.

use std::collections::{BTreeMap, BTreeSet};

use oxc_allocator::{Allocator, Vec as ArenaVec};
use oxc_ast::ast::{ImportDeclaration, ImportDeclarationSpecifier, Statement};
use oxc_codegen::Codegen;
use oxc_semantic::SymbolId;
use oxc_span::{GetSpan, SourceType};

use super::Files;
use super::code::{Fault, Names, Tree, parse, small};
use crate::base::{SitePath, Span};
use crate::diag::Diagnostic;
use crate::output::plan::Ready;

/// A module that was read.
struct Module<'a> {
    source: SitePath,
    tree: Tree<'a>,
    /// The names at its top, but for those that it imports.
    own: Vec<SymbolId>,
    imports: BTreeMap<SymbolId, Import>,
    /// What it gives to others, by the names by which they ask for it.
    exports: BTreeMap<String, SymbolId>,
}

/// A name that a module takes from another.
#[derive(Clone)]
struct Import {
    from: String,
    name: String,
    span: Span,
}

/// Modules, as far as they were read, by their path below `scripts/`.
struct Bundle<'a> {
    files: &'a Files<'a>,
    allocator: &'a Allocator,
    modules: BTreeMap<String, Module<'a>>,
    begun: BTreeSet<String>,
    /// Each after all that it imports.
    order: Vec<String>,
    faults: Vec<Diagnostic>,
}

/// The module at a path below `scripts/` with all that it imports.
pub(super) fn bundle(
    files: &Files<'_>,
    entry: &str,
    minify: bool,
) -> Result<Ready, Vec<Diagnostic>> {
    let allocator = Allocator::default();
    let mut bundle = Bundle {
        files,
        allocator: &allocator,
        modules: BTreeMap::new(),
        begun: BTreeSet::new(),
        order: Vec::new(),
        faults: Vec::new(),
    };
    bundle.load(entry);
    bundle.check_imports();
    if !bundle.faults.is_empty() {
        return Err(bundle.faults);
    }
    // What it imports stands before it.
    let sources = bundle.order.iter().rev();
    let sources = sources.filter_map(|inside| files.source(inside).cloned());
    let sources = sources.collect();
    let text = bundle.into_text(entry);
    let script = match minify {
        true => made_small(files, entry, &text)?,
        false => text,
    };
    Ok(Ready {
        path: entry.into(),
        bytes: script.into_bytes().into(),
        sources,
    })
}

fn made_small(files: &Files<'_>, entry: &str, text: &str) -> Result<String, Vec<Diagnostic>> {
    small(text, Names::Short).map_err(|fault| {
        let words = format!("cannot be put together: {}", fault.message);
        let about = Diagnostic::error("script", words);
        vec![match files.source(entry) {
            Some(source) => about.in_file(source, ""),
            None => about,
        }]
    })
}

fn error(source: &SitePath, fault: Fault) -> Diagnostic {
    Diagnostic::error("script", fault.message).at(source, fault.span, fault.advice)
}

impl<'a> Bundle<'a> {
    /// Reads a module, and before it is put in its place all that it imports. Modules that import
    /// each other stand in the order in which a browser would run them.
    fn load(&mut self, inside: &str) {
        let Some(source) = self.files.source(inside).cloned() else {
            return;
        };
        if !self.begun.insert(inside.to_owned()) {
            return;
        }
        let text = match self.files.read(&source) {
            Ok(text) => self.allocator.alloc_str(&text),
            Err(diagnostic) => return self.faults.push(*diagnostic),
        };
        match parse(self.allocator, text, SourceType::mjs()) {
            Ok(tree) => {
                let module = self.module(inside, source, tree);
                self.modules.insert(inside.to_owned(), module);
                self.order.push(inside.to_owned());
            }
            Err(fault) => self.faults.push(error(&source, fault)),
        }
    }

    /// What a module has, gives and takes. What it takes it from is loaded on the way.
    fn module(&mut self, inside: &str, source: SitePath, tree: Tree<'a>) -> Module<'a> {
        let mut imports = BTreeMap::new();
        let mut exports = BTreeMap::new();
        let named = |name: &str| tree.scoping.get_root_binding(name.into());
        for (name, local) in &tree.exports {
            exports.extend(named(local).map(|symbol| (name.clone(), symbol)));
        }
        for statement in &tree.program.body {
            match statement {
                Statement::ImportDeclaration(import) => match self.target(inside, import) {
                    Ok(from) => {
                        imports.extend(self.taken(&source, import, &from));
                        self.load(&from);
                    }
                    Err(fault) => self.faults.push(error(&source, fault)),
                },
                Statement::ExportNamedDeclaration(export) => {
                    for one in &export.specifiers {
                        let symbol = named(&one.local.name());
                        exports.extend(symbol.map(|to| (one.exported.name().to_string(), to)));
                    }
                }
                other => {
                    let refused = refused(other).map(|fault| error(&source, fault));
                    self.faults.extend(refused);
                }
            }
        }
        let own = own(&tree, &imports);
        Module {
            source,
            tree,
            own,
            imports,
            exports,
        }
    }

    /// The path below `scripts/` of what an import names.
    fn target(&self, inside: &str, import: &ImportDeclaration<'_>) -> Result<String, Fault> {
        let wanted = import.source.value.as_str();
        let fault = |message: String, advice: &str| Fault {
            message,
            span: span(import.source.span()),
            advice: advice.to_owned(),
        };
        if !wanted.starts_with("./") && !wanted.starts_with("../") {
            let message = format!("`{wanted}` is no file of `scripts/`");
            let advice = "write its path from this file on, beginning with `./` or `../`";
            return Err(fault(message, advice));
        }
        let found = SitePath::new(inside)
            .and_then(|path| path.parent().join(wanted))
            .filter(|path| self.files.source(path.as_str()).is_some());
        let missing = || {
            let message =
                format!("there is no `{wanted}` from here, in `scripts/` of site or theme");
            fault(message, "")
        };
        Ok(found.ok_or_else(missing)?.as_str().to_owned())
    }

    /// The names that an import takes.
    fn taken(
        &mut self,
        source: &SitePath,
        import: &ImportDeclaration<'_>,
        from: &str,
    ) -> Vec<(SymbolId, Import)> {
        let mut taken = Vec::new();
        for one in import.specifiers.iter().flatten() {
            let ImportDeclarationSpecifier::ImportSpecifier(one) = one else {
                let fault = only_names(one.span(), "import { name } from");
                self.faults.push(error(source, fault));
                continue;
            };
            let import = Import {
                from: from.to_owned(),
                name: one.imported.name().to_string(),
                span: span(one.imported.span()),
            };
            taken.extend(one.local.symbol_id.get().map(|symbol| (symbol, import)));
        }
        taken
    }

    /// The module and symbol that a module's symbol stands for, through all that hand it on.
    fn meant<'b>(&'b self, inside: &'b str, symbol: SymbolId) -> Option<(&'b str, SymbolId)> {
        let mut at = (inside, symbol);
        for _ in 0..=self.modules.len() {
            let Some(import) = self.modules.get(at.0)?.imports.get(&at.1) else {
                return Some(at);
            };
            let exports = &self.modules.get(&import.from)?.exports;
            at = (&import.from, *exports.get(&import.name)?);
        }
        None
    }

    /// Says which names are imported that no module gives. Of one that could not be read enough
    /// was said.
    fn check_imports(&mut self) {
        let mut faults = Vec::new();
        for (inside, module) in &self.modules {
            for (symbol, import) in &module.imports {
                let Some(from) = self.modules.get(&import.from) else {
                    continue;
                };
                let goes_round = || self.faults.is_empty() && self.meant(inside, *symbol).is_none();
                if !from.exports.contains_key(&import.name) || goes_round() {
                    let fault = not_given(import, from);
                    faults.push(error(&module.source, fault));
                }
            }
        }
        self.faults.append(&mut faults);
    }

    /// A name for each symbol at the top of a module that no other name of any module is.
    fn names(&self) -> BTreeMap<(&str, SymbolId), String> {
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for module in self.modules.values() {
            let scoping = &module.tree.scoping;
            used.extend(
                scoping
                    .root_unresolved_references()
                    .keys()
                    .map(|name| name.as_str()),
            );
            let top = scoping.root_scope_id();
            let below = scoping
                .symbol_ids()
                .filter(|id| scoping.symbol_scope_id(*id) != top);
            used.extend(below.map(|id| scoping.symbol_name(id)));
        }
        let mut used: BTreeSet<String> = used.into_iter().map(str::to_owned).collect();
        let mut names = BTreeMap::new();
        for inside in &self.order {
            let module = &self.modules[inside];
            for symbol in &module.own {
                let name = fresh(module.tree.scoping.symbol_name(*symbol), &mut used);
                names.insert((inside.as_str(), *symbol), name);
            }
        }
        names
    }

    fn into_text(mut self, entry: &str) -> String {
        let names = self.names();
        let mut called: BTreeMap<String, Vec<(SymbolId, String)>> = BTreeMap::new();
        for (inside, module) in &self.modules {
            for symbol in module.own.iter().chain(module.imports.keys()) {
                let name = self
                    .meant(inside, *symbol)
                    .and_then(|meant| names.get(&meant));
                let called = called.entry(inside.clone()).or_default();
                called.extend(name.map(|name| (*symbol, name.clone())));
            }
        }
        let given = self.given(entry, &called);
        let mut text = String::new();
        for inside in &self.order {
            if let Some(module) = self.modules.remove(inside) {
                let called = called.remove(inside).unwrap_or_default();
                text.push_str(&printed(self.allocator, module.tree, &called));
            }
        }
        text + &given
    }

    /// The exports of the module that is published: other scripts of a page may import it.
    fn given(&self, entry: &str, called: &BTreeMap<String, Vec<(SymbolId, String)>>) -> String {
        let Some(module) = self.modules.get(entry) else {
            return String::new();
        };
        let called: BTreeMap<_, _> = called.get(entry).into_iter().flatten().cloned().collect();
        let given: Vec<String> = module
            .exports
            .iter()
            .filter_map(|(name, symbol)| Some(format!("{} as {name}", called.get(symbol)?)))
            .collect();
        match given.is_empty() {
            true => String::new(),
            false => format!("export {{ {} }};\n", given.join(", ")),
        }
    }
}

/// The names at the top of a module that it does not import, in the order in which they stand.
fn own(tree: &Tree<'_>, imports: &BTreeMap<SymbolId, Import>) -> Vec<SymbolId> {
    let scoping = &tree.scoping;
    let top = scoping.root_scope_id();
    scoping
        .symbol_ids()
        .filter(|id| scoping.symbol_scope_id(*id) == top && !imports.contains_key(id))
        .collect()
}

fn fresh(name: &str, used: &mut BTreeSet<String>) -> String {
    let numbered = (1..).map(|number| format!("{name}${number}"));
    let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
    let fresh = candidates
        .find(|name| !used.contains(name))
        .unwrap_or_default();
    used.insert(fresh.clone());
    fresh
}

/// A module without its imports and exports, its symbols called as they are now.
fn printed<'a>(allocator: &'a Allocator, tree: Tree<'a>, called: &[(SymbolId, String)]) -> String {
    let Tree {
        mut program,
        mut scoping,
        ..
    } = tree;
    for (symbol, name) in called {
        scoping.set_symbol_name(*symbol, name.as_str().into());
    }
    let mut body = ArenaVec::new_in(&allocator);
    std::mem::swap(&mut body, &mut program.body);
    for statement in body {
        match statement {
            Statement::ImportDeclaration(_) | Statement::ExportNamedDeclaration(_) => {}
            Statement::ExportDeclaration(export) => {
                program.body.push(export.unbox().declaration.into());
            }
            other => program.body.push(other),
        }
    }
    let printer = Codegen::new().with_scoping(Some(scoping));
    printer.build(&program).code
}

/// What a bundle cannot hold.
fn refused(statement: &Statement<'_>) -> Option<Fault> {
    match statement {
        Statement::ExportDefaultDeclaration(one) => {
            Some(only_names(one.span(), "export const name = "))
        }
        Statement::ExportAllDeclaration(one) => Some(only_names(
            one.span(),
            "import { name } from, and export { name }",
        )),
        Statement::ExportFromDeclaration(one) => Some(only_names(
            one.span(),
            "import { name } from, and export { name }",
        )),
        _ => None,
    }
}

fn only_names(at: oxc_span::Span, instead: &str) -> Fault {
    Fault {
        message: "modules of `scripts/` give and take names, and nothing else".to_owned(),
        span: span(at),
        advice: format!("write {}", instead.trim_end()),
    }
}

fn not_given(import: &Import, from: &Module<'_>) -> Fault {
    let names: Vec<&str> = from.exports.keys().map(String::as_str).collect();
    let advice = match names.is_empty() {
        true => "it exports nothing".to_owned(),
        false => format!("it exports {}", names.join(", ")),
    };
    Fault {
        message: format!("{} exports no `{}`", from.source.as_str(), import.name),
        span: import.span,
        advice,
    }
}

fn span(at: oxc_span::Span) -> Span {
    Span::new(at.start as usize, at.end as usize)
}

//! One script as a tree, and printed small.

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions, LegalComment};
use oxc_mangler::Mangler;
use oxc_parser::Parser;
use oxc_semantic::{Scoping, SemanticBuilder};
use oxc_span::SourceType;
use oxc_syntax::module_record::ExportExportName;

use crate::base::Span;

/// What is wrong in a script, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) span: Span,
    pub(super) advice: String,
}

/// What becomes of a script's own names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// They stay: other scripts of the page may use them.
    Kept,
    /// They become short: it is a module, which nobody sees into.
    Short,
}

/// A script that was read.
pub(super) struct Tree<'a> {
    pub(super) program: Program<'a>,
    /// Its names, and what they stand for.
    pub(super) scoping: Scoping,
    /// The names that its declarations export, each with its own name for it.
    pub(super) exports: Vec<(String, String)>,
}

/// Reads a script. What is no module by its syntax may be one or not.
pub(super) fn parse<'a>(
    allocator: &'a Allocator,
    text: &'a str,
    kind: SourceType,
) -> Result<Tree<'a>, Fault> {
    let parsed = Parser::new(allocator, text, kind).parse();
    if let Some(error) = parsed.diagnostics.errors().next() {
        let at = error.labels.first().map(|label| label.span());
        return Err(fault(&error.message, at, error.help.as_deref(), text));
    }
    let built = SemanticBuilder::new()
        .with_check_syntax_error(true)
        .build(&parsed.program);
    if let Some(error) = built.diagnostics.errors().next() {
        let at = error.labels.first().map(|label| label.span());
        return Err(fault(&error.message, at, error.help.as_deref(), text));
    }
    let exports = parsed.module_record.local_export_entries.iter();
    let exports = exports.filter_map(|entry| match &entry.export_name {
        ExportExportName::Name(name) => {
            Some((name.name.to_string(), entry.local_name.name()?.to_string()))
        }
        _ => None,
    });
    Ok(Tree {
        exports: exports.collect(),
        scoping: built.semantic.into_scoping(),
        program: parsed.program,
    })
}

fn fault(message: &str, at: Option<oxc_span::Span>, help: Option<&str>, text: &str) -> Fault {
    let at = at.map_or(0..0, |at| at.start as usize..at.end as usize);
    Fault {
        message: message.trim_end_matches('.').to_owned(),
        span: Span::new(at.start.min(text.len()), at.end.min(text.len())),
        advice: help.unwrap_or_default().to_owned(),
    }
}

/// A script without comments and needless space. Comments that state a licence stay.
pub(super) fn small(text: &str, names: Names) -> Result<String, Fault> {
    let allocator = Allocator::default();
    let kind = match names {
        Names::Kept => SourceType::unambiguous(),
        Names::Short => SourceType::mjs(),
    };
    let tree = parse(&allocator, text, kind)?;
    let printer = Codegen::new().with_options(CodegenOptions {
        minify: true,
        comments: CommentOptions {
            legal: LegalComment::Inline,
            ..CommentOptions::disabled()
        },
        ..CodegenOptions::default()
    });
    let printer = match names {
        Names::Kept => printer,
        Names::Short => {
            let short = Mangler::new().build(&tree.program);
            printer
                .with_scoping(Some(short.scoping))
                .with_private_member_mappings(Some(short.class_private_mappings))
        }
    };
    Ok(printer.build(&tree.program).code)
}

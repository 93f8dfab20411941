//! YAML, read into the spanned tree from the events of `granit-parser`.
//!
//! Events and not a ready-made tree, because every value must keep its exact place and what was
//! written of it: `3.800` must not become 3.8 before the money reader has seen it.

mod brackets;
mod build;
mod explain;
mod scalar;

use std::ops::Range;

use granit_parser::{Options, Parser, StrInput};

use crate::base::SitePath;
use crate::data::{MAX_DEPTH, Node};
use crate::diag::Checked;

/// Reads `text[range]`; all spans count from the start of `text`. The first syntax error ends
/// the reading, what was read before it is kept.
pub fn parse(path: &SitePath, text: &str, range: Range<usize>) -> Checked<Node> {
    let source = &text[range.clone()];
    let mut builder = build::Builder::new(path, source, range.start);
    for event in parser(source) {
        match event {
            Ok((event, span)) => {
                if builder.event(event, span).is_break() {
                    break;
                }
            }
            Err(error) => {
                builder.tell(explain::explain(path, source, range.start, &error));
                break;
            }
        }
    }
    builder.finish()
}

fn parser(source: &str) -> Parser<'_, StrInput<'_>> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.disallow_directives = true;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    Parser::new_from_str_with_options(source, options)
}

//! Blocks that hold blocks, and tables.

use super::Writer;
use pulldown_cmark::{Alignment, BlockQuoteKind, Tag, TagEnd};

/// The table being written.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    in_head: bool,
    cell: usize,
}

impl Writer<'_, '_> {
    pub(super) fn open_container(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::List(start) => self.open_list(start),
            Tag::Item => self.open_block("<li>"),
            Tag::DefinitionList => self.open_block("<dl>\n"),
            Tag::DefinitionListTitle => self.open_block("<dt>"),
            Tag::DefinitionListDefinition => self.open_block("<dd>"),
            Tag::Table(alignments) => {
                self.open_block("<table>");
                self.table.alignments = alignments;
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.cell = 0;
                self.out.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.cell = 0;
                self.out.push("<tr>");
            }
            Tag::TableCell => self.open_cell(),
            // The rest has methods of its own or is switched off in the parser.
            _ => {}
        }
    }

    pub(super) fn close_container(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => self.close_block("</blockquote>\n"),
            TagEnd::List(true) => self.close_block("</ol>\n"),
            TagEnd::List(false) => self.close_block("</ul>\n"),
            TagEnd::Item => self.close_block("</li>\n"),
            TagEnd::DefinitionList => self.close_block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close_block("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close_block("</dd>\n"),
            TagEnd::FootnoteDefinition => self.close_footnote(),
            TagEnd::Table => self.close_block("</tbody></table>\n"),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.push("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.out.push("</tr>\n"),
            TagEnd::TableCell => self.close_cell(),
            _ => {}
        }
    }

    /// Opens a block that may hold blocks.
    pub(super) fn open_block(&mut self, tag: &str) {
        self.block();
        self.depth += 1;
        self.out.push(tag);
    }

    pub(super) fn close_block(&mut self, tag: &str) {
        self.words.end_word();
        self.depth = self.depth.saturating_sub(1);
        self.out.push(tag);
    }

    fn open_list(&mut self, start: Option<u64>) {
        match start {
            None => self.open_block("<ul>\n"),
            Some(1) => self.open_block("<ol>\n"),
            Some(start) => self.open_block(&format!("<ol start=\"{start}\">\n")),
        }
    }

    fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let (name, title) = match kind {
            None => return self.open_block("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", 0),
            Some(BlockQuoteKind::Tip) => ("tip", 1),
            Some(BlockQuoteKind::Important) => ("important", 2),
            Some(BlockQuoteKind::Warning) => ("warning", 3),
            Some(BlockQuoteKind::Caution) => ("caution", 4),
        };
        self.open_block("<blockquote class=\"markdown-alert markdown-alert-");
        self.out.push(name);
        self.out.push("\">\n<p class=\"markdown-alert-title\">");
        let options = self.page.options;
        self.out.text(&options.alert_titles[title]);
        self.out.push("</p>\n");
    }

    fn open_cell(&mut self) {
        self.words.end_word();
        self.out
            .push(if self.table.in_head { "<th" } else { "<td" });
        self.out
            .push(match self.table.alignments.get(self.table.cell) {
                Some(Alignment::Left) => " style=\"text-align: left\">",
                Some(Alignment::Center) => " style=\"text-align: center\">",
                Some(Alignment::Right) => " style=\"text-align: right\">",
                _ => ">",
            });
    }

    fn close_cell(&mut self) {
        self.out
            .push(if self.table.in_head { "</th>" } else { "</td>" });
        self.table.cell += 1;
    }
}

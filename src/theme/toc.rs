//! Tables of contents: the headings of a text as a tree.

use tera::Value;

use super::values::Table;
use crate::content::Heading;

/// The headings of a text as a tree: each with the ones below it as `children`.
pub(super) fn headings(headings: &[Heading], permalink: &str) -> Value {
    let mut rest = headings;
    Value::from(siblings(&mut rest, 0, permalink))
}

fn siblings(rest: &mut &[Heading], above: u8, permalink: &str) -> Vec<Value> {
    let mut found = Vec::new();
    while let Some((heading, tail)) = rest.split_first() {
        if heading.level <= above {
            break;
        }
        *rest = tail;
        let mut table = Table::with_capacity(5);
        table.set("level", heading.level);
        table.set("id", &*heading.id);
        table.set("permalink", format!("{permalink}#{}", heading.id));
        table.set("title", &*heading.title);
        table.set("children", siblings(rest, heading.level, permalink));
        found.push(table.value());
    }
    found
}

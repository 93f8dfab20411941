//! The tables of docs/architecture.md that the rules are read from.

/// A module path: `content`, `markdown`, `math`.
pub(crate) type Module = Vec<String>;

/// All tables.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// Rooms with their rows, from the bottom.
    pub(crate) rooms: Vec<(u32, String)>,
    /// Parts of rooms, with all that they may import of this crate.
    pub(crate) parts: Vec<(Module, Vec<Module>)>,
    /// Crates, with the modules that may name them.
    pub(crate) crates: Vec<(String, Vec<Module>)>,
    /// Names that lead to the outside, with the modules that may use them.
    pub(crate) rim: Vec<(Module, Vec<Module>)>,
}

impl Tables {
    /// Reads them from the document.
    pub(crate) fn of(document: &str) -> Self {
        let rows = |heading| table(document, heading);
        Self {
            rooms: rows("Rooms").iter().flat_map(|row| rooms(row)).collect(),
            parts: rows("Parts of rooms")
                .iter()
                .flat_map(|row| pairs(row, "/"))
                .collect(),
            crates: rows("Crates")
                .iter()
                .flat_map(|row| pairs(row, "/"))
                .map(|(name, modules)| (name.join("/"), modules))
                .collect(),
            rim: rows("The rim")
                .iter()
                .flat_map(|row| pairs(row, "::"))
                .collect(),
        }
    }

    /// The row of a room.
    pub(crate) fn row(&self, room: &str) -> Option<u32> {
        let found = self.rooms.iter().find(|(_, known)| known == room);
        found.map(|(row, _)| *row)
    }
}

/// The rows of the first table below a heading, without its head.
fn table(document: &str, heading: &str) -> Vec<Vec<String>> {
    let is_heading = |line: &&str| line.starts_with('#');
    let below = document
        .lines()
        .skip_while(|line| !(is_heading(line) && line.trim_start_matches(['#', ' ']) == heading))
        .skip(1)
        .take_while(|line| !is_heading(line));
    below
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect()
        })
        .collect()
}

/// What stands between backticks.
pub(crate) fn spans(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn rooms(row: &[String]) -> Vec<(u32, String)> {
    let (Some(number), Some(names)) = (row.first().and_then(|cell| cell.parse().ok()), row.get(1))
    else {
        return Vec::new();
    };
    spans(names)
        .into_iter()
        .map(|name| (number, name.to_owned()))
        .collect()
}

/// Each name of the first cell with all modules of the second; `separator` stands between the
/// parts of a name.
fn pairs(row: &[String], separator: &str) -> Vec<(Module, Vec<Module>)> {
    let (Some(names), Some(modules)) = (row.first(), row.get(1)) else {
        return Vec::new();
    };
    let split = |name: &str, by: &str| name.split(by).map(str::to_owned).collect::<Module>();
    let modules: Vec<Module> = spans(modules)
        .into_iter()
        .map(|name| split(name, "/"))
        .collect();
    spans(names)
        .into_iter()
        .map(|name| (split(name, separator), modules.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "\
## Rooms

| Row | Rooms | Purpose |
|---|---|---|
| 0 | `base` | words |
| 3 | `config`, `world` | more |

Text.

| not | this |
|---|---|
| 9 | `x` |

## The rim

| What | Only in |
|---|---|
| `std::fs`, `println!` | `world/disk` |
| `unsafe` | nowhere |
";

    #[test]
    fn the_first_table_below_a_heading_counts() {
        let tables = Tables::of(DOCUMENT);
        let rooms: Vec<(u32, &str)> = tables
            .rooms
            .iter()
            .map(|(row, name)| (*row, &**name))
            .collect();
        assert_eq!(rooms, [(0, "base"), (3, "config"), (3, "world")]);
        assert_eq!(tables.row("world"), Some(3));
        assert!(tables.crates.is_empty());
    }

    #[test]
    fn each_name_has_its_modules() {
        let rim = Tables::of(DOCUMENT).rim;
        assert_eq!(rim.len(), 3);
        assert_eq!(
            rim[0],
            (
                vec!["std".to_owned(), "fs".to_owned()],
                vec![vec!["world".to_owned(), "disk".to_owned()]]
            )
        );
        assert_eq!(rim[2], (vec!["unsafe".to_owned()], Vec::new()));
    }
}

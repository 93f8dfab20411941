//! Text archives: many files in one, each below a line `-- path --`.

/// A text file and the name in its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What stands between the dashes.
    pub(crate) name: String,
    /// Everything up to the next header.
    pub(crate) body: String,
}

/// A comment and the files below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Archive {
    /// What stands above the first header.
    pub(crate) comment: String,
    /// The files in order.
    pub(crate) entries: Vec<Entry>,
}

impl Archive {
    /// Reads an archive; every text is one.
    pub(crate) fn parse(text: &str) -> Self {
        let mut archive = Self::default();
        for line in text.split_inclusive('\n') {
            match (header(line), archive.entries.last_mut()) {
                (Some(name), _) => archive.entries.push(Entry {
                    name: name.to_owned(),
                    body: String::new(),
                }),
                (None, Some(entry)) => entry.body.push_str(line),
                (None, None) => archive.comment.push_str(line),
            }
        }
        archive
    }

    /// The files of the site as it is written, and those of each edit, which begins with its
    /// header `edit: NAME`.
    pub(crate) fn stages(&self) -> (&[Entry], Vec<&[Entry]>) {
        let begins = |entry: &Entry| entry.name.starts_with("edit: ");
        let first = self.entries.iter().position(begins);
        let (own, edits) = self.entries.split_at(first.unwrap_or(self.entries.len()));
        (own, edits.chunk_by(|_, next| !begins(next)).collect())
    }

    /// The archive as text.
    pub(crate) fn print(&self) -> String {
        let mut text = self.comment.clone();
        for entry in &self.entries {
            text.push_str(&format!("-- {} --\n{}", entry.name, entry.body));
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        text
    }
}

fn header(line: &str) -> Option<&str> {
    let inside = line.trim_end().strip_prefix("-- ")?.strip_suffix(" --")?;
    let name = inside.trim();
    (!name.is_empty()).then_some(name)
}

#[test]
fn what_is_parsed_prints_as_it_was() {
    let text = "# A case\n\n-- a.md --\nx\n---\n-- b --\n-- expect: public/index.html --\n<p>\n";
    let archive = Archive::parse(text);
    assert_eq!(archive.entries.len(), 3);
    assert_eq!(archive.entries[1].body, "");
    assert_eq!(archive.print(), text);
}

//! Columns of text.

/// Space between columns.
const GAP: &str = "  ";

/// Rows below their headings, each column as wide as its widest cell.
pub(super) fn draw(columns: &[&str], rows: &[&[String]]) -> String {
    if rows.is_empty() {
        return "  none\n".to_owned();
    }
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        let widest = cells.map(|cell| cell.chars().count()).max();
        widest.unwrap_or(0).max(columns[at].chars().count())
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        format!("  {}\n", padded.join(GAP).trim_end())
    };
    let mut text = line(&mut columns.iter().copied());
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn columns_stand_below_each_other() {
        let rows = [
            ["a".to_owned(), "é".to_owned()],
            ["bbb".to_owned(), String::new()],
        ];
        let rows: Vec<&[String]> = rows.iter().map(|row| &row[..]).collect();
        assert_eq!(
            draw(&["id", "title"], &rows),
            "  id   title\n  a    é\n  bbb\n"
        );
        assert_eq!(draw(&["id"], &[]), "  none\n");
    }
}

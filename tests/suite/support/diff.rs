//! A line diff for people who read a failed test.

/// Lines that are kept around a change.
const AROUND: usize = 2;

/// The lines of two texts, `-` for what was expected and `+` for what came.
pub(crate) fn lines(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let script = script(&old, &new);
    let near = |at: usize| {
        let from = at.saturating_sub(AROUND);
        script[from..(at + AROUND + 1).min(script.len())]
            .iter()
            .any(|(sign, _)| *sign != ' ')
    };
    let mut out = String::new();
    let mut skipped = false;
    for (at, (sign, line)) in script.iter().enumerate() {
        if near(at) {
            out.push_str(&format!("    {sign} {}\n", visible(line)));
        } else if !skipped {
            out.push_str("      …\n");
        }
        skipped = !near(at);
    }
    out
}

/// Ends and odd characters made visible.
fn visible(line: &str) -> String {
    let shown: String = line
        .chars()
        .map(|c| match c {
            '\t' => "→".to_owned(),
            '\u{a0}' => "⍽".to_owned(),
            c if c.is_control() => c.escape_unicode().to_string(),
            c => c.to_string(),
        })
        .collect();
    match shown.strip_suffix(' ') {
        Some(rest) => format!("{rest}·"),
        None => shown,
    }
}

/// The longest common subsequence, as a script of kept, removed and added lines.
fn script<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(char, &'a str)> {
    let mut length = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            length[i][j] = if old[i] == new[j] {
                length[i + 1][j + 1] + 1
            } else {
                length[i + 1][j].max(length[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut script = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            script.push((' ', old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && length[i + 1][j] >= length[i][j + 1]) {
            script.push(('-', old[i]));
            i += 1;
        } else {
            script.push(('+', new[j]));
            j += 1;
        }
    }
    script
}

#[test]
fn shows_what_changed_and_a_little_around_it() {
    let shown = lines("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\nX \nf\n");
    assert_eq!(
        shown,
        "      …\n      c\n      d\n    - e\n    + X·\n      f\n"
    );
}

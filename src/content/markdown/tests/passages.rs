//! Prose that may name amounts: what is heard, below what, and from where in the file.

use super::*;

/// `text [links] < what it stands below` of each passage; every amount's span is checked.
fn heard(text: &str) -> Vec<String> {
    let path = SitePath::new("content/a.md").unwrap();
    let options = MarkdownOptions {
        definition_list: true,
        ..MarkdownOptions::default()
    };
    let body = parse(&path, text, 0..text.len(), &options).value;
    let told = |passage: &crate::content::Passage| {
        for literal in crate::base::amounts::find(&passage.prose.text, true) {
            let span = passage.span(&literal.range);
            let bare = text[span.range()].replace("**", "").replace("\r\n", " ");
            assert_eq!(bare, passage.prose.text[literal.range]);
        }
        let prose = &passage.prose;
        let links: Vec<_> = prose.links.iter().map(|(_, to)| &**to).collect();
        let above: Vec<_> = passage.above.iter().map(|above| &*above.text).collect();
        let head = passage.head.as_ref().map_or(String::new(), |head| {
            format!(" # {}", head.text.trim().replace('\n', "|"))
        });
        format!(
            "{} {links:?} < {above:?}{head}",
            prose.text.trim().replace('\n', "|")
        )
    };
    body.passages.iter().map(told).collect()
}

#[test]
fn only_what_names_amounts_is_heard() {
    assert_eq!(heard("Satu.\n\nDua 2.\n"), Vec::<String>::new());
    let text = "Satu.\n\n## Dua\n\nBiaya [Python](@/p.md) **Rp2.500.000**\r\nsaja.\n";
    assert_eq!(
        heard(text),
        ["Biaya Python Rp2.500.000 saja. [\"@/p.md\"] < [\"Dua\"]"]
    );
}

#[test]
fn items_stand_below_the_items_around_them() {
    let text = "# A\n\n- [B](b.md)\n  - Harga: Rp1.000\n- C Rp2.000\n\n  Lagi Rp3.000\n";
    let expected = [
        "Harga: Rp1.000 [] < [\"A\", \"B\"]",
        "C Rp2.000 [] < [\"A\"]",
        "Lagi Rp3.000 [] < [\"A\", \"C Rp2.000\"]",
    ];
    assert_eq!(heard(text), expected);
}

#[test]
fn rows_know_the_head_of_their_table() {
    let text = "| Kursus | Harga |\n|---|---|\n| [B](b.md) | Rp1.000 |\n\nLalu Rp2.000\n";
    assert_eq!(
        heard(text),
        [
            "B|Rp1.000 [\"b.md\"] < [] # Kursus|Harga",
            "Lalu Rp2.000 [] < []"
        ]
    );
}

#[test]
fn definitions_stand_below_their_term() {
    assert_eq!(
        heard("B\n: Rp1.000\n\nC\n: Rp2.000\n"),
        ["Rp1.000 [] < [\"B\"]", "Rp2.000 [] < [\"C\"]"]
    );
}

#[test]
fn what_is_no_prose_is_not_heard() {
    let text =
        "`Rp1.000` ![Rp2.000](a.png) ~~Rp3.000~~ {{<price of=\"a\" />}} Rp4.000\n\n    Rp5.000\n";
    assert_eq!(
        heard(text),
        ["\u{FFFC} \u{FFFC} \u{FFFC} \u{FFFC} Rp4.000 [] < []"]
    );
}

#[test]
fn bodies_of_components_are_heard_in_order() {
    let text = "Satu Rp1.000\n\n{% <note> %}\nDua Rp2.000\n{% </note> %}\n\nTiga Rp3.000\n";
    let order: Vec<_> = heard(text)
        .iter()
        .map(|told| told[..4].to_owned())
        .collect();
    assert_eq!(order, ["Satu", "Dua ", "Tiga"]);
}

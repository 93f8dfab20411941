//! Where nothing of ours is at work, the HTML is that of `pulldown_cmark::html`.

use super::{MarkdownOptions, parsed_with, show};
use pulldown_cmark::{Parser, html::push_html};

const SAMPLES: &[&str] = &[
    "",
    "satu\ndua\n\ntiga  \nempat\\\nlima",
    "*a* **b** ***c*** _d_ __e__ ~~f~~ a*b*c `x < y` \\*no\\* &amp; &copy; &#35;",
    "a\n***\nb\n\n---\n\n- - -\n",
    "    kode\n    <b>\n\n```\nkode & \"x\"\n```\n\n~~~\nlain\n~~~",
    "> kutipan\n> - satu\n> - dua\n>\n>   par\n\nluar",
    "- a\n- b\n  - c\n  - d\n\n    par\n- e",
    "1. a\n2. b\n\n3) c\n\n7. d",
    "- [x] selesai\n- [ ] belum",
    "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |\n| x | `a\\|b` |\n",
    "<div class=\"x\">\n*no*\n</div>\n\n<b>ya</b> dan <br/> *em*\n\n<!-- c -->\n\nakhir",
    "[a](https://x.id/é?a=b&c \"ti\\\"tle\") <https://y.id> <a@b.id> [r][1]\n\n[1]: https://z.id 'T'",
    "[tidak][ada] [x] [ ] ![",
    "a & b < c > d \" ' \u{A0} é 😀",
    "par\n- list\npar",
    "* a\n\n  b\n\n  ```\n  c\n  ```\n",
    "\"kutip\" -- --- ... 'x'",
    "$x",
    "biaya $5 dan $6",
    "Term\n: def\n: def2\n\n  par\n",
    "\\$ \\{ {{ x }} {% raw %} {{ < }}",
];

#[test]
fn plain_markdown_is_the_same() {
    for smart_punctuation in [false, true] {
        let options = MarkdownOptions {
            smart_punctuation,
            definition_list: smart_punctuation,
            ..MarkdownOptions::default()
        };
        for sample in SAMPLES {
            let mut expected = String::new();
            push_html(&mut expected, Parser::new_ext(sample, options.parser()));
            assert_eq!(
                show(&parsed_with(sample, &options).value),
                expected,
                "{sample}"
            );
        }
    }
}

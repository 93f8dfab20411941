//! What is made small is held against what it was made from.

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_span::SourceType;

use super::code::{Names, parse, small};

/// What minifiers have stumbled over.
const TRAPS: &str = r#"
const quotes = /["'`\/]\/\/ x[/"]/g, half = 4 / 2 / 1
const nested = `a  ${quotes ? `n ${half}  // no comment` : "/* nor this */"}   b`
let next = half
++next
const f = async function* ({ a = 1, ...rest }, [b, , c] = []) { for await (const y of rest) yield y }
if (half) /re/.test(nested); else [quotes].map(async x => await x?.y?.[0] ?? .5)
label: for (;;) { break label }
class A extends f { #p = 1_000; static { this.q = -(-1) } get p() { return this.#p } static async *[`m`]() {} }
var html = "<\/script>" + 'it\'s' + "\u2028", big = 10n ** 2n, not = !(half in A), no = typeof void 0
const same = { half, "a-b": 1, async run() {}, get x() { return new.target }, __proto__: null }
export { f as default, half as "a b" }
export const after = a => ({ a }), sum = (next + +half) - -half
import data, * as all from "./x.js"
"#;

const THEME: [&str; 5] = [
    include_str!("../../../themes/akademi/scripts/js/_prices.js"),
    include_str!("../../../themes/akademi/scripts/js/_search-index.js"),
    include_str!("../../../themes/akademi/scripts/js/akademi.js"),
    include_str!("../../../themes/akademi/scripts/js/catalogue.js"),
    include_str!("../../../themes/akademi/scripts/js/search.js"),
];

/// A script as it is printed at length. Which quotes a text stands in says nothing.
fn plain(text: &str) -> String {
    let allocator = Allocator::default();
    let tree = parse(&allocator, text, SourceType::unambiguous()).unwrap();
    let options = CodegenOptions {
        comments: CommentOptions::disabled(),
        ..CodegenOptions::default()
    };
    let printer = Codegen::new().with_options(options);
    let code = printer.build(&tree.program).code;
    code.replace(['`', '\''], "\"")
}

#[test]
fn what_is_made_small_is_the_same_program() {
    for text in std::iter::once(TRAPS).chain(THEME) {
        let made = small(text, Names::Kept).unwrap();
        assert!(made.len() < text.len());
        assert_eq!(plain(&made), plain(text));
        // Making it small once more changes nothing.
        assert_eq!(small(&made, Names::Kept).unwrap(), made);
    }
}

#[test]
fn names_of_classic_scripts_stay() {
    let made = small(
        "var jumlah = 1; function tambah(angka) { jumlah += angka }",
        Names::Kept,
    );
    assert_eq!(
        made.unwrap(),
        "var jumlah=1;function tambah(angka){jumlah+=angka}"
    );
}

//! The script block: JSON that no text in it can end.

use serde_json::Value;

/// JSON as it may stand inside `<script>`: a text with `</script>`, `<!--` or a line separator in
/// it stays a text. Only strings hold these characters, so that the JSON means the same.
pub(super) fn escaped(value: &Value) -> String {
    let json = value.to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

/// The whole block.
pub(super) fn block(value: &Value) -> String {
    let json = escaped(value);
    format!("<script type=\"application/ld+json\">{json}</script>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn no_text_ends_the_script() {
        let value =
            json!({"</script>": "</script><script>alert(1)</script> & \u{2028}\u{2029} <!--"});
        let block = block(&value);
        assert_eq!(block.matches("</script>").count(), 1);
        assert!(!escaped(&value).contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
    }

    proptest! {
        #[test]
        fn escaped_json_means_the_same(text in any::<String>()) {
            let value = json!({ "name": text });
            let back: Value = serde_json::from_str(&escaped(&value)).expect("JSON");
            prop_assert_eq!(back, value);
        }
    }
}
